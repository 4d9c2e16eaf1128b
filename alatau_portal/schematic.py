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

WIDTH = 360
#: Of a drawing of one district: how much wider it is than the district, and its height to its width.
ROOM_AROUND, SHAPE = 1.9, 0.8

#: Radius of the disc with the number of a plot.
SPOT = 8

#: Military: never drawn, whoever passes it in.
HIDDEN = {"airfield"}

COLOURS = {"gate": "#0b6e8a", "golden": "#9a5b00", "growing": "#6b35b5", "green": "#17703a"}
OTHER_COLOUR = "#0b5e77"


def colour_of(code: str) -> str:
    """Of a district, as everywhere on the portal."""
    return COLOURS.get(code, OTHER_COLOUR)


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

#: Plots by how they stand, told apart without colour: full, broken and thin outlines.
SPOTS = {
    "free": Style("#1b6e3c", "#0e4a26", 1.5),
    "reserved": Style("#fdf0db", "#8a4b00", 1.5, "3 2"),
    "allocated": Style("#e3e8ec", "#4a5b66", 1),
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


class Plot(Protocol):
    """`number` is that of the list beside the map; `state` says how it stands: free, reserved, allocated."""

    number: Any
    state: Any
    geometry: Any


class Frame(NamedTuple):
    """What is shown, in degrees, and how it is laid on paper: true to scale at its middle latitude."""

    west: float
    south: float
    east: float
    north: float

    @property
    def squeeze(self) -> float:
        return cos(radians((self.south + self.north) / 2))

    @property
    def scale(self) -> float:
        return WIDTH / ((self.east - self.west) * self.squeeze)

    @property
    def height(self) -> int:
        return round((self.north - self.south) * self.scale)

    def project(self, lon: Any, lat: Any) -> tuple[Any, Any]:
        return (lon - self.west) * self.scale * self.squeeze, (self.north - lat) * self.scale

    def projected(self, geometry: Any) -> BaseGeometry:
        """Cut to the frame and laid on the drawing."""
        return shapely.transform(shape(geometry).intersection(box(*self)), self.project, interleaved=False)

    def on_paper(self, geometry: Any) -> tuple[float, float]:
        point = shape(geometry).representative_point()
        x, y = self.project(point.x, point.y)
        return round(x, 1), round(y, 1)

    def holds(self, place: Place) -> bool:
        return bool(box(*self).contains(shape(place.geometry).representative_point()))


#: From Otegen Batyr to Konaev.
WHOLE = Frame(76.87, 43.385, 77.34, 43.925)


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


class Spot(NamedTuple):
    """A plot: its outline, which may be too small to see, and the disc with its number."""

    number: str
    path: str
    x: float
    y: float
    style: Style
    ink: str


@dataclass
class Map:
    """What the template draws, from the bottom up."""

    width: int = WIDTH
    height: int = WHOLE.height
    ground: list[Ground] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)
    spots: list[Spot] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)


def draw(
    districts: Iterable[District],
    places: Iterable[Place] = (),
    plots: Iterable[Plot] = (),
    *,
    current: str = "",
    near: bool = False,
) -> Map:
    """Lay the map out: whole, or near the current district.

    What has no geometry is left out, and so is a label for which there is no room.
    """
    areas = [district for district in districts if is_geometry(district.geometry)]
    frame = next((_around(one.geometry) for one in areas if near and one.code == current), WHOLE)
    drawing, labels = Map(height=frame.height), Labels(WIDTH, frame.height)
    shown = [place for place in places if place.kind not in HIDDEN and _can_be_drawn(place)]
    points = [place for place in shown if place.kind not in GROUND]
    drawing.ground = list(_ground(shown, frame))
    labels.lines = [frame.projected(p.geometry) for p in shown if p.kind in GROUND and p.kind != "reservoir"]
    drawing.marks = [
        Mark(*frame.on_paper(place.geometry), str(place.name)) for place in points if frame.holds(place)
    ]
    for mark in drawing.marks:
        labels.keep_clear(mark.x, mark.y, 6)
    drawing.spots = list(_spots(plots, frame))
    for spot in drawing.spots:
        labels.keep_clear(spot.x, spot.y, SPOT)
    drawing.areas = list(_areas(areas, frame, labels, current))
    found = [
        _reservoir_labels(shown, frame, labels),
        _point_labels(points, frame, labels),
        _line_labels(shown, frame, labels),
    ]
    drawing.labels = [label for group in found for label in group if label]
    return drawing


