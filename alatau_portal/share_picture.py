"""The picture that stands beside a link to the portal where people share it: 1200 × 630, in the portal's own font."""

from dataclasses import dataclass
from functools import cache, lru_cache
from io import BytesIO
from typing import Any, NamedTuple

from django.contrib.staticfiles import finders
from PIL import Image, ImageDraw, ImageFont

from alatau_portal.schematic import COLOURS, OTHER_COLOUR

WIDTH, HEIGHT = 1200, 630
FONT = "vendor/golos-text-0.4.2/golos-text-{}.woff2"
PAPER, INK, MUTED, DEEP, DEEP_MUTED = "#fbfaf6", "#10212b", "#4a5b66", "#082f3d", "#c3d6dd"
#: The four strokes of the portal's sign, as on its dark ground.
STROKES = ("#6cc4de", "#f0b765", "#bfa0f2", "#76cf98")
LEFT, TOP, HEAD, FOOT = 64, 150, 96, 76
#: Of the map, in pixels of the picture; it is drawn larger and made smaller, so that its edges are smooth.
MAP_WIDTH, MAP_HEIGHT, FINER = 300, 400, 3
#: A title is set in the largest of these in which it takes no more lines than it may.
TITLES = ((64, 2), (54, 3), (44, 4))


class Outline(NamedTuple):
    """A district on the map: its corners in shares of the map's box."""

    code: str
    corners: tuple[tuple[float, float], ...]
    current: bool


@dataclass(frozen=True)
class Picture:
    """What is on it. `mark`: that it is invented, or schematic; `foot`: the date of the data."""

    title: str
    eyebrow: str = ""
    lines: tuple[str, ...] = ()
    foot: str = ""
    mark: str = ""
    colour: str = OTHER_COLOUR
    outlines: tuple[Outline, ...] = ()


@lru_cache(maxsize=128)
def draw(picture: Picture) -> bytes:
    """As PNG; what says the same is drawn once."""
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(image)
    _head(pen)
    pen.rectangle((0, HEAD, WIDTH, HEAD + 10), fill=picture.colour)
    room = WIDTH - 2 * LEFT - (MAP_WIDTH + 48 if picture.outlines else 0)
    _words(pen, picture, room)
    if picture.outlines:
        _map(image, picture.outlines)
    written = BytesIO()
    image.quantize(256, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(written, "PNG")
    return written.getvalue()


def _head(pen: Any) -> None:
    """The sign and the name of the portal."""
    pen.rectangle((0, 0, WIDTH, HEAD), fill=DEEP)
    ridge = [(4.5, 20.5), (13, 7.5), (17.7, 14.7), (20.5, 10.8), (27.5, 20.5)]
    pen.line([(LEFT + x * 2 - 9, 14 + y * 2) for x, y in ridge], fill="#fff", width=5, joint="curve")
    for place, colour in enumerate(STROKES):
        x = LEFT - 1 + place * 12.4
        pen.line([(x, 66), (x + 10.8, 66)], fill=colour, width=5)
    pen.text((LEFT + 68, 50), "Alatau City", font=_font(600, 34), fill="#fff", anchor="lm")


def _words(pen: Any, picture: Picture, room: int) -> None:
    y = TOP
    if picture.eyebrow:
        for line in _lines(picture.eyebrow, _font(600, 26), room)[:2]:
            pen.text((LEFT, y), line, font=_font(600, 26), fill=picture.colour)
            y += 36
        y += 8
    size, lines = _title(picture.title, room)
    for line in lines:
        pen.text((LEFT, y), line, font=_font(700, size), fill=INK)
        y += round(size * 1.2)
    y += 20
    for said in picture.lines:
        for line in _lines(said, _font(400, 30), room)[:2]:
            if y + 42 > HEIGHT - FOOT:
                break
            pen.text((LEFT, y), line, font=_font(400, 30), fill=INK)
            y += 42
    _foot(pen, picture)


def _foot(pen: Any, picture: Picture) -> None:
    pen.text((LEFT, HEIGHT - 44), picture.foot, font=_font(400, 24), fill=MUTED, anchor="lm")
    if picture.mark:
        font = _font(600, 24)
        wide = font.getlength(picture.mark)
        right, middle = WIDTH - LEFT, HEIGHT - 44
        box = (right - wide - 28, middle - 22, right, middle + 22)
        pen.rounded_rectangle(box, radius=8, fill="#fdf0db", outline="#8a4b00", width=2)
        pen.text((right - 14, middle), picture.mark, font=font, fill="#8a4b00", anchor="rm")


def _title(title: str, room: int) -> tuple[int, list[str]]:
    for size, most in TITLES:
        lines = _lines(title, _font(700, size), room)
        if len(lines) <= most:
            return size, lines
    return size, [*lines[: most - 1], _cut(lines[most - 1] + " …", _font(700, size), room)]


def _lines(text: str, font: Any, room: int) -> list[str]:
    """Broken between words; a word that is longer than the line is cut."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= room:
            lines[-1] = longer
        else:
            lines.append(_cut(word, font, room))
    return lines


def _cut(text: str, font: Any, room: int) -> str:
    while len(text) > 1 and font.getlength(text) > room:
        text = text.rstrip("… ")[:-1] + "…"
    return text


def _map(image: Any, outlines: tuple[Outline, ...]) -> None:
    """Drawn larger on a ground of its own, the current district in full colour."""
    drawn = Image.new("RGB", (MAP_WIDTH * FINER, MAP_HEIGHT * FINER), PAPER)
    pen = ImageDraw.Draw(drawn, "RGBA")
    some = any(outline.current for outline in outlines)
    for outline in sorted(outlines, key=lambda one: one.current):
        red, green, blue = bytes.fromhex(COLOURS.get(outline.code, OTHER_COLOUR)[1:])
        shade = 230 if outline.current else 70 if some else 150
        corners = [(x * MAP_WIDTH * FINER, y * MAP_HEIGHT * FINER) for x, y in outline.corners]
        pen.polygon(corners, fill=(red, green, blue, shade))
        pen.line([*corners, corners[0]], fill=(red, green, blue, 255), width=2 * FINER, joint="curve")
    small = drawn.resize((MAP_WIDTH, MAP_HEIGHT), Image.Resampling.LANCZOS)
    image.paste(small, (WIDTH - LEFT - MAP_WIDTH, HEAD + 36))


@cache
def _font(weight: int, size: int) -> Any:
    return ImageFont.truetype(str(finders.find(FONT.format(weight))), size)
