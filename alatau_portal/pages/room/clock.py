"""Who holds a request, since when, and how many working days each side has held it."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from core.calendar import WorkingDays
from investors.models import Request
from investors.request_choices import RequestState, Side
from tasks.choices import SOON
from tasks.views.shown import Term


class Clock(NamedTuple):
    """For room/clock.html. `word` and `shape` say who has to move, as this reader sees it; `working` days by now.

    `held`: working days of each side in all, the side that asked last.
    """

    word: str
    shape: str
    since: date | None
    working: int
    term: Term | None
    office: int
    investor: int


def clocked(rows: Iterable[Request], reader: Side | None, today: date) -> list[Any]:
    """Rows, read `for_display`, with `clock`; `reader` is the side that reads, None for whoever only looks."""
    found: list[Any] = list(rows)
    calendar = WorkingDays() if found else None
    for row in found:
        row.clock = _clock(row, reader, today, calendar)
        row.state_shape = SHAPES[row.state]
    return found


SHAPES = {
    RequestState.OPEN: "active",
    RequestState.ANSWERED: "ok",
    RequestState.CLOSED: "idle",
    RequestState.WITHDRAWN: "idle",
}


def _clock(row: Any, reader: Side | None, today: date, calendar: Any) -> Clock:
    spans = [(span["holder"], *_days(span, today)) for span in row.spans]
    sums = {
        side: sum(calendar.between(since, until) for holder, since, until in spans if holder == side)
        for side in Side
    }
    since = spans[-1][1] if row.holder and spans else None
    word, shape = _whose(row.holder, reader)
    return Clock(
        word=word,
        shape=shape,
        since=since,
        working=max(calendar.between(since, today), 0) if since else 0,
        term=_term(row, today, calendar),
        office=max(sums[Side.OFFICE], 0),
        investor=max(sums[Side.INVESTOR], 0),
    )


def _days(span: Mapping[str, str | None], today: date) -> tuple[date, date]:
    since, until = (parse_datetime(span[name] or "") for name in ("since", "until"))
    assert since is not None
    return timezone.localdate(since), timezone.localdate(until) if until else today


def _whose(holder: str, reader: Side | None) -> tuple[str, str]:
    if not holder:
        return _("nobody: it is over"), "idle"
    if holder == reader:
        return _("your move"), "warn"
    if holder == Side.OFFICE:
        return _("the project office has to move"), "active"
    return _("the investor has to move"), "plan"


def _term(row: Request, today: date, calendar: WorkingDays) -> Term | None:
    """By when the one who holds it has to move."""
    due = row.promised_on if row.holder == Side.OFFICE else row.wanted_by
    if not row.holder or due is None:
        return None
    left = calendar.between(today, due)
    kind = "overdue" if due < today else "today" if due == today else "soon" if left <= SOON else "ahead"
    return Term(kind, due=due, working=abs(left), days=max((today - due).days, 0))
