"""A text in pieces: between the items, and the items themselves, for a page that shows where each one stands."""

from collections.abc import Iterable
from typing import Any, NamedTuple


class Piece(NamedTuple):
    """Some characters of the text; `item` is what they are, or nothing."""

    text: str
    item: Any = None


def pieces(text: str, items: Iterable[Any]) -> list[Piece]:
    """All of the text, in its order. Of items that overlap the first is marked, the other only from where it ends."""
    found: list[Piece] = []
    place = 0
    for item in sorted((one for one in items if one.start is not None), key=lambda one: (one.start, one.end)):
        start = max(item.start, place)
        if start >= item.end:
            continue
        if start > place:
            found.append(Piece(text[place:start]))
        found.append(Piece(text[start : item.end], item))
        place = item.end
    if place < len(text):
        found.append(Piece(text[place:]))
    return found
