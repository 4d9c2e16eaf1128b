"""Reminders of requests: one notice a person and working day, of all that is near or late."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction

from accounts.models import User
from core import notices
from core.calendar import WorkingDays
from investors.models import Request
from investors.request_choices import Side
from investors.services.request_news import people_of

#: Of each side: its notice, and the date by which it has to move.
TERMS = {Side.OFFICE: ("request_due", "promised_on"), Side.INVESTOR: ("request_wanted", "wanted_by")}
#: An investor is reminded so many working days before and after, and no more; the office until it has answered.
DAYS_OF_INVESTOR = {1, 0, -1, -5}


@transaction.atomic
def remind_of_requests(today: date) -> int:
    """Owe whoever has to move a notice of what is due by the next working day; returns how many requests that were."""
    days = WorkingDays()
    if not days.works(today):
        return 0
    return sum(_remind(side, today, days) for side in Side)


def _remind(side: Side, today: date, days: WorkingDays) -> int:
    kind, column = TERMS[side]
    near = Request.objects.filter(holder=side, **{f"{column}__lte": days.add(today, 1)}).order_by(
        column, "pk"
    )
    terms = {row: days.between(today, getattr(row, column)) for row in near}
    if side == Side.INVESTOR:
        terms = {row: left for row, left in terms.items() if left in DAYS_OF_INVESTOR}
    for person, rows in _by_person(terms, side).items():
        listed = [(row.pk, getattr(row, column).isoformat(), terms[row]) for row in rows]
        facts: dict[str, Any] = {
            "subjects": [row.pk for row in rows],
            "terms": listed,
            "day": today.isoformat(),
            "side": side,
        }
        notices.notify(kind, [person], event=f"{kind}-{today}", **facts)
    return len(terms)


def _by_person(rows: Iterable[Request], side: Side) -> dict[User, list[Request]]:
    whose: dict[User, list[Request]] = {}
    for row in rows:
        for person in people_of(row, side):
            whose.setdefault(person, []).append(row)
    return whose
