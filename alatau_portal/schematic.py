"""The schematic map: from GeoJSON geometries to what `components/schematic_map.html` draws as SVG.

It shows the order of the four districts along the highway, not their true outlines. Everything is an attribute of the
SVG, so that the same drawing works in a page, in print and in a PDF.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from math import cos, radians
from typing import Any, NamedTuple, Protocol

import shapely
from shapely.geometry import Point, box, shape
from shapely.geometry.base import BaseGeometry

#: West, south, east, north of what is shown: from Otegen Batyr to Konaev.
FRAME = (76.87, 43.385, 77.34, 43.925)
WIDTH = 360
SCALE = WIDTH / ((FRAME[2] - FRAME[0]) * cos(radians((FRAME[1] + FRAME[3]) / 2)))
HEIGHT = round((FRAME[3] - FRAME[1]) * SCALE)

#: Military: never drawn, whoever passes it in.
HIDDEN = {"airfield"}

COLOURS = {"gate": "#0b6e8a", "golden": "#9a5b00", "growing": "#6b35b5", "green": "#17703a"}
OTHER_COLOUR = "#0b5e77"

LABEL_SIZE, NAME_SIZE = 12.5, 14
#: Mean width of a letter of Golos Text, in ems, on the safe side.
LETTER, BOLD_LETTER = 0.58, 0.63


class Style(NamedTuple):
    fill: str
    stroke: str
    width: float
    dash: str = ""


#: Ground of the map, in the order of drawing.
GROUND = {
    "reservoir": Style("#cfe4ef", "#8fbfd6", 1.25),
    "river": Style("none", "#8fbfd6", 2.5),
    "railway": Style("none", "#67747d", 1.75, "6 4"),
    "road": Style("none", "#c79a4b", 3.5),
}
WATER = {"reservoir", "river"}


class District(Protocol):
    code: Any
    name: Any
    url: Any
    geometry: Any


class Place(Protocol):
    name: Any
    kind: Any
    geometry: Any


class Line(NamedTuple):
    x: float
    y: float
    text: str


class Label(NamedTuple):
    x: float
    y: float
    anchor: str
    text: str
    water: bool


class Ground(NamedTuple):
    path: str
    style: Style


class Area(NamedTuple):
    code: str
    name: str
    url: str
    path: str
    colour: str
    lines: list[Line]
    current: bool


@dataclass
class Map:
    width: int = WIDTH
    height: int = HEIGHT
    ground: list[Ground] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)
    marks: list[Line] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)


def draw(districts: Iterable[District], places: Iterable[Place] = (), *, current: str = "") -> Map:
    """Lay the map out. Places without a geometry are left out; so is a label for which there is no room."""
    drawing, taken = Map(), _Taken()
    for district in districts:
        if district.geometry and not (outline := _projected(district.geometry)).is_empty:
            drawing.areas.append(_area(district, outline, current, taken))
    shown = [place for place in places if place.geometry and place.kind not in HIDDEN]
    for kind, style in GROUND.items():
        drawing.ground += [Ground(_path(line), style) for line in _outlines(shown, kind)]
    points = [place for place in shown if shape(place.geometry).geom_type == "Point"]
    drawing.marks = [Line(*_place_on(place), place.name) for place in points if _inside(place)]
    taken.boxes += [box(mark.x - 5, mark.y - 5, mark.x + 5, mark.y + 5) for mark in drawing.marks]
    lines = [place for place in shown if place.kind in GROUND]
    for place in [*(p for p in lines if p.kind == "reservoir"), *points, *(p for p in lines if p.kind != "reservoir")]:
        if label := taken.find_room(place):
            drawing.labels.append(label)
    return drawing


class _Taken:
    """Where words stand already, and which areas they should rather leave free."""

    def __init__(self) -> None:
        self.boxes: list[BaseGeometry] = []
        self.areas: list[BaseGeometry] = []

    def find_room(self, place: Place) -> Label | None:
        """The free place for the name of `place` that covers the least of the districts."""
        best: tuple[float, Label, BaseGeometry] | None = None
        for label in _candidates(place):
            room = _room(label)
            if not INNER.contains(room) or any(room.intersects(other) for other in self.boxes):
                continue
            covered = sum(room.intersection(area).area for area in self.areas)
            if best is None or covered < best[0] - 1:
                best = covered, label, room
        if best is None:
            return None
        self.boxes.append(best[2])
        return best[1]


INNER = box(3, 3, WIDTH - 3, HEIGHT - 3)


def _area(district: District, outline: BaseGeometry, current: str, taken: _Taken) -> Area:
    middle = outline.centroid if outline.contains(outline.centroid) else outline.representative_point()
    name, room = str(district.name), outline.bounds[2] - outline.bounds[0]
    words = [name] if len(name) * NAME_SIZE * BOLD_LETTER < room * 0.9 else name.rsplit(" ", 1)
    top = middle.y - (len(words) - 1) * NAME_SIZE * 0.6 + NAME_SIZE * 0.35
    lines = [Line(round(middle.x, 1), round(top + i * NAME_SIZE * 1.2, 1), word) for i, word in enumerate(words)]
    half = max(len(word) for word in words) * NAME_SIZE * BOLD_LETTER / 2
    taken.boxes.append(box(middle.x - half, top - NAME_SIZE, middle.x + half, lines[-1].y + 4))
    taken.areas.append(outline)
    colour = COLOURS.get(district.code, OTHER_COLOUR)
    return Area(district.code, name, district.url, _path(outline), colour, lines, district.code == current)


def _candidates(place: Place) -> Iterator[Label]:
    name, water = str(place.name), place.kind in WATER
    geometry = _projected(place.geometry)
    if place.kind == "reservoir" and not geometry.is_empty:
        yield from _inside_candidates(name, geometry)
    elif place.kind in GROUND:
        for part in (0.2, 0.4, 0.6, 0.8, 0.1, 0.3, 0.5, 0.7, 0.9):
            point = geometry.interpolate(part, normalized=True)
            yield Label(round(point.x + 7, 1), round(point.y + 4, 1), "start", name, water)
            yield Label(round(point.x - 7, 1), round(point.y + 4, 1), "end", name, water)
    elif _inside(place):
        x, y = _place_on(place)
        for dx, dy, anchor in [(9, 4, "start"), (-9, 4, "end"), (0, -9, "middle"), (0, 18, "middle")]:
            yield Label(x + dx, y + dy, anchor, name, water)
    elif place.kind == "city":
        yield from _beyond_the_edge(name, place)


def _inside_candidates(name: str, water: BaseGeometry) -> Iterator[Label]:
    """On the water, else at its edge."""
    west, north, east, south = water.bounds
    for part in (0.5, 0.4, 0.6, 0.3, 0.7):
        y = round(north + (south - north) * part, 1)
        yield Label(round((west + east) / 2, 1), y, "middle", name, True)
    yield Label(round(east - 6, 1), round(north - 6, 1), "end", name, True)
    yield Label(round(east - 6, 1), round(south + 16, 1), "end", name, True)


def _beyond_the_edge(name: str, place: Place) -> Iterator[Label]:
    """A city off the map is named at the edge, with the direction to it."""
    x, y = _place_on(place)
    edge_x, edge_y = min(max(x, 6), WIDTH - 6), min(max(y, 18), HEIGHT - 8)
    arrow = "↓" if y > HEIGHT else "↑" if y < 0 else "→" if x > WIDTH else "←"
    for anchor in ("middle", "start", "end"):
        yield Label(edge_x, edge_y, anchor, f"{arrow} {name}", False)


def _room(label: Label) -> BaseGeometry:
    width = len(label.text) * LABEL_SIZE * LETTER
    west = label.x - {"start": 0, "middle": width / 2, "end": width}[label.anchor]
    return box(west, label.y - LABEL_SIZE * 0.85, west + width, label.y + LABEL_SIZE * 0.3)


def _outlines(places: Iterable[Place], kind: str) -> Iterator[BaseGeometry]:
    for place in places:
        if place.kind == kind and not (outline := _projected(place.geometry)).is_empty:
            yield outline


def _projected(geometry: Any) -> BaseGeometry:
    """Cut to the frame and laid on the drawing: equirectangular, true to scale at its middle latitude."""
    return shapely.transform(shape(geometry).intersection(box(*FRAME)), _project, interleaved=False)


def _project(lon: Any, lat: Any) -> tuple[Any, Any]:
    across = SCALE * cos(radians((FRAME[1] + FRAME[3]) / 2))
    return (lon - FRAME[0]) * across, (FRAME[3] - lat) * SCALE


def _place_on(place: Place) -> tuple[float, float]:
    point = shape(place.geometry)
    x, y = _project(point.x, point.y)
    return round(x, 1), round(y, 1)


def _inside(place: Place) -> bool:
    return bool(box(*FRAME).contains(Point(shape(place.geometry))))


def _path(geometry: BaseGeometry) -> str:
    """The `d` of a path: every ring or line of the geometry."""
    if hasattr(geometry, "geoms"):
        return "".join(_path(part) for part in geometry.geoms)
    if geometry.geom_type == "Polygon":
        return "".join(_path(ring) for ring in [geometry.exterior, *geometry.interiors])
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in geometry.coords)
    return f"M{points}{'Z' if geometry.is_ring else ''}"
