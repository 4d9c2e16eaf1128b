"""What several pages of control show of an instruction: its term in words of today, and who holds the ball."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.translation import get_language

from core.calendar import WorkingDays
from core.text import LANGUAGES, Text
from tasks.choices import FINAL, SOON, WAITING, Holder, InstructionState


class Term(NamedTuple):
    """For components/term.html. `kind`: none, closed, handed (in), overdue, today, soon, ahead.

    `working` days are left, or have passed since; `days` of the calendar have passed. `original` only where it differs.
    """

    kind: str
    due: date | None = None
    original: date | None = None
    working: int = 0
    days: int = 0
    on_day_off: bool = False
    said: Text = Text()


class Ball(NamedTuple):
    """For components/holder.html: who has to move next, since when, and for how many working days by now."""

    holder: Holder
    name: Text
    since: date
    working: int
    short: str = ""


def term_of(instruction: Any, today: date, calendar: WorkingDays) -> Term:
    due, first = instruction.due, instruction.original_due
    if due is None:
        return Term("none", said=instruction.term_note)
    return Term(
        _kind(instruction, today, calendar),
        due=due,
        original=first if first != due else None,
        working=abs(calendar.between(today, due)),
        days=max((today - due).days, 0),
        on_day_off=not calendar.between(due - timedelta(days=1), due),
    )


def _kind(instruction: Any, today: date, calendar: WorkingDays) -> str:
    if instruction.state in FINAL:
        return "closed"
    if instruction.state == InstructionState.REPORTED:
        return "handed"
    if instruction.due < today:
        return "overdue" if instruction.state in WAITING else "ahead"
    if instruction.due == today:
        return "today"
    return "soon" if calendar.between(today, instruction.due) <= SOON else "ahead"


def ball_of(
    held: dict[str, Any] | None, since: datetime | None, today: date, calendar: WorkingDays
) -> Ball | None:
    """Of the open interval as the row's query read it (`tasks.views.rows`)."""
    if held is None or since is None:
        return None
    day = _day(since)
    name = Text(*(held.get(f"name_{language}") or "" for language in LANGUAGES))
    return Ball(Holder(held["holder"]), name, day, max(calendar.between(day, today), 0), short_of(held))


def short_of(part: Mapping[str, Any]) -> str:
    """The abbreviation of an organisation in the reader's language, where it has one."""
    return part.get(f"abbreviation_{(get_language() or LANGUAGES[0])[:2]}") or ""


def _day(moment: date | datetime) -> date:
    return timezone.localdate(moment) if isinstance(moment, datetime) else moment
