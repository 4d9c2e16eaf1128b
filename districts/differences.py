"""How two dates differ, project by project: pure reckoning, whatever the two dates were read from.

Sums are exact and stand by unit and currency, never converted. A range is summed at both of its ends. What has no
figure adds nothing and is named. For every sum: before + added + removed + changed = after.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple, Self

from core.choices import Qualifier
from core.dates import PartialDate
from districts.choices import Unit
from districts.figure_choices import DifferencePart as Part
from districts.figure_choices import RemovedBecause

NOUGHT = Decimal(0)
#: Those that move a sum. Unchanged ones stand in both of its ends.
MOVING = (Part.ADDED, Part.REMOVED, Part.CHANGED)


class Kind(NamedTuple):
    """What can be added up with its like only."""

    unit: str
    currency: str = ""


class Sum(NamedTuple):
    """A sum, at the lower and at the upper end of what was given as a range."""

    low: Decimal = NOUGHT
    high: Decimal = NOUGHT

    def __add__(self, other: Any) -> "Sum":
        return Sum(self.low + other.low, self.high + other.high)

    def __sub__(self, other: "Sum") -> "Sum":
        return Sum(self.low - other.low, self.high - other.high)


NOTHING = Sum()


@dataclass(frozen=True)
class Quantity:
    """What a project had of the measure at one of the two dates, as its source says it."""

    value: Decimal
    unit: str
    currency: str = ""
    value_max: Decimal | None = None
    qualifier: str = Qualifier.EXACT
    as_of: PartialDate = field(default_factory=PartialDate, compare=False)
    source: Any = field(default=None, compare=False)

    @classmethod
    def of(cls, figure: Any) -> Self:
        return cls(
            figure.value,
            figure.unit,
            figure.currency,
            figure.value_max,
            figure.qualifier,
            figure.as_of,
            figure.source,
        )

    @property
    def kind(self) -> Kind:
        return Kind(self.unit, self.currency)

    @property
    def sum(self) -> Sum:
        return Sum(self.value, self.value if self.value_max is None else self.value_max)

    @property
    def is_above(self) -> bool:
        return self.value > 0

    def get_unit_display(self) -> str:
        return str(Unit(self.unit).label)


#: What a project is where projects are counted.
ONE = Quantity(Decimal(1), Unit.PROJECT)


@dataclass(frozen=True)
class Standing:
    """A project at one of the two dates: whether it counts, with how much (None: no figure is known), else why not."""

    counts: bool = False
    quantity: Quantity | None = None
    why: str = ""


@dataclass(frozen=True)
class Line:
    """One project between the two dates."""

    project: Any
    part: Part
    before: Quantity | None
    after: Quantity | None
    why: str = ""

    def get_why_display(self) -> str:
        return str(RemovedBecause(self.why).label) if self.why else ""

    @property
    def lacks(self) -> bool:
        """It counts at one of the dates and no figure is known there."""
        missing = {Part.ADDED: self.after, Part.REMOVED: self.before}
        return missing.get(self.part, self.before and self.after) is None

    @property
    def changes(self) -> dict[Kind, Sum]:
        """By how much it moved each sum; of another currency than before, it leaves one sum and enters another."""
        moved: dict[Kind, Sum] = {}
        if self.before:
            moved[self.before.kind] = NOTHING - self.before.sum
        if self.after:
            moved[self.after.kind] = moved.get(self.after.kind, NOTHING) + self.after.sum
        return moved


@dataclass
class Total:
    """One unit or currency of the two dates, and what lies between them."""

    kind: Kind
    before: Sum = NOTHING
    after: Sum = NOTHING
    unchanged: Sum = NOTHING
    parts: dict[Part, Sum] = field(default_factory=lambda: dict.fromkeys(MOVING, NOTHING))
    #: How many of the figures that stand in either end were given so: Qualifier → number.
    inexact: dict[str, int] = field(default_factory=dict)

    @property
    def difference(self) -> Sum:
        return self.after - self.before

    @property
    def steps(self) -> dict[str, Quantity]:
        """From the one end to the other, each as a figure would have it."""
        sums = {
            "before": self.before,
            **{str(part): moved for part, moved in self.parts.items()},
            "after": self.after,
            "difference": self.difference,
            "unchanged": self.unchanged,
        }
        return {name: self._quantity(found) for name, found in sums.items()}

    def _quantity(self, found: Sum) -> Quantity:
        return Quantity(found.low, *self.kind, None if found.high == found.low else found.high)

    def take(self, line: Line) -> None:
        given = {one for one in (line.before, line.after) if one and one.kind == self.kind}
        for one in given:
            if one.qualifier != Qualifier.EXACT:
                self.inexact[one.qualifier] = self.inexact.get(one.qualifier, 0) + 1
        if line.before in given and line.before:
            self.before += line.before.sum
        if line.after in given and line.after:
            self.after += line.after.sum
        if line.part in self.parts:
            self.parts[line.part] += line.changes.get(self.kind, NOTHING)
        elif line.after:
            self.unchanged += line.after.sum


@dataclass(frozen=True)
class Difference:
    """The whole answer. `began`: the day from which on the ledger knows anything, where it is what was read."""

    lines: list[Line]
    totals: list[Total]
    began: Any = None

    def of(self, part: Part) -> list[Line]:
        return [line for line in self.lines if line.part == part]

    @property
    def numbers(self) -> dict[Part, int]:
        return {part: len(self.of(part)) for part in Part}

    @property
    def lacking(self) -> list[Line]:
        return [line for line in self.lines if line.lacks]


def between(
    projects: Mapping[int, Any],
    before: Mapping[int, Standing],
    after: Mapping[int, Standing],
    began: Any = None,
) -> Difference:
    """The difference of two dates. `projects` by key, in the order in which they are told."""
    nothing = Standing(why=RemovedBecause.DELETED)
    lines = [
        line
        for key, project in projects.items()
        if (line := _line(project, before.get(key, nothing), after.get(key, nothing)))
    ]
    return Difference(lines, _totals(lines), began)


def _line(project: Any, before: Standing, after: Standing) -> Line | None:
    """None of a project that counts at neither date, unless nothing says when it came or went."""
    if not before.counts and not after.counts:
        undated = RemovedBecause.UNDATED
        return Line(project, Part.UNKNOWN, None, None, undated) if after.why == undated else None
    if not before.counts:
        return Line(project, Part.ADDED, None, after.quantity)
    if not after.counts:
        return Line(project, Part.REMOVED, before.quantity, None, after.why)
    if before.quantity != after.quantity:
        return Line(project, Part.CHANGED, before.quantity, after.quantity)
    part = Part.UNKNOWN if after.quantity is None else Part.UNCHANGED
    return Line(project, part, before.quantity, after.quantity)


def _totals(lines: Iterable[Line]) -> list[Total]:
    found: dict[Kind, Total] = {}
    for line in lines:
        for kind in {one.kind for one in (line.before, line.after) if one}:
            found.setdefault(kind, Total(kind)).take(line)
    return [found[kind] for kind in sorted(found)]
