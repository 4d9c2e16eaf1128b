"""Of one instruction: on which days somebody was or will be reminded, and to what level it was carried."""

from datetime import date
from itertools import groupby
from typing import Any, NamedTuple

from django.utils import timezone

from core import ledger
from tasks.models import Escalation, Instruction, Reminder
from tasks.views.escalations import NoteForm, offer, prefix_of


class Day(NamedTuple):
    day: date
    sent: bool
    people: list[str]
    whys: list[str]


def reminded(user: Any, instruction: Instruction) -> list[Day]:
    """Oldest first: what was sent, by the day on which it was, then what is planned. Of the past nothing is known."""
    if ledger.instant.get() is not None:
        return []
    rows = Reminder.objects.visible_to(user).filter(instruction=instruction, cancelled_at=None).for_display()
    days = sorted(rows, key=lambda row: (row.sent_at is None, _day(row), row.pk))
    return [
        _told(key, list(same))
        for key, same in groupby(days, key=lambda row: (_day(row), row.sent_at is not None))
    ]


def _day(row: Reminder) -> date:
    return timezone.localdate(row.sent_at) if row.sent_at else row.planned_for


def _told(key: tuple[date, bool], rows: list[Reminder]) -> Day:
    people = dict.fromkeys(str(row.recipient) for row in rows)
    return Day(*key, list(people), list(dict.fromkeys(row.rule.when for row in rows)))


def escalations(user: Any, instruction: Any) -> list[Any]:
    """Those of its present term that are open, then what is closed."""
    rows = Escalation.objects.visible_to(user).filter(instruction=instruction)
    found: list[Any] = list(
        rows.select_related("acknowledged_by", "acknowledged_for").order_by("-closed_at", "-level", "-pk")
    )
    for row in found:
        row.instruction, row.form = instruction, NoteForm(prefix=prefix_of(row))
    offer(user, found)
    return found
