"""Reminders: planned by the rules, sent by the job, each term once a day to a person, whatever was missed before."""

from datetime import date

from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from core import notices
from core.calendar import WorkingDays
from tasks.choices import PLANNED_AHEAD
from tasks.models import Reminder

#: So many terms stand in one notice; of the others it says how many they are.
MOST = 40


def plan_reminders(today: date) -> int:
    """Bring all reminders into step with people, substitutions and the calendar; returns how many are new or moved.

    What changes an instruction or a rule has planned its own already (`tasks_plan`, `tasks_plan_all`).
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT tasks_plan_reminders(NULL, %s, %s)", [today, PLANNED_AHEAD])
        return cursor.fetchone()[0]


def send_reminders(today: date) -> int:
    """Owe everybody one notice of all that is due for him by today; returns how many reminders that settles."""
    due = Reminder.objects.due(today).order_by().values("recipient")
    calendar = WorkingDays()
    return sum(_remind(person, today, calendar) for person in User.objects.filter(pk__in=due).order_by("pk"))


@transaction.atomic
def _remind(person: User, today: date, calendar: WorkingDays) -> int:
    """The notice is owed and its reminders are marked together: who dies in between has done neither.

    Rows that another worker holds are his.
    """
    due = Reminder.objects.due(today).filter(recipient=person).order_by("occurrence", "pk")
    rows = list(due.select_for_update(skip_locked=True, of=("self",)))
    if not rows:
        return 0
    terms = {row.instruction_id: row.occurrence for row in rows}
    told = [[pk, day.isoformat(), calendar.between(today, day)] for pk, day in terms.items()]
    notices.notify(
        "term_reminder",
        [person],
        event=f"reminder-{min(row.pk for row in rows)}",
        subjects=[pk for pk, _day, _left in told[:MOST]],
        terms=told[:MOST],
        more=len(told[MOST:]),
        day=today.isoformat(),
    )
    Reminder.objects.filter(pk__in=[row.pk for row in rows]).update(sent_at=timezone.now())
    return len(rows)
