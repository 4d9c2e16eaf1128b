"""docs/asvs.csv answers every requirement that it should, and what it names is there."""

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path

from tests.portal.asvs import ANSWERS, ROOT, figures, lines, report, share

#: Requirements of level 1 and of level 2 by chapter, as the standard counts them: 70 and 183.
COUNTED = (
    *((8, 19), (4, 7), (8, 11), (2, 8), (4, 5), (13, 22), (6, 12), (4, 3), (4, 3)),
    *((5, 24), (3, 11), (3, 6), (1, 12), (2, 7), (3, 10), (0, 16), (0, 7)),
)
CHAPTERS = {f"V{number}": levels for number, levels in enumerate(COUNTED, 1)}


def test_every_requirement_is_answered_once() -> None:
    found = lines()

    assert [name for name, times in Counter(line.id for line in found).items() if times > 1] == []
    counted = Counter((line.chapter, line.level) for line in found)
    assert {chapter: (counted[chapter, 1], counted[chapter, 2]) for chapter in CHAPTERS} == CHAPTERS
    assert sum(counted.values()) == 253


def test_they_stand_in_the_order_of_the_standard_and_in_its_words() -> None:
    found = lines()
    places = [tuple(map(int, line.id.removeprefix("V").split("."))) for line in found]

    assert places == sorted(places) and all(len(place) == 3 for place in places)
    assert [line.id for line in found if not re.match(r"Verify that\b.+\.$", line.requirement)] == []


def test_an_answer_says_what_it_has_to() -> None:
    """A test where a test answers, a place where something is done, a reason where it is not."""
    wrong = {
        line.id: line.answer
        for line in lines()
        if line.answer not in ANSWERS
        or bool(line.tests) != (line.answer == "test")
        or bool(line.where) != (line.answer != "n/a")
        or (line.answer in {"exception", "n/a", "done"} and not line.note)
    }

    assert wrong == {}


@cache
def functions_of(file: str) -> set[str]:
    tree = ast.parse((ROOT / file).read_text())
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_each_test_that_is_named_is_there() -> None:
    """Read, not collected: a test of pages in a browser counts where there is no browser too."""
    missing = set()
    for line in lines():
        for test in line.tests:
            file, _sign, name = test.partition("::")
            if not (ROOT / file).is_file() or name not in functions_of(file) or not name.startswith("test_"):
                missing.add((line.id, test))

    assert missing == set()


def test_each_place_that_is_named_is_there() -> None:
    """Where an answer names a path; kinds of files (“services”, “the proxy”) are words."""
    places = {(line.id, place) for line in lines() for place in line.where.split("; ") if "/" in place}

    assert {(name, place) for name, place in places if not (ROOT / place).exists()} == set()
    assert len(places) > 100


def test_six_in_ten_are_proved_and_the_guide_says_how_many() -> None:
    found = lines()
    told = " ".join((ROOT / "docs" / "reliability.md").read_text().split())

    assert share(found) >= 60, figures(found)
    assert figures(found) in told


def test_where_they_are_from_is_said() -> None:
    section = (
        Path(ROOT / "docs" / "reliability.md")
        .read_text()
        .split("## What a standard asks")[1]
        .split("\n## ")[0]
    )

    assert "OWASP Application Security Verification Standard 5.0" in section and "CC BY-SA 4.0" in section


def test_the_command_tells_the_figures_and_what_is_not_met() -> None:
    found = lines()
    told = list(report(found))

    assert figures(found) in told and len(told) == 2 + len(CHAPTERS) + sum(
        line.answer == "exception" for line in found
    )
