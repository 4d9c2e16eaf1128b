"""How far works were planned to be, are, and will be at this pace: what `components/s_curve_drawing.html` draws as SVG.

Lines differ by their strokes and marks, not by colour alone. Everything is an attribute of the SVG, so that one drawing
serves pages, print and PDF. Drawn wide and narrow, its words stay as large on a phone.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from tasks.curve import DAY, Curve, Span

SIZE, LINE = 13, 19
#: Mean width of a figure of Golos Text, in ems, on the safe side.
LETTER = 0.6
#: Above the field stands the word of today.
TOP, LEFT, RIGHT = 28, 46, 8
#: How many months may lie between two that are named.
STEPS = (1, 2, 3, 6, 12, 24, 60, 120)


class Shape(NamedTuple):
    """How wide the paper is, how high the field of the lines, and the class that pages choose it by."""

    width: int
    field: int
    look: str


WIDE, NARROW = Shape(740, 260, "wide-chart"), Shape(300, 220, "narrow-chart")


class Tick(NamedTuple):
    at: float
    text: str


class Mark(NamedTuple):
    x: float
    y: float


class Key(NamedTuple):
    """A line of the legend: how the line looks, and what it is."""

    y: float
    kind: str
    text: str


class Words(NamedTuple):
    plan: str
    actual: str
    forecast: str


@dataclass
class Drawing:
    """What the template draws; lines are paths, of which `actual` has one for each stretch without a gap."""

    shape: Shape
    colour: str
    bottom: float = 0
    height: float = 0
    plan: str = ""
    actual: list[str] = field(default_factory=list)
    accepted: list[Mark] = field(default_factory=list)
    forecast: str = ""
    finish: Mark | None = None
    today: float | None = None
    levels: list[Tick] = field(default_factory=list)
    months: list[Tick] = field(default_factory=list)
    keys: list[Key] = field(default_factory=list)

    @property
    def left(self) -> int:
        return LEFT

    @property
    def right(self) -> int:
        return self.shape.width - RIGHT

    @property
    def today_anchor(self) -> str:
        """So that the word stays on the paper."""
        part = ((self.today or 0) - self.left) / (self.right - self.left)
        return "start" if part < 0.15 else "end" if part > 0.85 else "middle"


class Scale:
    def __init__(self, first: date, last: date, shape: Shape) -> None:
        self.first, self.last, self.shape = first, max(last, first + DAY), shape

    def x(self, day: date) -> float:
        part = (day - self.first) / (self.last - self.first)
        return round(LEFT + (self.shape.width - RIGHT - LEFT) * part, 1)

    def y(self, value: Decimal) -> float:
        return round(TOP + self.shape.field * (1 - float(value) / 100), 1)

    def mark(self, day: date, value: Decimal) -> Mark:
        return Mark(self.x(day), self.y(value))

    def months(self) -> Iterator[Tick]:
        """First days of months, as many as there is room to name."""
        start, end = (day.year * 12 + day.month - 1 for day in (self.first + DAY, self.last))
        room = (self.shape.width - RIGHT - LEFT) / (SIZE * LETTER * 8)
        step = next((step for step in STEPS if (end - start + 1) / step <= room), STEPS[-1])
        for number in range(-(-start // step) * step, end + 1, step):
            year, month = divmod(number, 12)
            day = date(year, month + 1, 1)
            x, text = self.x(day), f"{year}" if step >= 12 else f"{day:%m.%Y}"
            yield Tick(x, text if x + len(text) * SIZE * LETTER <= self.shape.width else "")


def draw(told: Curve, words: Words, today: date, shape: Shape, colour: str) -> Drawing | None:
    """None where neither a plan nor an accepted value is known. Today stands in it where it lies between the ends."""
    known = [span for span in told.actual if span.value is not None]
    days = [span.ends for span in (*told.plan, *known)]
    if not days:
        return None
    if told.forecast:
        days.append(told.forecast.finish)
    scale = Scale(min(span.starts for span in (*told.plan, *known)) - DAY, max(days), shape)
    drawing = Drawing(shape, colour, bottom=TOP + shape.field)
    drawing.levels = [Tick(scale.y(Decimal(level)), f"{level} %") for level in (0, 25, 50, 75, 100)]
    drawing.months = list(scale.months())
    drawing.today = scale.x(today) if scale.first < today <= scale.last else None
    _lines(drawing, told, scale)
    _legend(drawing, words)
    return drawing


def _lines(drawing: Drawing, told: Curve, scale: Scale) -> None:
    if told.plan:
        start = scale.mark(told.plan[0].starts - DAY, Decimal(0))
        drawing.plan = _path([start, *_marks(told.plan, scale)])
    for stretch in _stretches(told.actual):
        marks = _marks(stretch, scale)
        drawing.accepted += marks
        drawing.actual += [_path(marks)] if len(marks) > 1 else []
    if told.forecast:
        ahead = [scale.mark(*point) for point in told.forecast.points]
        drawing.forecast, drawing.finish = _path(ahead), ahead[-1]


def _legend(drawing: Drawing, words: Words) -> None:
    y: float = drawing.bottom + 2 * LINE + 4
    drawn = {"plan": drawing.plan, "actual": drawing.accepted, "forecast": drawing.forecast}
    for kind, text in words._asdict().items():
        if drawn[kind]:
            drawing.keys.append(Key(y, kind, text))
            y += LINE
    drawing.height = y - LINE + 8


def _stretches(spans: Sequence[Span]) -> Iterator[list[Span]]:
    """Accepted values of periods that follow on each other: what lies between two stretches is not known."""
    stretch: list[Span] = []
    for span in spans:
        if stretch and (span.value is None or span.starts > stretch[-1].ends + DAY):
            yield stretch
            stretch = []
        if span.value is not None:
            stretch.append(span)
    if stretch:
        yield stretch


def _marks(spans: Iterable[Span], scale: Scale) -> list[Mark]:
    return [scale.mark(span.ends, span.value) for span in spans if span.value is not None]


def _path(marks: Iterable[Mark]) -> str:
    return "M" + "L".join(f"{mark.x},{mark.y}" for mark in marks)
