"""RFC 7946: shape, closed rings, winding, longitude first, every position in Kazakhstan; what is schematic says so."""

from collections.abc import Iterator
from typing import Any

from shapely.geometry.polygon import LinearRing

from alatau_portal.open_data.checks.reading import Files
from core.geometry import is_geometry
from core.text import LANGUAGES

#: Longitude and latitude of Kazakhstan, rounded outwards; no pair of them is right the other way round.
WEST, SOUTH, EAST, NORTH = 46, 40, 88, 56
SAID = ("source", "schematic", "accuracy")


def faults(files: Files) -> Iterator[str]:
    for name, collection in _maps(files):
        if collection.get("type") != "FeatureCollection" or not collection.get("features"):
            yield f"{name}: is no collection of features"
            continue
        for feature in collection["features"]:
            for fault in _of_feature(feature):
                yield f"{name}: {feature.get('id')}: {fault}"


def geometries(files: Files) -> Iterator[dict[str, Any]]:
    for _name, collection in _maps(files):
        yield from (one["geometry"] for one in collection["features"] if one["geometry"])


def _maps(files: Files) -> tuple[tuple[str, Any], ...]:
    return ("projects.geojson", files.projects), ("districts.geojson", files.districts)


def _of_feature(feature: dict[str, Any]) -> Iterator[str]:
    if feature.get("type") != "Feature" or "geometry" not in feature or not feature.get("id"):
        yield "is no feature with an id and a geometry"
        return
    properties = feature.get("properties") or {}
    yield from (f"does not say its {name}" for name in SAID if properties.get(name) is None)
    if set(properties.get("accuracy") or ()) != set(LANGUAGES):
        yield "does not say its accuracy in each language"
    if properties.get("demo"):
        yield "is invented"
    if geometry := feature["geometry"]:
        yield from _of_geometry(geometry)


def _of_geometry(geometry: Any) -> Iterator[str]:
    if not is_geometry(geometry):
        yield "is no valid geometry"
        return
    for place in _positions(geometry["coordinates"]):
        if not (WEST <= place[0] <= EAST and SOUTH <= place[1] <= NORTH):
            yield f"{place[:2]} is not in Kazakhstan: longitude first, then latitude"
            return
    yield from _of_rings(geometry)


def _of_rings(geometry: Any) -> Iterator[str]:
    polygons = {"Polygon": [geometry["coordinates"]], "MultiPolygon": geometry["coordinates"]}
    for polygon in polygons.get(geometry["type"], ()):
        for number, ring in enumerate(polygon):
            if len(ring) < 4 or ring[0] != ring[-1]:
                yield "a ring is not closed"
            elif LinearRing(ring).is_ccw != (number == 0):
                yield "outer rings go against the clock, holes with it"


def _positions(coordinates: Any) -> Iterator[list[float]]:
    if coordinates and isinstance(coordinates[0], int | float):
        yield coordinates
        return
    for part in coordinates:
        yield from _positions(part)
