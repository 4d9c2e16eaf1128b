"""One reading of one text."""

import re
from collections.abc import Iterator

from tasks.reading.agenda import agenda_of
from tasks.reading.blocks import blocks
from tasks.reading.endings import same
from tasks.reading.event import event_of, is_protocol
from tasks.reading.names import DISTRICT, ORGANISATION, PROJECT, Named, Names
from tasks.reading.participants import participants_of
from tasks.reading.results import Reading
from tasks.reading.text import Text, Token
from tasks.reading.walk import Walker

_PROJECTS = re.compile(r"жобалар\w*|проект(?:ы|ов|ам|ами|ах)")
_DISTRICT_WORD = re.compile(r"district|дистрикт\w*|аудан\w*")


def read(text: str, language: str, names: Names) -> Reading:
    """The draft of a text in kk or ru; offsets count in `reading.text`. Never raises for what a text says."""
    whole = Text(text, language)
    named = names.find(whole)
    found = blocks(whole)
    protocol = is_protocol(whole, found)
    reading = Reading(whole.raw, event_of(whole, found, protocol))
    reading.agenda = agenda_of(whole, found, protocol)
    reading.participants = participants_of(whole, found)
    reading.organisations = _codes(named, ORGANISATION)
    reading.projects = list(dict.fromkeys([*_codes(named, PROJECT), *_after_companies(whole, named, names)]))
    reading.districts = _districts(whole, named)
    Walker(whole, named, found, reading, protocol).walk()
    return reading


def _codes(named: list[Named], kind: str) -> list[str]:
    return list(dict.fromkeys(one.code for one in named if one.kind == kind))


def _after_companies(text: Text, named: list[Named], names: Names) -> Iterator[str]:
    """Projects named after a company: with a word of theirs beside it, or where the sentence speaks of projects."""
    for one in named:
        mine = [after for after in names.after_companies if after.company == one.code]
        words = [token.word for token in _sentence(text, one)] if mine else []
        speaks = any(_PROJECTS.fullmatch(word) for word in words)
        for after in mine:
            if speaks or any(same(word, own) for word in words for own in after.words):
                yield after.project


def _sentence(text: Text, one: Named) -> list[Token]:
    """The words around a name, up to a full stop or the end of the line."""
    place = text.tokens[one.first].start
    start = max(text.folded.rfind(mark, 0, place) for mark in (". ", "\n")) + 1
    ends = [end for mark in (". ", "\n") if (end := text.folded.find(mark, place)) >= 0]
    return [
        text.tokens[i]
        for i in text.words(start, min(ends, default=len(text.folded)))
        if not one.first <= i <= one.last
    ]


def _districts(text: Text, named: list[Named]) -> list[str]:
    """Districts by their names, and by the first word alone where it is no part of another name («Green Food»)."""
    first_words = {code: code for code in ("gate", "golden", "growing", "green")}
    taken = {index for one in named if one.kind != DISTRICT for index in range(one.first, one.last + 1)}
    places = {one.first: one.code for one in named if one.kind == DISTRICT}
    for index, token in enumerate(text.tokens):
        code = first_words.get(token.word.split("-")[0])
        if code and index not in taken and text.is_capital(index) and not _is_part_of_name(text, index):
            places.setdefault(index, code)
    return list(dict.fromkeys(places[index] for index in sorted(places)))


def _is_part_of_name(text: Text, index: int) -> bool:
    """Another Latin word with a capital stands right beside it, and it is not «District»."""
    for other in (index - 1, index + 1):
        if not 0 <= other < len(text.tokens):
            continue
        word = text.tokens[other].word
        gap = text.between(min(index, other), max(index, other))
        if (
            gap == " "
            and word.isascii()
            and word.isalpha()
            and text.is_capital(other)
            and not _DISTRICT_WORD.fullmatch(word)
        ):
            return True
    return False
