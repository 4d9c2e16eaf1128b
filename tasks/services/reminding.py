"""Reminders: planned by the rules, sent by the job, each term once a day to a person, whatever was missed before."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from core import notices
from core.calendar import WorkingDays
from tasks.choices import PLANNED_AHEAD, Recipients
from tasks.models import Reminder

#: So many terms stand in one notice; of the others it says how many they are.
MOST = 40
INSTRUCTIONS, OWED, OWED_BY_OTHERS = "term_reminder", "duty_reminder", "duty_late"
#: In which notice of a person the reminder stands.
IN_NOTICE: dict[str, Callable[[Reminder], bool]] = {
    INSTRUCTIONS: lambda row: row.instruction_id is not None,
    OWED: lambda row: row.duty_id is not None and row.rule.recipients != Recipients.CONTROLLER,
    OWED_BY_OTHERS: lambda row: row.duty_id is not None and row.rule.recipients == Recipients.CONTROLLER,
}


def plan_reminders(today: date) -> int:
    """Bring all reminders into step with people, substitutions and the calendar; returns how many are new or moved.

    What changes an instruction, a duty, a period, a report or a rule has planned its own already (`tasks_plan`,
    `tasks_plan_duties`, `tasks_plan_all`).
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tasks_plan_reminders(NULL, %s, %s) + tasks_plan_duty_reminders(NULL, NULL, %s, %s)",
            [today, PLANNED_AHEAD] * 2,
        )
        return cursor.fetchone()[0]


def send_reminders(today: date) -> int:
    """Owe everybody one notice of all that is due for him by today; returns how many reminders that settles."""
    due = Reminder.objects.due(today).order_by().values("recipient")
    calendar = WorkingDays()
    return sum(_remind(person, today, calendar) for person in User.objects.filter(pk__in=due).order_by("pk"))


@transaction.atomic
def _remind(person: User, today: date, calendar: WorkingDays) -> int:
    """The notices are owed and their reminders are marked together: who dies in between has done neither.

    Rows that another worker holds are his.
    """
    due = Reminder.objects.due(today).filter(recipient=person).order_by("occurrence", "pk")
    rows = list(due.select_related("rule", "period").select_for_update(skip_locked=True, of=("self",)))
    for kind, belongs in IN_NOTICE.items():
        if own := [row for row in rows if belongs(row)]:
            _tell(kind, person, own, today, calendar)
    Reminder.objects.filter(pk__in=[row.pk for row in rows]).update(sent_at=timezone.now())
    return len(rows)


def _tell(kind: str, person: User, rows: list[Reminder], today: date, calendar: WorkingDays) -> None:
    """One notice of all these terms, each of them once."""
    terms = {(row.instruction_id or row.duty_id, row.period_id): row for row in rows}
    told = [_term(row, calendar.between(today, row.occurrence)) for row in terms.values()]
    notices.notify(
        kind,
        [person],
        event=f"reminder-{min(row.pk for row in rows)}",
        subjects=list(dict.fromkeys(subject for subject, *_rest in told[:MOST])),
        terms=told[:MOST],
        more=len(told[MOST:]),
        day=today.isoformat(),
    )


def _term(row: Reminder, left: int) -> list[Any]:
    """As the notice keeps it: whose term, its day, the working days left; of a period also its kind and its ends."""
    day = row.occurrence.isoformat()
    if row.period is None:
        return [row.instruction_id, day, left]
    period = row.period
    return [row.duty_id, day, left, period.kind, period.starts.isoformat(), period.ends.isoformat()]
