"""The texts that judge the reader are fair: half and half, and what they expect stands in them."""

from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

from tasks.choices import MeetingKind
from tasks.corpus import FOLDER, Misplaced, corpus, specimen

ROOT = Path(__file__).parents[2]
TEXTS = list(corpus())
ENOUGH = 52


def codes(*files):
    return {row["code"] for file in files for row in yaml.safe_load((ROOT / file).read_text("utf-8"))}


BODIES = codes("accounts/data/state_bodies.yaml", "accounts/data/companies.yaml")
DISTRICTS = codes("districts/data/districts.yaml")
PROJECTS = codes("districts/data/projects.yaml")


def test_there_are_enough_texts_of_every_make():
    makes = Counter((one.language, one.genre) for one in TEXTS)
    without = [one for one in TEXTS if not one.instructions]

    assert len(TEXTS) >= ENOUGH
    assert set(makes) == {("kk", "protocol"), ("kk", "news"), ("ru", "protocol"), ("ru", "news")}
    assert max(makes.values()) - min(makes.values()) <= 1
    assert 0.2 <= len(without) / len(TEXTS) <= 0.35
    assert {one.genre for one in without} == {"protocol", "news"}


def test_every_text_says_that_it_is_invented():
    files = sorted(FOLDER.glob("*.yaml"))

    assert [path for path in files if yaml.safe_load(path.read_text("utf-8"))["invented"] is not True] == []


@pytest.mark.parametrize("one", TEXTS, ids=lambda one: one.name)
def test_what_is_expected_is_known_and_consistent(one):
    assert one.event["kind"] in {*MeetingKind.values, None}
    assert set(one.districts) <= DISTRICTS
    assert set(one.projects) <= PROJECTS
    for task in one.instructions:
        answers = [answer for answers in task.addressees for answer in answers]
        assert [answer for answer in answers if answer.isascii() and answer not in BODIES] == []
        assert task.lead is None or task.lead in answers
        assert not task.due_text or task.due_text in one.text  # it may stand in a head above
        assert task.due_text or not task.due, "a due day without words"
        assert not (task.due and one.event["date"]) or task.due > one.event["date"]


@pytest.mark.parametrize("one", TEXTS, ids=lambda one: one.name)
def test_instructions_and_topics_do_not_overlap(one):
    spans = sorted([*one.agenda, *(task.span for task in one.instructions)])

    assert all(first.end <= second.start for first, second in pairwise(spans))


def record(**expected):
    return {
        "language": "ru",
        "genre": "news",
        "text": "Дорога и ещё раз дорога.\n",
        "expected": {"event": {"kind": None, "date": None}, **expected},
    }


def test_words_are_placed_by_their_number():
    one = specimen("x", record(agenda=[{"words": "орога", "nth": 2}]))

    assert one.agenda == [(18, 23)]


@pytest.mark.parametrize("topic", ["мост", "орога", {"words": "орога", "nth": 3}])
def test_words_that_stand_nowhere_or_in_two_places_are_refused(topic):
    with pytest.raises(Misplaced):
        specimen("x", record(agenda=[topic]))


def test_words_of_a_term_stand_in_the_text():
    task = {"words": "Дорога", "addressees": [], "lead": None, "due": None, "due_text": "до 1 мая"}

    with pytest.raises(Misplaced):
        specimen("x", record(instructions=[task]))
