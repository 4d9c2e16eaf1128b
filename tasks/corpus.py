"""The texts that judge the reader of protocols and news: invented ones, each with what a careful person reads in it.

A file of the corpus is one text:

    language: kk | ru
    genre: protocol | news
    invented: true                  # nobody ever said it
    text: |
      …
    expected:
      event: {kind, date, chair, place}         # as the reader answers; null where the text does not say
      districts: [code]
      projects: [code of the project]
      agenda: [words]                           # exactly as they stand in the text
      instructions:
        - {words, addressees: [code or words], lead, due, due_text}

Words that stand more than once in their text are written {words: …, nth: 2}. An addressee for whom two answers are
right (the akim or his akimat) is a list of both; the lead is then the first of them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import yaml

FOLDER = Path(__file__).parent / "data" / "corpus"
EVENT = ("kind", "date", "chair", "place")


class Misplaced(ValueError):
    """Expected words that do not stand in their text, or stand there more often than the file says."""


class Span(NamedTuple):
    """A piece of the text: from the first code point to the one after the last."""

    start: int
    end: int


@dataclass(frozen=True)
class Wanted:
    """One instruction as a careful person reads it. due: ISO day or None."""

    span: Span
    words: str
    addressees: list[list[str]]
    lead: str | None
    due: str | None
    due_text: str | None


@dataclass(frozen=True)
class Specimen:
    """One text of the corpus with what is expected of its reading."""

    name: str
    language: str
    genre: str
    text: str
    event: dict[str, str | None]
    districts: list[str]
    projects: list[str]
    agenda: list[Span]
    instructions: list[Wanted]

    @property
    def dates(self) -> set[str]:
        """All days that a reading may name."""
        days = {self.event["date"], *(one.due for one in self.instructions)}
        return {day for day in days if day}


def corpus(folder: Path = FOLDER) -> Iterator[Specimen]:
    """The texts of a folder, by name. Raises Misplaced for words that are not in their text."""
    for path in sorted(folder.glob("*.yaml")):
        yield specimen(path.stem, yaml.safe_load(path.read_text(encoding="utf-8")))


def specimen(name: str, record: Mapping[str, Any]) -> Specimen:
    text, expected = record["text"], record["expected"]
    event = expected["event"]
    return Specimen(
        name=name,
        language=record["language"],
        genre=record["genre"],
        text=text,
        event={part: _day(event.get(part)) for part in EVENT},
        districts=expected.get("districts") or [],
        projects=expected.get("projects") or [],
        agenda=[_placed(words, text) for words in expected.get("agenda") or []],
        instructions=[_wanted(one, text) for one in expected.get("instructions") or []],
    )


def _wanted(record: Mapping[str, Any], text: str) -> Wanted:
    span = _placed(record, text)
    words = text[span.start : span.end]
    due_text = record.get("due_text")
    if due_text and due_text not in text:
        raise Misplaced(f"not in the text: {due_text!r}")
    return Wanted(
        span=span,
        words=words,
        addressees=[[one] if isinstance(one, str) else list(one) for one in record["addressees"]],
        lead=record["lead"],
        due=_day(record["due"]),
        due_text=due_text,
    )


def _placed(wanted: str | Mapping[str, Any], text: str) -> Span:
    """Where the words stand: once, or where `nth` says."""
    words = wanted if isinstance(wanted, str) else wanted["words"]
    nth = None if isinstance(wanted, str) else wanted.get("nth")
    if text.count(words) < (nth or 1) or (nth is None and text.count(words) > 1):
        raise Misplaced(f"stands {text.count(words)} times in the text: {words!r}")
    start = -1
    for _ in range(nth or 1):
        start = text.index(words, start + 1)
    return Span(start, start + len(words))


def _day(value: Any) -> str | None:
    """YAML reads an unquoted day as a date."""
    return None if value is None else str(value)
