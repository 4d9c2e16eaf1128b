"""Plots of the districts and what leads to them, read within the query of the districts. Nothing invented counts."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, F, OuterRef, QuerySet
from django.db.models.functions import Cast, JSONObject
from django.utils.dateparse import parse_date

from core.choices import Visibility
from core.dates import PartialDate
from core.text import LANGUAGES, Text
from districts.models import District, LandPlot, PlotUtility
from districts.plot_choices import Availability, Utility, UtilityState, UtilityUnit

#: The further on, the readier.
READINESS = [UtilityState.READY, UtilityState.UNDER_CONSTRUCTION, UtilityState.PLANNED, UtilityState.NONE]


class Supply(NamedTuple):
    """What leads to one plot."""

    utility: Utility
    state: UtilityState
    capacity: Decimal | None
    unit: str


class Plot(NamedTuple):
    public_id: str
    name: Text
    purpose: Text
    area: Decimal | None
    availability: Availability
    as_of: PartialDate
    is_demo: bool
    supplies: list[Supply]
    #: In words, where not everybody may know of it.
    visibility: str

    @property
    def is_free(self) -> bool:
        return self.availability == Availability.FREE


class Readiness(NamedTuple):
    """A utility on the plots of a district: on how many of them it stands how, and the most that there is of it."""

    utility: Utility
    states: list[tuple[UtilityState, int]]
    most: Decimal | None
    unit: str


def joined(districts: QuerySet[District], user: Any, today: date) -> QuerySet[District]:
    """The queryset that `told` reads."""
    supplies = PlotUtility.objects.filter(plot=OuterRef("pk")).order_by("pk")
    supply = JSONObject(utility="utility", state="state", unit="unit", capacity=_written("capacity"))
    plots = LandPlot.objects.visible_to(user).with_availability(today).filter(district=OuterRef("pk"))
    plots = plots.annotate(supplies=ArraySubquery(supplies.values(json=supply))).order_by("pk")
    texts = {f"{name}_{code}": f"{name}_{code}" for name in ("name", "purpose") for code in LANGUAGES}
    columns = {name: name for name in ("public_id", "availability", "is_demo", "supplies", "visibility")}
    dated = {f"as_of_{part}": f"as_of_{part}" for part in ("day", "precision", "text")}
    plot = JSONObject(area=_written("area_ha"), **columns, **texts, **dated)
    return districts.annotate(plot_rows=ArraySubquery(plots.values(json=plot)))


def told(district: Any) -> list[Plot]:
    """The plots that this reader may see, what is free first."""
    return sorted(map(_plot, district.plot_rows), key=lambda plot: (not plot.is_free, plot.is_demo))


def readiness(plots: Iterable[Plot]) -> list[Readiness]:
    """Of what leads to the real ones; utilities of which nobody has said anything are not in it."""
    real = [plot for plot in plots if not plot.is_demo]
    return [one for utility in Utility if (one := _ready(utility, real)).states]


def unsaid(known: Iterable[Readiness]) -> list[Utility]:
    """Utilities of which nothing is published."""
    said = {one.utility for one in known}
    return [utility for utility in Utility if utility not in said]


def _ready(utility: Utility, plots: Iterable[Plot]) -> Readiness:
    supplies = [one for plot in plots for one in plot.supplies if one.utility == utility]
    counted = Counter(one.state for one in supplies)
    most = max(
        (one for one in supplies if one.capacity is not None), key=lambda one: one.capacity or 0, default=None
    )
    states = [(state, counted[state]) for state in READINESS if counted[state]]
    return Readiness(utility, states, most and most.capacity, UtilityUnit(most.unit).label if most else "")


def not_public(visibility: str) -> str:
    return "" if visibility == Visibility.PUBLIC else str(Visibility(visibility).label)


def _written(column: str) -> Any:
    """All its digits: as a number of JSON it would lose some."""
    return Cast(F(column), CharField())


def _plot(row: Mapping[str, Any]) -> Plot:
    name, purpose = (
        Text(*(row[f"{text}_{code}"] or "" for code in LANGUAGES)) for text in ("name", "purpose")
    )
    day = parse_date(row["as_of_day"] or "")
    return Plot(
        row["public_id"],
        name,
        purpose,
        _number(row["area"]),
        Availability(row["availability"]),
        PartialDate(day, row["as_of_precision"], row["as_of_text"]),
        row["is_demo"],
        [_supply(one) for one in row["supplies"]],
        not_public(row["visibility"]),
    )


def _supply(row: Mapping[str, Any]) -> Supply:
    return Supply(Utility(row["utility"]), UtilityState(row["state"]), _number(row["capacity"]), row["unit"])


def _number(written: str | None) -> Decimal | None:
    return None if written is None else Decimal(written)
