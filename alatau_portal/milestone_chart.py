"""Milestones along the years: what `components/milestone_chart.html` draws as SVG.

A date that is known only as a month, a season or a year is drawn as all of it. Everything is an attribute of the SVG,
so that one drawing serves pages, print and PDF. Drawn wide and narrow, its words stay as large on a phone.
"""

import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from core.dates import PartialDate, last_day
from districts.choices import MilestoneStatus

SIZE, LINE = 13, 17
#: Mean width of a letter of Golos Text, in ems, on the safe side.
LETTER = 0.6
LANE, ROW_GAP, AXIS = 14, 16, 24
#: A single day has to be seen, too.
THINNEST = 6
PLANNED = ("none", "#67747d", "3 3")


class Shape(NamedTuple):
    """Of the paper: how wide it is, and how much of that the names take; none, where they stand above the bars."""

    width: int
    names: int

    @property
    def look(self) -> str:
        """The class by which pages choose it."""
        return "wide-chart" if self.names else "narrow-chart"


WIDE, NARROW = Shape(740, 250), Shape(300, 0)


class Words(NamedTuple):
    """A milestone as the chart tells it."""

    name: str
    when: str


class Bar(NamedTuple):
    x: float
    y: float
    width: float
    height: float
    fill: str
    stroke: str
    dash: str


class Line(NamedTuple):
    y: float
    text: str
    strong: bool


class Year(NamedTuple):
    x: float
    middle: float
    number: str


@dataclass
class Chart:
    """What the template draws, from the top down."""

    shape: Shape
    height: float = 0
    today: float = 0
    years: list[Year] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    bars: list[Bar] = field(default_factory=list)

    @property
    def today_anchor(self) -> str:
        """So that the word stays on the paper."""
        part = (self.today - self.shape.names) / (self.shape.width - self.shape.names)
        return "start" if part < 0.1 else "end" if part > 0.9 else "middle"


class Scale:
    """Whole years, from the first to the last that is named, and today."""

    def __init__(self, days: Iterable[date], shape: Shape) -> None:
        years = [day.year for day in days]
        self.first, self.last = min(years), max(years)
        self.left, self.right = shape.names, shape.width - 1

    def x(self, day: date) -> float:
        start, end = date(self.first, 1, 1).toordinal(), date(self.last + 1, 1, 1).toordinal()
        return round(self.left + (self.right - self.left) * (day.toordinal() - start) / (end - start), 1)

    def years(self) -> Iterator[Year]:
        step = -(-(self.last - self.first + 1) * SIZE * LETTER * 5 // (self.right - self.left))
        for number in range(self.first, self.last + 1):
            x, following = self.x(date(number, 1, 1)), self.x(date(number + 1, 1, 1))
            yield Year(
                x, round((x + following) / 2, 1), str(number) if (number - self.first) % step == 0 else ""
            )


def draw(milestones: list[Any], words: list[Words], today: date, shape: Shape, colour: str) -> Chart:
    """`milestones` with `when`, each told in the words of the same place; the ones without a date are left out."""
    dated = [pair for pair in zip(milestones, words, strict=True) if pair[0].when]
    scale = Scale([today, *_ends(milestone for milestone, _words in dated)], shape)
    chart = Chart(shape, today=scale.x(today), years=list(scale.years()))
    top: float = AXIS + ROW_GAP / 2
    for milestone, told in dated:
        lines = list(_lines(told, top, shape))
        chart.lines += lines
        below = top + len(lines) * LINE
        lane = (top + below - LANE) / 2 if shape.names else below + 5
        chart.bars += _bars(milestone, lane, scale, colour)
        top = max(below, lane + LANE) + ROW_GAP
    chart.height = top + LINE
    return chart


def _ends(milestones: Iterable[Any]) -> Iterator[date]:
    for milestone in milestones:
        for known in filter(None, (milestone.when, milestone.baseline)):
            yield from (known.day, last_day(known))


def _lines(told: Words, top: float, shape: Shape) -> Iterator[Line]:
    letters = int(((shape.names or shape.width) - 12) / (SIZE * LETTER))
    name = [(text, True) for text in textwrap.wrap(told.name, letters)]
    when = [(text, False) for text in textwrap.wrap(told.when, letters, break_long_words=False)]
    for number, (text, strong) in enumerate(name + when):
        yield Line(round(top + number * LINE + SIZE, 1), text, strong)


def _bars(milestone: Any, y: float, scale: Scale, colour: str) -> Iterator[Bar]:
    """As planned, in outline, where that is another time; then as it is or is expected."""
    planned = milestone.baseline
    moved = planned and (planned.day, planned.precision) != (milestone.when.day, milestone.when.precision)
    if moved:
        yield _bar(planned, y, LANE / 2 - 1, scale, PLANNED)
    rest = LANE / 2 if moved else 0
    yield _bar(milestone.when, y + rest, LANE - rest, scale, _look(milestone, colour))


def _bar(known: PartialDate, y: float, height: float, scale: Scale, look: tuple[str, str, str]) -> Bar:
    assert known.day is not None  # the caller draws dated milestones only
    start, end = scale.x(known.day), scale.x(last_day(known))
    width = round(max(end - start, THINNEST), 1)
    return Bar(round(min(start, scale.right - width), 1), round(y, 1), width, height, *look)


def _look(milestone: Any, colour: str) -> tuple[str, str, str]:
    """Fill, stroke and dashes: solid is certain or ahead, hollow is a term that passed without word."""
    if milestone.silent:
        return "#fff", "#8a4b00", "3 2"
    known = {MilestoneStatus.MET: "#1b6e3c", MilestoneStatus.NOT_MET: "#a61b1b"}
    fill = known.get(milestone.status, colour)
    return fill, fill, ""
