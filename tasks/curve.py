"""The S-curve: how far works were planned to be, how far they are, and when they end at this pace. No ORM.

Every number is a cumulative percentage, a Decimal from 0 to 100, at the end of the last day of a period.

Sum of parts (projects of a district), over live parts only:

    planned(t) = Σ w·planned(t) / Σ w        actual(t) = Σ w·actual(t) / Σ w

- a cancelled part, or one without weight, is in neither sum; nobody's fall is another one's rise;
- between two periods of its plan a part is planned along the straight line between them, before the first day at
  nought, after the last one where the plan ends;
- actual(t) is known only where it is known of every live part: what nobody reported is a gap, never nought. A part
  that was accepted at 100 is known from then on.

Performance (PMI, Practice Standard for Earned Value Management, 2nd ed. 2011; EV is here what is accepted, PV what is
planned, both in percent), at the end of the last period with an accepted value:

    SPI = EV / PV(AT)

Forecast by Earned Schedule (W. Lipke, “Schedule is Different”, The Measurable News, March 2003; appendix D of the
standard): SPI returns to 1 however late works end, so time is compared with time.

    ES = C + (EV − PV_C) / (PV_C+1 − PV_C)    C: the last period with PV_C ≤ EV
    SPI(t) = ES / AT                          AT: actual time, from the start to the end of that period
    finish = start + PD / SPI(t)              PD: planned duration
    forecast(t) = PV(ES + (t − AT)·SPI(t))    the plan gone on with at the pace so far

Time is counted in days, so that months and quarters may stand in one plan. Where the plan is flat at EV, ES is the day
of the flat nearest to AT: waiting as planned is neither early nor late. Why there is no forecast is said: `Why`.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from math import ceil
from typing import NamedTuple

NOUGHT, WHOLE, CENT = Decimal(0), Decimal(100), Decimal("0.01")
DAY = timedelta(days=1)
#: At less than this part of the planned pace the day reckoned is worth nothing.
SLOWEST = Decimal("0.2")


class Why(StrEnum):
    """Why there is no forecast."""

    NO_PLAN = "no_plan"
    PLAN_FALLS = "plan_falls"
    NOTHING_ACCEPTED = "nothing_accepted"
    BEFORE_PLAN = "before_plan"
    NOTHING_DONE = "nothing_done"
    PLAN_REACHED = "plan_reached"
    TOO_SLOW = "too_slow"
    CANCELLED = "cancelled"


class Span(NamedTuple):
    """A period, both days in it, and the percentage at its end; None where it is not known."""

    starts: date
    ends: date
    value: Decimal | None


@dataclass(frozen=True)
class Part:
    """A project: its plan, whose values are all known, and what was accepted."""

    plan: Sequence[Span]
    actual: Sequence[Span] = ()
    weight: Decimal = Decimal(1)
    is_cancelled: bool = False

    @property
    def counts(self) -> bool:
        return not self.is_cancelled and self.weight > 0 and bool(self.plan)


class Point(NamedTuple):
    day: date
    value: Decimal


@dataclass(frozen=True)
class Forecast:
    """`pace` is SPI(t); `points` go from the last accepted value to the day that reaches where the plan ends."""

    pace: Decimal
    finish: date
    points: Sequence[Point]


@dataclass(frozen=True)
class Curve:
    """`ratio` is SPI, None where nothing was planned by then; `forecast`, or `why` there is none."""

    plan: Sequence[Span]
    actual: Sequence[Span]
    ratio: Decimal | None = None
    forecast: Forecast | None = None
    why: Why | None = None

    @property
    def last(self) -> Span | None:
        """The newest period of which a value was accepted."""
        return next((span for span in reversed(self.actual) if span.value is not None), None)


def alone(part: Part) -> Curve:
    """Of one project, whatever its weight, with a plan or without. Spans come by day."""
    return _told(_by_day(part.plan), _by_day(part.actual))


def curve(parts: Iterable[Part]) -> Curve:
    """Of many by their weights. Spans of the plan and of what is accepted come by day."""
    return _told(*summed([part for part in parts if part.counts]))


def _told(plan: list[Span], actual: list[Span]) -> Curve:
    last = Curve(plan, actual).last
    if last is None or last.value is None or not plan:
        return Curve(plan, actual, why=Why.NOTHING_ACCEPTED if len(plan) > 1 else Why.NO_PLAN)
    road = Road(plan)
    planned = road.value(road.time(last.ends))
    ratio = last.value / planned if planned else None
    forecast = _forecast(road, last.ends, last.value)
    if isinstance(forecast, Why):
        return Curve(plan, actual, ratio, why=forecast)
    return Curve(plan, actual, ratio, forecast)


def summed(parts: Sequence[Part]) -> tuple[list[Span], list[Span]]:
    """The plan and what is accepted of all live parts, weighted; of a single one as it is."""
    if len(parts) == 1:
        return _by_day(parts[0].plan), _by_day(parts[0].actual)
    roads = [(Road(_by_day(part.plan)), part) for part in parts]
    plan = [
        span._replace(value=_mean([(road.value(road.time(span.ends)), part.weight) for road, part in roads]))
        for span in _periods(part.plan for part in parts)
    ]
    actual = [
        span._replace(value=_mean([(_known(part, span.ends), part.weight) for part in parts]))
        for span in _periods(part.actual for part in parts)
    ]
    return plan, actual


class Road:
    """The plan as a line through the ends of its periods, from nought on the eve of its first day."""

    def __init__(self, plan: Sequence[Span]) -> None:
        self.eve = plan[0].starts - DAY
        self.times = [NOUGHT, *(self.time(span.ends) for span in plan)]
        self.values = [NOUGHT, *(span.value or NOUGHT for span in plan)]

    def time(self, day: date) -> Decimal:
        """Days gone at the end of this one; below nought before the plan begins."""
        return Decimal((day - self.eve).days)

    def value(self, time: Decimal) -> Decimal:
        """PV."""
        return _between(self.times, self.values, time)

    def earned(self, value: Decimal, near: Decimal) -> Decimal:
        """ES: when so much was planned; of a flat stretch the time nearest to `near`. The plan does not fall."""
        first, after = bisect_left(self.values, value), bisect_right(self.values, value)
        if first == after:
            return _between(self.values, self.times, value)
        return min(max(near, self.times[first]), self.times[after - 1])

    @property
    def falls(self) -> bool:
        return self.values != sorted(self.values)


def _forecast(road: Road, day: date, value: Decimal) -> Forecast | Why:
    """From the end of this day, when so much was done."""
    gone, goal = road.time(day), road.values[-1]
    if len(road.values) < 3 or not goal:
        return Why.NO_PLAN
    if road.falls:
        return Why.PLAN_FALLS
    if value >= goal:
        return Why.PLAN_REACHED
    if gone <= 0:
        return Why.BEFORE_PLAN
    if not value:
        return Why.NOTHING_DONE
    earned = road.earned(value, gone)
    pace = earned / gone
    if pace < SLOWEST:
        return Why.TOO_SLOW
    # PD: until the plan reaches its last value first; a flat end is no work.
    duration = road.times[bisect_left(road.values, goal)]
    finish = max(day + DAY, road.eve + ceil(duration / pace) * DAY)
    points = [Point(day, value)]
    month = month_end(day + DAY)
    while month < finish:
        points.append(Point(month, road.value(earned + (road.time(month) - gone) * pace)))
        month = month_end(month + DAY)
    return Forecast(pace.quantize(CENT), finish, [*points, Point(finish, goal)])


def month_end(day: date) -> date:
    return (day.replace(day=28) + 4 * DAY).replace(day=1) - DAY


def _between(xs: Sequence[Decimal], ys: Sequence[Decimal], x: Decimal) -> Decimal:
    """On the line through these points, whose x do not fall; beyond its ends as high as they are."""
    place = bisect_right(xs, x)
    if place == 0:
        return ys[0]
    if place == len(xs):
        return ys[-1]
    part = (x - xs[place - 1]) / (xs[place] - xs[place - 1])
    return ys[place - 1] + part * (ys[place] - ys[place - 1])


def _mean(weighted: Sequence[tuple[Decimal | None, Decimal]]) -> Decimal | None:
    known = [(value, weight) for value, weight in weighted if value is not None]
    if not known or len(known) < len(weighted):
        return None
    total = sum((value * weight for value, weight in known), NOUGHT)
    return (total / sum((weight for _value, weight in known), NOUGHT)).quantize(CENT)


def _known(part: Part, day: date) -> Decimal | None:
    """What is accepted of just this day; once the whole, the whole."""
    before = [span for span in _by_day(part.actual) if span.ends <= day and span.value is not None]
    if not before or (before[-1].ends < day and before[-1].value != WHOLE):
        return None
    return before[-1].value


def _periods(spans: Iterable[Sequence[Span]]) -> list[Span]:
    """Each end of a period once, from the day after the one before."""
    met = sorted({span.ends: span for part in spans for span in part}.values(), key=lambda span: span.ends)
    first = min((span.starts for span in met), default=None)
    starts = [first, *(span.ends + DAY for span in met)]
    return [span._replace(starts=start) for span, start in zip(met, starts, strict=False) if start]


def _by_day(spans: Sequence[Span]) -> list[Span]:
    return sorted(spans, key=lambda span: (span.ends, span.starts))
