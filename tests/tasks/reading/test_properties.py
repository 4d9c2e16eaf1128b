"""What holds of every text: nothing is raised, every word is in its place, no day is invented."""

import itertools
import re
import time
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.reading import Reading
from tests.tasks.reading.plain import ROOT, reading

RELEASE = (ROOT / "tasks/data/press-release-2025-09-29.kk.txt").read_text(encoding="utf-8-sig")

PIECES = st.sampled_from(
    (
        "МПС|акимату области|Министерству финансов|поручил|поручено|до 1 июня|до 15.06.2026"
        "|в течение месяца|завершить|внести|совместно с|и|,|.|;|:|\n|\n\n|1.|2)|1.1.|–|(свод)"
        "|Срок: 1 мая 2026 года|Ответственные: МПС|РЕШИЛИ:|Протокол|3 марта 2026 года"
        "|заседание Проектного офиса|принять к сведению|ӨҚМ-ге|облыс әкімдігі|инвесторларға|тапсырды"
        "|аяқтауды|дейін|15 маусымға|2026 жылғы|бір ай ішінде|қамтамасыз етсін|ШЕШІМ ҚАБЫЛДАНДЫ:"
        "|Күн тәртібі:|Мерзімі:|Жауапты:|бірлесіп|туралы|қаралды|Повестка дня:|«|»|(|)|\t| ||Gate"
        "|Green District|K-Park|ранее|бұған дейін|31 февраля|99.99.9999|\u00a0|\ufeff|\r\n|I.|№"
    ).split("|")
)
TEXTS = st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=60).map(" ".join))


def _spans(found: Reading) -> list[tuple[str, int, int]]:
    piles = (
        found.agenda, found.instructions, found.decisions, found.notes, found.unrecognised, found.participants
    )  # fmt: skip
    return [(span.text, span.start, span.end) for pile in piles for span in pile]


def _check(found: Reading) -> None:
    assert all(found.text[start:end] == text and start < end for text, start, end in _spans(found))
    said = [*found.instructions, *found.decisions, *found.notes, *found.unrecognised]
    places = sorted((span.start, span.end) for span in said)
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(places)), "spans overlap"
    for task in found.instructions:
        assert task.due_text is None or task.due_text in found.text
        assert task.due is None or (task.due_text and _follows(task.due, task.due_text, found.event.date))
        assert task.lead is None or task.lead in task.addressees
        assert len(set(task.addressees)) == len(task.addressees)


def _follows(due: date, words: str, event: date | None) -> bool:
    """A due day stands in its words by number, or is counted from the day of the event."""
    figures = {int(figure) for figure in re.findall(r"\d+", words)}
    return due.day in figures or event is not None


@given(TEXTS, st.sampled_from(["kk", "ru"]))
@settings(max_examples=300, deadline=None)
def test_any_text(text: str, language: str) -> None:
    _check(reading(text, language))


@given(st.integers(0, len(RELEASE)), st.integers(0, 40), PIECES)
@settings(max_examples=60, deadline=None)
def test_a_damaged_release(place: int, length: int, piece: str) -> None:
    _check(reading(RELEASE[:place] + piece + RELEASE[place + length :], "kk"))


def test_offsets_are_those_of_the_normalised_text() -> None:
    found = reading("\ufeff" + RELEASE.replace("\n", "\r\n"), "kk")
    assert found.text == RELEASE
    assert found.as_json() == reading(RELEASE, "kk").as_json()


def _seconds(text: str) -> float:
    begin = time.process_time()
    reading(text, "ru")
    return time.process_time() - begin


def test_time_grows_with_length_and_no_faster() -> None:
    item = (
        "1. Министерству финансов совместно с МНЭ до 1 июня 2026 года внести в Правительство предложения.\n"
    )
    for piece in (item, item.strip() + " ", "а" * 90 + " ", "МПС, акимату области и "):
        short, long = piece * 150, piece * 600
        reading(short, "ru")
        assert _seconds(long) < 12 * max(_seconds(short), 0.01)
