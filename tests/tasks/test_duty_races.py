"""Two at once on a duty, a period and their reminders: nobody waits in a circle, and what stands is one truth."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from core.exceptions import Conflict, Forbidden
from tasks import services
from tasks.models import ProgressReport, Reminder, ReportingDuty
from tests.factories import OrganisationFactory
from tests.tasks.progress_scene import ProgressScene
from tests.tasks.reminding import delivered_calendar, delivered_rules
from tests.tasks.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)

TODAY, DUE = date(2026, 2, 10), date(2026, 2, 27)


@pytest.fixture
def scene(request, db, time_machine):
    time_machine.move_to("2026-02-10T12:00+05:00")
    delivered_rules()
    delivered_calendar()
    scene = ProgressScene(request)
    scene.period.due_on, scene.period.grace_until = DUE, date(2026, 3, 6)
    scene.period.save()
    services.plan_reminders(TODAY)
    return scene


def test_what_somebody_changes_at_this_moment_is_passed_over(scene):
    Reminder.objects.all().delete()
    other = connection.copy()
    with transaction.atomic():
        ReportingDuty.objects.select_for_update().get(pk=scene.duty.pk)
        with other.cursor() as cursor:
            cursor.execute("SET statement_timeout = '5s'")
            cursor.execute("SELECT tasks_plan_duty_reminders(NULL, NULL, '2026-02-10', 21)")
            assert cursor.fetchone() == (0,)
    other.close()

    assert services.plan_reminders(TODAY) > 0


def test_planning_and_submitting(scene):
    report = scene.report("complete")

    at_once(
        lambda: services.submit_progress(report, by=scene.akimat_signer),
        lambda: services.plan_reminders(TODAY),
    )

    assert ProgressReport.objects.get().state == "submitted"
    assert not Reminder.objects.due(date(2026, 3, 2)).exists()
    services.plan_reminders(TODAY)
    assert not Reminder.objects.pending().exists()


def test_planning_and_locking(scene, time_machine):
    time_machine.move_to("2026-02-28T12:00+05:00")

    at_once(
        lambda: services.lock_period(scene.period, by=scene.office), lambda: services.plan_reminders(TODAY)
    )

    scene.period.refresh_from_db()
    assert scene.period.is_locked and not Reminder.objects.due(date(2026, 3, 2)).exists()


def handing_over(scene, organisation):
    return lambda: services.hand_over_duty(
        scene.duty, by=scene.office, organisation=organisation, since=date(2026, 1, 15)
    )


def test_one_begins_what_is_handed_over_to_another(scene):
    told = at_once(handing_over(scene, scene.executor.organisation), scene.save)

    assert isinstance(told, Forbidden)
    assert not ProgressReport.objects.exists() and ReportingDuty.objects.count() == 2


def test_what_is_being_begun_is_not_handed_over(scene):
    told = at_once(scene.save, handing_over(scene, scene.executor.organisation))

    assert isinstance(told, Conflict)
    assert ProgressReport.objects.exists() and ReportingDuty.objects.count() == 1


def test_two_hand_over_at_once(scene):
    told = at_once(
        handing_over(scene, scene.executor.organisation), handing_over(scene, OrganisationFactory())
    )

    assert isinstance(told, ValidationError) and ReportingDuty.objects.count() == 2
