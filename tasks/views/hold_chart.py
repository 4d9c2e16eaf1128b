"""Who held the instruction, and how long: a table, and what templates/tasks/hold_chart.html draws of it as SVG.

Each body has a lane of its own with its name beside it, so that nothing hangs on colour; drawn wide and narrow, its
words stay as large on a phone and on paper.
"""

import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core import formats
from core.calendar import WorkingDays
from core.text import Text
from tasks.choices import Holder
from tasks.views.reading import Held

SIZE, LINE, LETTER = 13, 17, 0.6
LANE, GAP, AXIS = 16, 12, 26
THINNEST = 3
DAY = timedelta(days=1)


class Shape(NamedTuple):
    """How wide the paper is, and how much of that the names take; none, where they stand above the bars."""

    width: int
    names: int


WIDE, NARROW = Shape(740, 230), Shape(300, 0)


@dataclass
class Body:
    """Somebody who held it, with all his spans."""

    holder: Holder
    name: Text | str
    spans: list[tuple[date, date, bool]] = field(default_factory=list)
    calendar: int = 0
    working: int = 0
    holds_now: bool = False

    @property
    def called(self) -> str:
        return capfirst(str(self.name))

    @property
    def role(self) -> str:
        return "" if self.holder == Holder.OFFICE else str(self.holder.label)


class Bar(NamedTuple):
    x: float
    y: float
    width: float
    holder: str
    title: str


class Word(NamedTuple):
    x: float
    y: float
    text: str
    strong: bool = False
    anchor: str = "start"


class Mark(NamedTuple):
    """A day that stands as a line through all lanes."""

    x: float
    dash: str
    word: Word


@dataclass
class Chart:
    shape: Shape
    height: float = 0
    bottom: float = 0
    words: list[Word] = field(default_factory=list)
    bars: list[Bar] = field(default_factory=list)
    ticks: list[Word] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)


def bodies(holds: Iterable[Held], today: date, calendar: WorkingDays) -> list[Body]:
    """In the order in which they held it first; the days of all together are the days of the instruction."""
    met: dict[tuple[str, int | None], Body] = {}
    for held in holds:
        name: Text | str = held.name if held.organisation else str(held.holder.label)
        body = met.setdefault((held.holder, held.organisation), Body(held.holder, name))
        since, until = day_of(held.since), day_of(held.until) if held.until else today
        body.spans.append((since, until, held.until is None))
        body.calendar += (until - since).days
        body.working += calendar.between(since, until)
        body.holds_now |= held.until is None
    return list(met.values())


def draw(rows: list[Body], today: date | None, first: date | None, due: date | None, shape: Shape) -> Chart:
    """`today` where it is still held; `first` and `due` are days of the term, `first` only where it is another."""
    named = [day for body in rows for span in body.spans for day in span[:2]]
    start, end = min(named), max([*named, *(day for day in (today, first, due) if day)])
    scale = _Scale(start, max(end, start + 7 * DAY), shape)
    chart = Chart(shape, ticks=list(scale.ticks()))
    top: float = AXIS + GAP / 2
    for body in rows:
        lines = list(_lines(body, top, shape))
        chart.words += lines
        below = top + len(lines) * LINE
        lane = (top + below - LANE) / 2 if shape.names else below + 3
        chart.bars += [_bar(body, span, lane, scale) for span in body.spans]
        top = max(below, lane + LANE) + GAP
    chart.bottom, chart.height = top, top + LINE * sum(1 for day in (today, first, due) if day) + 6
    chart.marks = list(_marks(scale, top, today, first, due))
    return chart


class _Scale:
    def __init__(self, start: date, end: date, shape: Shape) -> None:
        self.start, self.end = start, end
        self.left, self.right = shape.names, shape.width - 2

    def x(self, day: date) -> float:
        part = (day - self.start) / (self.end - self.start)
        return round(self.left + (self.right - self.left) * part, 1)

    def ticks(self) -> Iterator[Word]:
        """First days of months, as many as have room for their names."""
        months = list(self._months())
        room = (self.right - self.left) / (SIZE * LETTER * 9)
        step = max(1, -(-len(months) // max(1, int(room))))
        for place, day in enumerate(months):
            x = self.x(day)
            fits = place % step == 0 and x < self.right - SIZE * LETTER * 7
            yield Word(x, 14, f"{day:%m.%Y}" if fits else "")

    def _months(self) -> Iterator[date]:
        day = self.start.replace(day=1)
        while day <= self.end:
            if day >= self.start:
                yield day
            day = (day + 31 * DAY).replace(day=1)


def _marks(
    scale: _Scale, bottom: float, today: date | None, first: date | None, due: date | None
) -> Iterator[Mark]:
    """Today and the term below the lanes, each in a line of its own so that no word covers another."""
    days = [(due, "", _("due")), (first, "6 3", _("first due")), (today, "2 3", _("today"))]
    for line, (day, dash, word) in enumerate((day, *rest) for day, *rest in days if day):
        x = scale.x(day)
        part = (x - scale.left) / (scale.right - scale.left)
        anchor = "start" if part < 0.2 else "end" if part > 0.8 else "middle"
        beside = {"start": 5, "end": -5}.get(anchor, 0)
        yield Mark(x, dash, Word(x + beside, round(bottom + SIZE + line * LINE, 1), word, anchor=anchor))


def _lines(body: Body, top: float, shape: Shape) -> Iterator[Word]:
    letters = int(((shape.names or shape.width) - 12) / (SIZE * LETTER))
    lines = [(text, True) for text in textwrap.wrap(body.called, letters)[:3]]
    lines.append((days_words(body), False))
    for number, (text, strong) in enumerate(lines):
        yield Word(0, round(top + number * LINE + SIZE, 1), text, strong)


def _bar(body: Body, span: tuple[date, date, bool], y: float, scale: _Scale) -> Bar:
    since, until, open_ = span
    x, end = scale.x(since), scale.x(until)
    width = max(end - x, THINNEST)
    title = _title(body, since, until, open_)
    return Bar(round(min(x, scale.right - width), 1), round(y, 1), round(width, 1), body.holder, title)


def _title(body: Body, since: date, until: date, is_open: bool) -> str:
    language = get_language()
    last = _("until now") if is_open else formats.day_text(until, language)
    return f"{body.called}: {formats.day_text(since, language)} – {last}"


def days_words(body: Body) -> str:
    """«12 күнтізбелік күн, 8 жұмыс күні»."""
    return _("%(calendar)s calendar d., %(working)s working d.") % {
        "calendar": body.calendar,
        "working": body.working,
    }


def day_of(moment: datetime) -> date:
    return timezone.localdate(moment)
