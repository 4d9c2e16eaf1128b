"""Hostile words in every text, shown by every page and export, sent through every form and write: tests/hostile."""

from alatau_portal.embedded.apart import Portal
from tests.judges import hostile

TESTS = (
    "tests/hostile/test_words_shown.py",
    "tests/hostile/test_words_sent.py",
    "tests/browser/test_hostile.py",
)


def judge(portal: Portal) -> list[str]:
    return hostile.asked(portal, *TESTS)
