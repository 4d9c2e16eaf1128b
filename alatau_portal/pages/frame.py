"""What every page stands in: the four districts, the date of its data, the map, links that stay in the past."""

import datetime
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import OuterRef, Q, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from core import ledger
from core.choices import Precision
from core.dates import PartialDate
from core.text import Text
from districts.choices import Measure, PlaceKind
from districts.models import District, Figure, Place, PlaceBound

#: In the address of a figure: not of a district or project, but of the whole.
CITY = "city"
EXACT = {Precision.DAY, Precision.MONTH}


class Area(NamedTuple):
    """A district as the map draws it."""

    code: str
    name: Text
    url: str
    geometry: Any


class Fact(NamedTuple):
    """A measure of something: the figure chosen for it, if any, and (to staff) those that were not chosen.

    `subject` is what it is measured of, as the address of all that was said of it names it.
    """

    measure: Measure
    figure: Figure | None
    others: list[Figure]
    subject: str = CITY


def today() -> datetime.date:
    """The day of the reader: today in Almaty, or the day of the past that the page shows."""
    return timezone.localdate(ledger.instant.get())


def link(request: HttpRequest | None, name: str, *args: Any) -> str:
    """The address of a page; in the past it leads to the page of the same instant."""
    address = reverse(name, args=args)
    if request is None or ledger.instant.get() is None:
        return address
    return f"{address}?{urlencode({'as_of': request.GET['as_of']})}"


def districts_for(user: Any) -> list[District]:
    return list(District.objects.visible_to(user).for_display(user).prefetch_related(None))


def frame(districts: list[District], dates: Iterable[Any]) -> dict[str, Any]:
    """Context of the header and footer; the districts are read once for the menu, the map and the page."""
    return {"nav_districts": districts, "data_as_of": latest(dates)}


def atlas(
    request: HttpRequest, districts: list[District], *, bounding: District | None = None
) -> dict[str, Any]:
    """Context of the schematic map, and in `bounds` the places that the text on where a district lies names.

    The airfield is military: it is on no map and in no list, whoever looks.
    """
    named = PlaceBound.objects.filter(place=OuterRef("pk"), district=bounding).values("order")[:1]
    known = Place.objects.visible_to(request.user).exclude(kind=PlaceKind.AIRFIELD).order_by("kind", "pk")
    known = known.select_related("source")
    places = list(
        known.annotate(named=Subquery(named)).filter(Q(geometry__isnull=False) | Q(named__isnull=False))
    )
    areas = [Area(d.code, d.name, link(request, "district", d.code), d.boundary) for d in districts]
    return {
        "map_districts": areas,
        "map_places": [place for place in places if place.geometry],
        "bounds": sorted((p for p in places if p.named is not None), key=lambda place: place.named),
    }


def latest(dates: Iterable[Any]) -> PartialDate | None:
    """The newest date; one that is known only as a season or a year, only where there is no better."""
    known = [date for date in dates if date]
    return max(known, key=lambda date: (date.precision in EXACT, date.day), default=None)


def facts(figures: Iterable[Figure], expected: Iterable[Measure] = (), *, subject: str = CITY) -> list[Fact]:
    """One fact a measure: first the expected ones, published or not, then whatever else is known."""
    measured: dict[Measure, list[Figure]] = {Measure(measure): [] for measure in expected}
    known = sorted(figures, key=lambda figure: Measure.values.index(figure.measure))
    for figure in known:
        measured.setdefault(Measure(figure.measure), []).append(figure)
    return [_fact(measure, found, subject) for measure, found in measured.items()]


def _fact(measure: Measure, found: list[Figure], subject: str) -> Fact:
    chosen = next((figure for figure in found if figure.chosen), None)
    return Fact(measure, chosen, [figure for figure in found if figure is not chosen], subject)
