"""The table of who is answered what (matrix.csv), as it is read.

Each line: a route; what its holes name (`verb=report` is a word that names nothing); who knows of the own object; what
a GET and a POST of it answer; what they answer where nothing is there. `200; 302 anonymous` is: 302 to visitors, 200
to all others.
"""

import csv
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tests.matrix.world import HOUSE, PEOPLE, TOKENS

FILE = Path(__file__).parent / "matrix.csv"
EVERYBODY = ("anonymous", *PEOPLE, *TOKENS)
GROUPS = {"house": set(HOUSE), "everybody": set(EVERYBODY)}


class Line(NamedTuple):
    route: str
    holes: list[str]
    knows: set[str]
    #: By method and by whether the own object is asked for or one that is not there: what each is answered.
    answers: Mapping[tuple[str, bool], Mapping[str, int]]


@cache
def lines() -> tuple[Line, ...]:
    with FILE.open(newline="") as file:
        return tuple(_read(file))


def _read(file: Iterator[str]) -> Iterator[Line]:
    for row in csv.DictReader(file):
        knows: set[str] = set()
        for word in row["knows"].split():
            knows |= GROUPS.get(word, {word})
        answers = {
            (method, is_there): statuses(row[f"{method} {'own' if is_there else 'missing'}"])
            for method in ("get", "post")
            for is_there in (True, False)
        }
        yield Line(row["route"], row["holes"].split(), knows, answers)


def statuses(said: str) -> dict[str, int]:
    """`200; 404 stranger investor`: by name."""
    most, *others = said.split("; ")
    found = dict.fromkeys(EVERYBODY, int(most))
    for part in others:
        status, *names = part.split()
        found |= dict.fromkeys(names, int(status))
    return found
