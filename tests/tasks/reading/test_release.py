"""The press release of 29 September 2025: what the founders asked of the reader first."""

from pathlib import Path

import pytest

from tasks.reading.results import Reading
from tests.tasks.reading.plain import ROOT, reading


@pytest.fixture(scope="module")
def release() -> Reading:
    path = Path(ROOT / "tasks/data/press-release-2025-09-29.kk.txt")
    return reading(path.read_text(encoding="utf-8-sig"), "kk")


def test_event(release: Reading) -> None:
    event = release.as_json()["event"]
    assert (event["kind"], event["date"]) == ("project_office", "2025-09-29")
    assert event["chair"] == "Қанат Бозымбаев"


def test_districts_and_topics(release: Reading) -> None:
    assert release.districts == ["gate", "golden", "growing", "green"]
    assert len(release.agenda) == 7
    assert release.agenda[0].text == "отандық және шетелдік инвестицияларды қорғау"
    assert release.agenda[3].text == "Алатау қаласының даму кеңесін құру"


def test_two_instructions_and_no_date(release: Reading) -> None:
    first, second = release.instructions
    assert first.text.startswith("Қанат Бозымбаев ӨҚМ") and first.text.endswith("жеделдетуді тапсырды.")
    assert first.addressees == ["mic", "akimat_almaty_region", "инвесторлар"] and first.lead == "mic"
    assert second.addressees == ["жауапты мемлекеттік органдар"] and second.lead is None
    assert [task.due for task in release.instructions] == [None, None]


def test_every_word_is_in_its_place(release: Reading) -> None:
    for span in [*release.agenda, *release.instructions, *release.unrecognised, *release.notes]:
        assert release.text[span.start : span.end] == span.text
