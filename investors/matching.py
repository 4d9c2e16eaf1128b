"""What fits the needs of an investor: each plot, criterion by criterion, with what is asked and what there is.

What is not published is unknown, and unknown never counts as a fit. Functions of what they are given: nothing is
read, and today is passed in.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from core.dates import PartialDate, last_day


class Criterion(TextChoices):
    AVAILABLE = "available", _("availability")
    SECTOR = "sector", _("sector")
    AREA = "area", _("area")
    POWER = "power", _("power")
    WATER = "water", _("water")
    RAIL = "rail", _("railway")
    READY = "ready", _("readiness of the plot")


class Verdict(TextChoices):
    FITS = "fits", _("fits")
    UNKNOWN = "unknown", _("not known")
    NO = "no", _("does not fit")


class Why(TextChoices):
    """What a verdict rests on, where the numbers alone do not say it."""

    NOT_PUBLISHED = "not_published", _("not published")
    NO_DATE = "no_date", _("the date is not published")
    DATE_PASSED = "date_passed", _("the date has passed without a word that it is ready")
    NOT_THERE = "not_there", _("there is none")
    LATER = "later", _("ready only after the date needed")


@dataclass(frozen=True)
class Needs:
    """What an investor asks of a plot; None, or nothing, where it does not matter."""

    sector: str = ""
    hectares: Decimal | None = None
    power_mw: Decimal | None = None
    water_m3_day: Decimal | None = None
    rail: bool = False
    by: date | None = None

    def __bool__(self) -> bool:
        return any((self.sector, self.hectares, self.power_mw, self.water_m3_day, self.rail, self.by))


@dataclass(frozen=True)
class Finding:
    """One criterion: `asked` against `has`, in `unit`; `state` and `when` of what is to be built."""

    criterion: Criterion
    verdict: Verdict
    asked: Any = None
    has: Any = None
    unit: str = ""
    state: str = ""
    when: PartialDate | None = None
    why: Why | None = None


@dataclass
class Match:
    """A plot with what was found of it, in the order of the criteria."""

    plot: Any
    findings: list[Finding] = field(default_factory=list)

    def number(self, verdict: Verdict) -> int:
        return sum(finding.verdict == verdict for finding in self.findings)

    @property
    def verdict(self) -> Verdict:
        """Of the whole: it fits where everything does; one thing that does not is enough against it."""
        if self.number(Verdict.NO):
            return Verdict.NO
        return Verdict.UNKNOWN if self.number(Verdict.UNKNOWN) else Verdict.FITS


class Utility(Protocol):
    utility: Any
    state: Any
    capacity: Any
    unit: Any
    ready_on: Any


class Plot(Protocol):
    """As much of a plot as is compared; `availability` is of the day asked about."""

    public_id: Any
    sectors: Any
    area_ha: Any
    ready_on: Any
    availability: Any
    utilities: Any


def match(needs: Needs, plots: Iterable[Plot], today: date) -> list[Match]:
    """Every plot with its findings: first what fits, then what may, then what does not."""
    found = [Match(plot, findings(needs, plot, today)) for plot in plots]
    return sorted(
        found,
        key=lambda one: (one.number(Verdict.NO), one.number(Verdict.UNKNOWN), one.plot.public_id),
    )


def findings(needs: Needs, plot: Plot, today: date) -> list[Finding]:
    supplied: dict[str, Utility] = {str(one.utility): one for one in plot.utilities.all()}
    found = [_availability(plot)]
    if needs.sector:
        found.append(_sector(needs.sector, plot.sectors))
    if needs.hectares:
        found.append(_area(needs.hectares, plot.area_ha))
    for criterion, asked, unit in (
        (Criterion.POWER, needs.power_mw, "mw"),
        (Criterion.WATER, needs.water_m3_day, "m3_day"),
    ):
        if asked:
            found.append(_amount(criterion, asked, unit, supplied.get(criterion), needs.by, today))
    if needs.rail:
        found.append(_presence(supplied.get(Criterion.RAIL), needs.by, today))
    if needs.by:
        found.append(_readiness(plot.ready_on, needs.by, today))
    return found


def _availability(plot: Plot) -> Finding:
    verdict = Verdict.FITS if plot.availability == "free" else Verdict.NO
    return Finding(Criterion.AVAILABLE, verdict, has=plot.availability)


def _sector(asked: str, sectors: Sequence[str]) -> Finding:
    """A plot for a sector takes the parts of it, and one for a part takes who asks for the whole."""
    if not sectors:
        return Finding(Criterion.SECTOR, Verdict.UNKNOWN, asked, why=Why.NOT_PUBLISHED)
    fits = any(one == asked or one.startswith(f"{asked}.") or asked.startswith(f"{one}.") for one in sectors)
    return Finding(Criterion.SECTOR, Verdict.FITS if fits else Verdict.NO, asked, list(sectors))


def _area(asked: Decimal, has: Decimal | None) -> Finding:
    if has is None:
        return Finding(Criterion.AREA, Verdict.UNKNOWN, asked, unit="ha", why=Why.NOT_PUBLISHED)
    return Finding(Criterion.AREA, Verdict.FITS if has >= asked else Verdict.NO, asked, has, "ha")


def _amount(
    criterion: Criterion, asked: Decimal, unit: str, utility: Utility | None, by: date | None, today: date
) -> Finding:
    if utility is None:
        return Finding(criterion, Verdict.UNKNOWN, asked, unit=unit, why=Why.NOT_PUBLISHED)
    if utility.state == "none":
        return Finding(criterion, Verdict.NO, asked, unit=unit, why=Why.NOT_THERE)
    state = str(utility.state)
    if utility.capacity is None or utility.unit != unit:
        return Finding(
            criterion,
            Verdict.UNKNOWN,
            asked,
            unit=unit,
            state=state,
            when=utility.ready_on,
            why=Why.NOT_PUBLISHED,
        )
    if utility.capacity < asked:
        return Finding(criterion, Verdict.NO, asked, utility.capacity, unit, state, utility.ready_on)
    verdict, why = _in_time(utility, by, today)
    return Finding(criterion, verdict, asked, utility.capacity, unit, state, utility.ready_on, why)


def _presence(utility: Utility | None, by: date | None, today: date) -> Finding:
    if utility is None:
        return Finding(Criterion.RAIL, Verdict.UNKNOWN, why=Why.NOT_PUBLISHED)
    if utility.state == "none":
        return Finding(Criterion.RAIL, Verdict.NO, why=Why.NOT_THERE)
    verdict, why = _in_time(utility, by, today)
    return Finding(Criterion.RAIL, verdict, state=str(utility.state), when=utility.ready_on, why=why)


def _in_time(utility: Utility, by: date | None, today: date) -> tuple[Verdict, Why | None]:
    """What is ready, is; what is not, is counted on only with a date that is still to come."""
    return (Verdict.FITS, None) if utility.state == "ready" else _expected(utility.ready_on, by, today)


def _expected(when: PartialDate | None, by: date | None, today: date) -> tuple[Verdict, Why | None]:
    if not when:
        return Verdict.UNKNOWN, Why.NO_DATE
    ready = last_day(when)
    if ready < today:
        return Verdict.UNKNOWN, Why.DATE_PASSED
    return (Verdict.NO, Why.LATER) if by and ready > by else (Verdict.FITS, None)


def _readiness(when: PartialDate | None, by: date, today: date) -> Finding:
    """Of the plot itself. It has no state of its own: a date that has passed is taken at its word."""
    if not when:
        return Finding(Criterion.READY, Verdict.UNKNOWN, by, why=Why.NO_DATE)
    in_time = last_day(when) <= max(by, today)
    return Finding(
        Criterion.READY,
        Verdict.FITS if in_time else Verdict.NO,
        by,
        when=when,
        why=None if in_time else Why.LATER,
    )
