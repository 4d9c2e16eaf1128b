"""Plots on a map: one list of them for the drawing of the server and, as GeoJSON, for the map that can be moved."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from alatau_portal.pages.frame import link
from core.text import Text
from districts.choices import DistrictCode
from districts.plot_choices import Availability

#: Plots of one map.
MOST = 500
COLUMNS = (
    "public_id", "name_kk", "name_ru", "name_en", "availability", "geometry", "district__code", "area_ha",
    "schematic", "is_demo",
)  # fmt: skip


class Spot(NamedTuple):
    """A plot as a map shows it; `number` is its place in the list beside the map."""

    number: int
    public_id: str
    name: Text
    state: str
    geometry: Any
    district: str
    area_ha: Any
    schematic: bool
    is_demo: bool


def spots(plots: QuerySet) -> list[Spot]:
    """Of the whole list in its order, one query."""
    rows = plots.prefetch_related(None).values_list(*COLUMNS)[:MOST]
    return [
        Spot(number, public_id, Text(*names), *rest)
        for number, (public_id, *told) in enumerate(rows, 1)
        for names, rest in [(told[:3], told[3:])]
    ]


def spot(plot: Any) -> Spot:
    """Of a plot that stands alone."""
    return Spot(
        1, plot.public_id, plot.name, plot.availability, plot.geometry, plot.district.code, plot.area_ha,
        plot.schematic, plot.is_demo,
    )  # fmt: skip


def collection(request: HttpRequest, found: Iterable[Spot], atlas: dict[str, Any]) -> dict[str, Any]:
    """GeoJSON of the plots; `around`, which readers of GeoJSON pass over, is what a map shows beneath them."""
    around = [_outline(area) for area in atlas["map_districts"] if area.geometry]
    around += [_ground(place) for place in atlas["map_places"]]
    return {
        "type": "FeatureCollection",
        "note": _("Schematic map: boundaries are approximate and not to scale"),
        "features": [_plot(request, one) for one in found],
        "around": {"type": "FeatureCollection", "features": around},
    }


def _plot(request: HttpRequest, one: Spot) -> dict[str, Any]:
    told = {
        "number": one.number,
        "id": one.public_id,
        "name": str(one.name),
        "district": str(DistrictCode(one.district).value),
        "availability": one.state,
        "availability_word": str(Availability(one.state).label),
        "area_ha": None if one.area_ha is None else float(one.area_ha),
        "url": link(request, "invest-plot", one.public_id),
        "schematic": one.schematic,
        "demo": one.is_demo,
    }
    return {"type": "Feature", "id": one.public_id, "geometry": one.geometry, "properties": told}


def _outline(area: Any) -> dict[str, Any]:
    told = {"kind": "district", "code": area.code, "name": str(area.name), "schematic": True}
    return {"type": "Feature", "geometry": area.geometry, "properties": told}


def _ground(place: Any) -> dict[str, Any]:
    told = {"kind": place.kind, "name": str(place.name)}
    return {"type": "Feature", "geometry": place.geometry, "properties": told}