def _around(geometry: Any) -> Frame:
    """The district in the middle, with its neighbourhood; the whole where its outline is none."""
    west, south, east, north = shape(geometry).bounds
    if west == east or south == north:
        return WHOLE
    squeeze = cos(radians((south + north) / 2))
    wide = max((east - west) * squeeze, (north - south) / SHAPE) * ROOM_AROUND
    half_lon, half_lat = wide / squeeze / 2, wide * SHAPE / 2
    lon, lat = (west + east) / 2, (south + north) / 2
    return Frame(lon - half_lon, lat - half_lat, lon + half_lon, lat + half_lat)


def _can_be_drawn(place: Place) -> bool:
    """A wrong geometry costs its own mark, never the page."""
    if not is_geometry(place.geometry):
        return False
    if place.kind in GROUND:
        return ("Polygon" if place.kind == "reservoir" else "LineString") in place.geometry["type"]
    return True


def _ground(places: list[Place], frame: Frame) -> Iterator[Ground]:
    for kind, style in GROUND.items():
        for place in places:
            if place.kind == kind and (path := _path(frame.projected(place.geometry))):
                yield Ground(path, style)


def _spots(plots: Iterable[Plot], frame: Frame) -> Iterator[Spot]:
    """The first of the list lies on top."""
    for plot in sorted(plots, key=lambda plot: -plot.number):
        if is_geometry(plot.geometry) and not (outline := frame.projected(plot.geometry)).is_empty:
            style = SPOTS.get(plot.state, SPOTS["allocated"])
            ink = "#fff" if plot.state == "free" else style.stroke
            yield Spot(str(plot.number), _path(outline), *frame.on_paper(plot.geometry), style, ink)


def _areas(districts: list[District], frame: Frame, labels: Labels, current: str) -> Iterator[Area]:
    outlines = [(district, frame.projected(district.geometry)) for district in districts]
    seen = [(district, outline) for district, outline in outlines if not outline.is_empty]
    if frame is not WHOLE:  # its own name takes its place first
        seen.sort(key=lambda pair: pair[0].code != current)
    for district, outline in seen:
        labels.areas.append(outline)
        must = frame is WHOLE or district.code == current
        lines = labels.name(str(district.name), outline, must=must)
        colour = colour_of(district.code)
        path, is_current = _path(outline), district.code == current
        yield Area(district.code, str(district.name), str(district.url), path, colour, lines, is_current)


def _reservoir_labels(places: list[Place], frame: Frame, labels: Labels) -> Iterator[Label | None]:
    for place in places:
        if place.kind == "reservoir":
            yield labels.on_water(str(place.name), frame.projected(place.geometry))


def _point_labels(places: list[Place], frame: Frame, labels: Labels) -> Iterator[Label | None]:
    for place in places:
        x, y = frame.on_paper(place.geometry)
        if frame.holds(place):
            yield labels.beside_point(str(place.name), x, y)
        elif place.kind == "city":
            yield labels.at_the_edge(str(place.name), x, y)


def _line_labels(places: list[Place], frame: Frame, labels: Labels) -> Iterator[Label | None]:
    # the longest has the fewest places to stand
    for place in sorted(places, key=lambda place: -len(str(place.name))):
        if place.kind in GROUND and place.kind != "reservoir":
            yield labels.along(str(place.name), frame.projected(place.geometry), water=place.kind == "river")


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
