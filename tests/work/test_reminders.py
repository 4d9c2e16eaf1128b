"""A worker that is killed while it reminds: nobody is forgotten, and nobody is reminded of anything twice."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from core.jobs import deliver_outbox
from core.models import Outbox
from tasks import services
from tasks.models import Reminder
from tests.factories import (
    OrganisationFactory,
    ReminderFactory,
    ReminderRuleFactory,
    UserFactory,
    instruction_in,
)
from tests.refusals import sql
from tests.work.test_outbox import end, wait_until, worker

__all__ = ["worker"]

#: Owes what is to be owed, says so, and never comes to the mark.
STUCK = """
import django, time
django.setup()
from django.utils import timezone
from core import notices
from tasks.services import send_reminders
owe = notices.notify
def then_sleep(*args, **facts):
    owe(*args, **facts)
    time.sleep(600)
notices.notify = then_sleep
send_reminders(timezone.localdate())
"""


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_between_the_debt_and_the_mark(worker):
    today = timezone.localdate()
    body = OrganisationFactory()
    given = instruction_in("in_execution", due=today + timedelta(days=1), lead=body)
    people = [UserFactory(role="executor", organisation=body, email=f"p{n}@example.kz") for n in range(3)]
    for rule in (ReminderRuleFactory(offset=-3), ReminderRuleFactory(offset=-1)):
        for person in people:
            ReminderFactory(
                instruction=given, rule=rule, recipient=person, occurrence=given.due, planned_for=today
            )
    process = worker("-c", STUCK, DJANGO_SETTINGS_MODULE="alatau_portal.settings")
    wait_until(_somebody_holds_reminders)
    assert services.send_reminders(today) == 4, "another worker goes on with the others"

    end(process)
    wait_until(lambda: services.send_reminders(today) == 2)

    assert not Reminder.objects.pending().exists()
    assert Outbox.objects.filter(channel="mail").count() == 3
    deliver_outbox()
    assert sorted(letter.to[0] for letter in mail.outbox) == [f"p{n}@example.kz" for n in range(3)]


def _somebody_holds_reminders():
    """Another session has written into the outbox and not committed."""
    return sql(
        """SELECT 1 FROM pg_locks WHERE relation = 'core_outbox'::regclass AND mode = 'RowExclusiveLock'
              AND pid <> pg_backend_pid()"""
    )
