"""Where the words of the schematic map stand, so that none covers another, a mark or much of a district."""

import textwrap
from collections.abc import Iterable
from itertools import product
from typing import NamedTuple

from shapely.geometry import box
from shapely.geometry.base import BaseGeometry

SIZE, NAME_SIZE = 12.5, 14
#: Mean width of a letter of Golos Text, in ems, on the safe side.
LETTER, BOLD_LETTER = 0.61, 0.63
#: Names of lines and waters are written in lines of so many letters.
LINE_LENGTH = 16
#: Between two labels.
AIR = 4
#: How much of a line's label may lie on districts.
MAY_COVER = 0.06


class Line(NamedTuple):
    x: float
    y: float
    text: str


class Label(NamedTuple):
    anchor: str
    lines: tuple[Line, ...]
    water: bool = False
    halo: bool = True


class Labels:
    """What is taken already, and which areas had better stay free."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self.paper = box(3, 3, width - 3, height - 3)
        self.taken: list[BaseGeometry] = []
        self.areas: list[BaseGeometry] = []
        self.lines: list[BaseGeometry] = []

    def keep_clear(self, x: float, y: float, radius: float) -> None:
        self.taken.append(box(x - radius, y - radius, x + radius, y + radius))

    def name(self, name: str, area: BaseGeometry, *, must: bool = True) -> tuple[Line, ...]:
        """The name of a district, as near to its middle as marks allow; where it need not be, only if it fits."""
        west, _, east, _ = area.bounds
        wide = len(name) * NAME_SIZE * BOLD_LETTER > (east - west) * 0.9
        words = tuple(name.rsplit(" ", 1)) if wide else (name,)
        middle = area.centroid
        shifts = sorted(
            product(range(-30, 31, 6), range(-30, 31, 6)), key=lambda shift: shift[0] ** 2 + shift[1] ** 2
        )
        places = [
            _label(words, middle.x + dx, middle.y + dy, "middle", NAME_SIZE, centred=True)
            for dx, dy in shifts
        ]
        rooms = [_room(place, NAME_SIZE, BOLD_LETTER) for place in places]
        far = [dx**2 + dy**2 for dx, dy in shifts]
        outside = [room.difference(area).area for room in rooms]
        best = min(range(len(places)), key=lambda i: (self._collides(rooms[i]), outside[i] + far[i] / 2))
        if not must and (self._collides(rooms[best]) or not self.paper.contains(rooms[best])):
            return ()
        self.taken.append(rooms[best])
        return places[best].lines

    def beside_point(self, name: str, x: float, y: float) -> Label | None:
        sides = [(9, 4, "start"), (-9, 4, "end"), (0, -10, "middle"), (0, 19, "middle")]
        return self._place(_label((name,), x + dx, y + dy, anchor) for dx, dy, anchor in sides)

    def on_water(self, name: str, water: BaseGeometry) -> Label | None:
        if water.is_empty:
            return None
        west, north, east, south = water.bounds
        heights = [north + (south - north) * part for part in (0.5, 0.4, 0.6, 0.3)]
        words = _in_lines(name)
        middle = (west + east) / 2 + 12
        labels = (_label(words, middle, y, "middle", water=True, centred=True) for y in heights)
        return self._place(label._replace(halo=False) for label in labels)

    def along(self, name: str, line: BaseGeometry, *, water: bool) -> Label | None:
        if line.is_empty:
            return None
        parts = sorted(range(1, 40), key=lambda part: abs(part - 20))
        points = [line.interpolate(part / 40, normalized=True) for part in parts]
        words = _in_lines(name)
        above = len(words) * SIZE * 0.6 + 8
        sides = [
            (8, 0, "start"),
            (-8, 0, "end"),
            (18, 0, "start"),
            (-18, 0, "end"),
            (0, -above, "middle"),
            (0, above, "middle"),
        ]
        candidates = [
            _label(words, point.x + dx, point.y + dy, anchor, water=water, centred=True)
            for point in points
            for dx, dy, anchor in sides
        ]
        return self._place(candidates, may_cover=MAY_COVER)

    def at_the_edge(self, name: str, x: float, y: float) -> Label | None:
        """A city off the map is named at the edge, with the direction to it."""
        arrow = "↓" if y > self.height else "↑" if y < 0 else "→" if x > self.width else "←"
        edge_x, edge_y = min(max(x, 6), self.width - 6), min(max(y, 18), self.height - 8)
        return self._place(
            _label((f"{arrow} {name}",), edge_x, edge_y, anchor) for anchor in ("middle", "start", "end")
        )

    def _place(self, candidates: Iterable[Label], may_cover: float = 1) -> Label | None:
        """The first of the free candidates that hide the least of districts and lines."""
        best: tuple[float, Label, BaseGeometry] | None = None
        for label in candidates:
            room = _room(label)
            covered = sum(room.intersection(area).area for area in self.areas) / room.area
            if not self.paper.contains(room) or self._collides(room) or covered > may_cover:
                continue
            hidden = covered + sum(room.intersection(line).length for line in self.lines) / 100
            if best is None or hidden < best[0] - 0.02:
                best = hidden, label, room
        if best is None:
            return None
        self.taken.append(best[2].buffer(AIR, join_style="mitre"))
        return best[1]

    def _collides(self, room: BaseGeometry) -> bool:
        return any(room.intersects(other) for other in self.taken)


def _in_lines(name: str) -> tuple[str, ...]:
    """The name in short lines; a dash stays with the word before it."""
    return tuple(
        textwrap.wrap(
            name.replace(" –", "\u00a0–"), LINE_LENGTH, break_long_words=False, break_on_hyphens=False
        )
    )


def _label(
    words: tuple[str, ...],
    x: float,
    y: float,
    anchor: str,
    size: float = SIZE,
    *,
    water: bool = False,
    centred: bool = False,
) -> Label:
    """`y` is the base line of the first line or, if centred, the middle of all of them."""
    step = size * 1.2
    first = y - (len(words) - 1) * step / 2 + size * 0.35 if centred else y
    lines = (Line(round(x, 1), round(first + number * step, 1), word) for number, word in enumerate(words))
    return Label(anchor, tuple(lines), water)


def _room(label: Label, size: float = SIZE, letter: float = LETTER) -> BaseGeometry:
    width = max(len(line.text) for line in label.lines) * size * letter
    west = label.lines[0].x - {"start": 0, "middle": width / 2, "end": width}[label.anchor]
    return box(west, label.lines[0].y - size * 0.85, west + width, label.lines[-1].y + size * 0.3)
