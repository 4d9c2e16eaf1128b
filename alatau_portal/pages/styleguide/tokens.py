"""Colours, type and space, read from the stylesheet itself."""

import re
from functools import cache
from typing import Any, NamedTuple

from django.conf import settings

STYLESHEET = "static/css/portal.css"
#: Smallest ratio of text to its ground (WCAG 2.2, 1.4.3).
ENOUGH = 4.5
REM = 16
DISTRICTS = ("gate", "golden", "growing", "green")

#: Which colour is written on which.
PAIRS = [
    *(
        (text, ground)
        for text in ("ink", "muted", "brand", "brand-ink", *DISTRICTS)
        for ground in ("bg", "soft")
    ),
    ("brand-ink", "brand-soft"),
    ("ok", "ok-bg"),
    ("warn", "warn-bg"),
    ("bad", "bad-bg"),
    ("bad", "bg"),
    ("bg", "deep"),
    ("bg", "brand"),
    ("deep-muted", "deep"),
]


class Pair(NamedTuple):
    text: str
    text_colour: str
    ground: str
    ground_colour: str
    ratio: float
    enough: bool


class Space(NamedTuple):
    name: str
    size: str
    pixels: float


@cache
def read() -> dict[str, Any]:
    """Every colour, the pairs in use with their contrast, and the steps of space."""
    text = (settings.BASE_DIR / STYLESHEET).read_text()
    known = colours(text)
    pairs = [
        Pair(
            one, known[one], other, known[other], ratio := contrast(known[one], known[other]), ratio >= ENOUGH
        )
        for one, other in PAIRS
    ]
    spaces = [
        Space(name, size, float(size.removesuffix("rem")) * REM)
        for name, size in re.findall(r"--(s\d): ([\d.]+rem);", text)
    ]
    return {"colours": list(known.items()), "pairs": pairs, "spaces": spaces}


def colours(stylesheet: str) -> dict[str, str]:
    """The colours by name."""
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", stylesheet))


def contrast(one: str, other: str) -> float:
    """The ratio of two colours, from 1 to 21 (WCAG 2.2)."""
    lighter, darker = sorted([_luminance(one), _luminance(other)], reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    full = colour if len(colour) == 7 else "#" + "".join(2 * digit for digit in colour[1:])
    parts = [int(full[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
