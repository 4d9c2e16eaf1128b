"""The answers to the OWASP ASVS 5.0 (docs/asvs.csv), and their figures.

python -m tests.portal.asvs
"""

import csv
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
TABLE = ROOT / "docs" / "asvs.csv"
COLUMNS = ["id", "level", "requirement", "answer", "where", "test", "note"]
ANSWERS = ("test", "done", "exception", "n/a")


class Line(NamedTuple):
    """A requirement and its answer; `test`: the tests that prove it, by their node ids."""

    id: str
    level: int
    requirement: str
    answer: str
    where: str
    tests: list[str]
    note: str

    @property
    def chapter(self) -> str:
        return self.id.split(".")[0]


def lines() -> list[Line]:
    with TABLE.open(newline="", encoding="utf-8") as file:
        table = csv.reader(file)
        assert next(table) == COLUMNS, f"the columns of {TABLE.name} are {COLUMNS}"
        return [
            Line(name, int(level), asked, answer, where, tests.split(), note)
            for name, level, asked, answer, where, tests, note in table
        ]


def share(some: list[Line]) -> float:
    """How many in a hundred of those that apply are proved by a test."""
    applying = [line for line in some if line.answer != "n/a"]
    return 100 * sum(line.answer == "test" for line in applying) / len(applying)


def figures(some: list[Line]) -> str:
    counted = Counter(line.answer for line in some)
    applying = len(some) - counted["n/a"]
    parts = [f"{counted['test']} by a test ({share(some):.0f} %)", f"{counted['done']} by reading"]
    return (
        f"{len(some)} requirements of levels 1 and 2, of which {applying} apply: {', '.join(parts)}, "
        f"{counted['exception']} not met, each with its reason"
    )


def report(some: list[Line]) -> Iterator[str]:
    yield f"{'':<8}{''.join(f'{answer:>10}' for answer in ANSWERS)}"
    for chapter in dict.fromkeys(line.chapter for line in some):
        counted = Counter(line.answer for line in some if line.chapter == chapter)
        yield f"{chapter:<8}{''.join(f'{counted[answer] or "":>10}' for answer in ANSWERS)}"
    yield figures(some)
    yield from (f"{line.id} (level {line.level}): {line.note}" for line in some if line.answer == "exception")


if __name__ == "__main__":
    sys.stdout.writelines(f"{line}\n" for line in report(lines()))
