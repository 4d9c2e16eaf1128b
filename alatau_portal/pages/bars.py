"""How many of each kind, as a bar of parts: the numbers stand in words beside it."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from districts.choices import ProjectStatus


class Share(NamedTuple):
    """A part of a bar 100 wide."""

    kind: str
    word: str
    number: int
    start: float
    width: float


def bar(parts: Iterable[tuple[str, str, int]]) -> list[Share]:
    """Of (kind, word, number); what there is none of takes no part."""
    known = [part for part in parts if part[2]]
    total = sum(number for _kind, _word, number in known)
    shares, done = [], 0
    for kind, word, number in known:
        start, end = 100 * done / total, 100 * (done + number) / total
        done += number
        shares.append(Share(kind, word, number, round(start, 2), round(end - start, 2)))
    return shares


def by_status(counted: Iterable[tuple[str, int]]) -> list[Share]:
    """Of numbers of projects, from the earliest status to the latest."""
    numbers: Counter[str] = Counter()
    for status, number in counted:
        numbers[status] += number
    return bar((status.value, str(status.label), numbers[status]) for status in ProjectStatus)
