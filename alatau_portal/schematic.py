"""The schematic map: from GeoJSON geometries to what `components/schematic_map.html` draws as SVG.

It shows the order of the four districts along the highway, not their true outlines. Everything is an
attribute of the SVG, so that one drawing serves pages, print and PDF. Where the words stand: map_labels.py.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from math import cos, radians
from typing import Any, NamedTuple, Protocol

import shapely
from shapely.geometry import box, shape
from shapely.geometry.base import BaseGeometry

from alatau_portal.map_labels import Label, Labels, Line
from core.geometry import is_geometry

#: West, south, east, north of what is shown: from Otegen Batyr to Konaev.
FRAME = (76.87, 43.385, 77.34, 43.925)
WIDTH = 360
SCALE = WIDTH / ((FRAME[2] - FRAME[0]) * cos(radians((FRAME[1] + FRAME[3]) / 2)))
HEIGHT = round((FRAME[3] - FRAME[1]) * SCALE)

#: Military: never drawn, whoever passes it in.
HIDDEN = {"airfield"}

COLOURS = {"gate": "#0b6e8a", "golden": "#9a5b00", "growing": "#6b35b5", "green": "#17703a"}
OTHER_COLOUR = "#0b5e77"


class Style(NamedTuple):
    fill: str
    stroke: str
    width: float
    dash: str = ""


#: What lies under the districts, in the order of drawing.
GROUND = {
    "reservoir": Style("#cfe4ef", "#8fbfd6", 1.25),
    "river": Style("none", "#8fbfd6", 2.5),
    "railway": Style("none", "#67747d", 1.75, "6 4"),
    "road": Style("none", "#c79a4b", 3.5),
}


class District(Protocol):
    code: Any
    name: Any
    url: Any
    geometry: Any


class Place(Protocol):
    name: Any
    kind: Any
    geometry: Any


class Ground(NamedTuple):
    path: str
    style: Style


class Mark(NamedTuple):
    x: float
    y: float
    name: str


class Area(NamedTuple):
    code: str
    name: str
    url: str
    path: str
    colour: str
    lines: tuple[Line, ...]
    current: bool


@dataclass
class Map:
    """What the template draws, from the bottom up."""

    width: int = WIDTH
    height: int = HEIGHT
    ground: list[Ground] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)


def draw(districts: Iterable[District], places: Iterable[Place] = (), *, current: str = "") -> Map:
    """Lay the map out. What has no geometry is left out, and so is a label for which there is no room."""
    drawing, labels = Map(), Labels(WIDTH, HEIGHT)
    shown = [place for place in places if place.kind not in HIDDEN and _can_be_drawn(place)]
    drawing.ground = list(_ground(shown))
    labels.lines = [
        _projected(place.geometry) for place in shown if place.kind in GROUND and place.kind != "reservoir"
    ]
    points = [place for place in shown if place.kind not in GROUND]
    drawing.marks = [
        Mark(*_on_paper(place.geometry), str(place.name)) for place in points if _in_frame(place)
    ]
    for mark in drawing.marks:
        labels.keep_clear(mark.x, mark.y, 6)
    for district in districts:
        if not is_geometry(district.geometry) or (outline := _projected(district.geometry)).is_empty:
            continue
        labels.areas.append(outline)
        drawing.areas.append(_area(district, outline, labels.name(str(district.name), outline), current))
    found = [_reservoir_labels(shown, labels), _point_labels(points, labels), _line_labels(shown, labels)]
    drawing.labels = [label for group in found for label in group if label]
    return drawing


def _can_be_drawn(place: Place) -> bool:
    """A wrong geometry costs its own mark, never the page."""
    if not is_geometry(place.geometry):
        return False
    if place.kind in GROUND:
        return ("Polygon" if place.kind == "reservoir" else "LineString") in place.geometry["type"]
    return True


def _ground(places: list[Place]) -> Iterator[Ground]:
    for kind, style in GROUND.items():
        for place in places:
            if place.kind == kind:
                yield Ground(_path(_projected(place.geometry)), style)


def _area(district: District, outline: BaseGeometry, lines: tuple[Line, ...], current: str) -> Area:
    colour = COLOURS.get(district.code, OTHER_COLOUR)
    path, is_current = _path(outline), district.code == current
    return Area(district.code, str(district.name), str(district.url), path, colour, lines, is_current)


def _reservoir_labels(places: list[Place], labels: Labels) -> Iterator[Label | None]:
    for place in places:
        if place.kind == "reservoir":
            yield labels.on_water(str(place.name), _projected(place.geometry))


def _point_labels(places: list[Place], labels: Labels) -> Iterator[Label | None]:
    for place in places:
        x, y = _on_paper(place.geometry)
        if _in_frame(place):
            yield labels.beside_point(str(place.name), x, y)
        elif place.kind == "city":
            yield labels.at_the_edge(str(place.name), x, y)


def _line_labels(places: list[Place], labels: Labels) -> Iterator[Label | None]:
    for place in sorted(
        places, key=lambda place: -len(str(place.name))
    ):  # the longest has the fewest places to stand
        if place.kind in GROUND and place.kind != "reservoir":
            yield labels.along(str(place.name), _projected(place.geometry), water=place.kind == "river")


def _projected(geometry: Any) -> BaseGeometry:
    """Cut to the frame and laid on the drawing: equirectangular, true to scale at its middle latitude."""
    return shapely.transform(shape(geometry).intersection(box(*FRAME)), _project, interleaved=False)


def _project(lon: Any, lat: Any) -> tuple[Any, Any]:
    across = SCALE * cos(radians((FRAME[1] + FRAME[3]) / 2))
    return (lon - FRAME[0]) * across, (FRAME[3] - lat) * SCALE


def _on_paper(geometry: Any) -> tuple[float, float]:
    point = shape(geometry).representative_point()
    x, y = _project(point.x, point.y)
    return round(x, 1), round(y, 1)


def _in_frame(place: Place) -> bool:
    return bool(box(*FRAME).contains(shape(place.geometry).representative_point()))


def _path(geometry: BaseGeometry) -> str:
    """The `d` of a path: every ring or line of the geometry."""
    if hasattr(geometry, "geoms"):
        return "".join(_path(part) for part in geometry.geoms)
    if geometry.is_empty:
        return ""
    if geometry.geom_type == "Polygon":
        return "".join(_path(ring) for ring in [geometry.exterior, *geometry.interiors])
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in geometry.coords)
    return f"M{points}{'Z' if geometry.is_ring else ''}"
