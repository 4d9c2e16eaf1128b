"""Who plans while somebody else changes or plans: nobody waits in a circle, nothing is planned twice."""

from datetime import date
from threading import Barrier, Thread

import pytest
from django.db import connection, transaction

from tasks import services
from tasks.models import Instruction, Reminder
from tests.tasks.reminding import controlled, delivered_rules
from tests.tasks.scene import Scene

pytestmark = pytest.mark.django_db(transaction=True)

NOW, TODAY, DUE = "2026-02-04T10:00:00+05:00", date(2026, 2, 4), date(2026, 2, 20)


def test_what_somebody_changes_at_this_moment_plans_itself(request, time_machine):
    """The run over all passes over a row that is held, and neither waits for it nor touches its reminders."""
    time_machine.move_to(NOW, tick=False)
    delivered_rules()
    scene = Scene(request)
    given = controlled(scene, DUE)
    Reminder.objects.filter(instruction=given).delete()
    other = connection.copy()
    with transaction.atomic():
        Instruction.objects.select_for_update().get(pk=given.pk)
        with other.cursor() as cursor:
            cursor.execute("SET statement_timeout = '5s'")
            cursor.execute("SELECT tasks_plan_reminders(NULL, '2026-02-04', 21)")
            assert cursor.fetchone() == (0,)
    other.close()

    assert services.plan_reminders(TODAY) > 0


def test_two_runs_over_all_come_one_after_the_other(request, time_machine):
    time_machine.move_to(NOW, tick=False)
    delivered_rules()
    scene = Scene(request)
    for number in range(20):
        controlled(scene, DUE, text_kk=f"Тапсырма {number}", text_ru=f"Поручение {number}")
    before = Reminder.objects.count()
    Reminder.objects.all().delete()
    planned_by, gate = [], Barrier(4)

    def run():
        gate.wait()
        planned_by.append(services.plan_reminders(TODAY))
        connection.close()

    threads = [Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(planned_by) == [0, 0, 0, before] and Reminder.objects.count() == before > 0
