"""The office is told of promised days: one working day before, on the day, and when it has passed, again and again."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import Q

from accounts.choices import Role
from accounts.models import User
from core import notices
from core.calendar import WorkingDays
from investors.models import Enquiry

NEAR, OVERDUE = "enquiry_due", "enquiry_overdue"
#: How far a reminder has gone: a working day before, on the day, after it; then another with every such week.
BEFORE, ON_THE_DAY, PASSED, WEEK = 1, 2, 3, 5
#: So many stand in one notice; of the others it says how many they are.
MOST = 40


def stage_of(promised: date, today: date, calendar: WorkingDays) -> int:
    left = calendar.between(today, promised)
    if promised < today:
        return PASSED + max(-left - 1, 0) // WEEK
    return {0: ON_THE_DAY, 1: BEFORE}.get(left, 0)


@transaction.atomic
def remind_of_enquiries(today: date) -> int:
    """Owe everybody one notice of what is near and one of what is late; returns how many enquiries that settles.

    Each goes a stage further with it: run twice, or after days without a run, nobody is told the same twice.
    """
    calendar = WorkingDays()
    if not calendar.works(today):
        return 0
    until = calendar.add(today, 1)
    rows = (
        Enquiry.objects.waiting().filter(is_demo=False, promised_on__lte=until).order_by("promised_on", "pk")
    )
    due = []
    for row in rows.select_for_update(skip_locked=True):
        stage = stage_of(row.promised_on, today, calendar)
        if stage > row.reminded:
            row.reminded = stage
            due.append(row)
    Enquiry.objects.bulk_update(due, ["reminded"])
    _tell(NEAR, [row for row in due if row.reminded < PASSED], today, calendar)
    _tell(OVERDUE, [row for row in due if row.reminded >= PASSED], today, calendar)
    return len(due)


def _tell(kind: str, rows: list[Enquiry], today: date, calendar: WorkingDays) -> None:
    """Whoever answers it; the whole office where nobody does, or too late, and then leadership, too."""
    if not rows:
        return
    people = User.objects.with_access(today).filter(
        Q(role__in=[Role.OFFICE, Role.LEADERSHIP])
        | Q(pk__in=[row.handler_id for row in rows if row.handler_id])
    )
    for person in people.order_by("pk"):
        own = [row for row in rows if _concerns(row, person, kind, people)]
        if own:
            _notify(kind, person, own, today, calendar)


def _concerns(row: Enquiry, person: User, kind: str, people: Iterable[User]) -> bool:
    if person.role == Role.LEADERSHIP:
        return kind == OVERDUE
    answers = {one.pk for one in people if one.role == Role.OFFICE}
    return kind == OVERDUE or row.handler_id == person.pk or row.handler_id not in answers


def _notify(kind: str, person: User, rows: list[Enquiry], today: date, calendar: WorkingDays) -> None:
    told = rows[:MOST]
    notices.notify(
        kind,
        [person],
        event=f"{kind}-{today.isoformat()}-{min(row.pk for row in rows)}",
        subjects=[row.pk for row in told],
        terms=[
            [row.pk, row.promised_on.isoformat(), calendar.between(today, row.promised_on)] for row in told
        ],
        more=len(rows) - len(told),
        day=today.isoformat(),
    )
