"""Sentences of a passage: a full stop of an abbreviation, an initial or a number is no end."""

import re
from collections.abc import Iterator

from tasks.reading.text import Text

_STOP = re.compile(r"[.!?…]+[\"')]*(?=\s|$)|\n")
_SHORT = set(
    "г гг ж жж қ к обл ул пр просп им ст стр п пп подп см рис табл тыс млн млрд трлн руб тг тенге др т "
    "д т.д т.п т.е т.б т.ж с.г т.г "
    "б р-н пос с н проф акад мин сек ч чел кв км га м отв зам исп каб тел доп утв напр в.т.ч ш мкр көш "
    "даң ауд обр с.ш".split()
)
_AFTER_YEAR = re.compile(r"\d{4}\s*(?:г|ж|гг)$|\d{2}\.\d{2}\.\d{4}\s*(?:г|ж)$|т\s?\.\s?[гждбпе]$|с\.\s?г$")


def sentences(text: Text, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Places of the sentences, without the spaces between them."""
    begin = start
    for stop in _STOP.finditer(text.folded, start, end):
        if _is_end(text, begin, stop, end):
            yield from _kept(text, begin, stop.end())
            begin = stop.end()
    yield from _kept(text, begin, end)


def _kept(text: Text, start: int, end: int) -> Iterator[tuple[int, int]]:
    start, end = text.trim(start, end)
    if start < end:
        yield start, end


def _is_end(text: Text, begin: int, stop: re.Match[str], end: int) -> bool:
    if stop.group() == "\n":
        return False
    following = text.raw[stop.end() : end].lstrip()
    if not following:
        return True
    if following.lstrip("-–— ")[:1].islower():
        return False
    if not stop.group().startswith(".") or stop.group().startswith(".."):
        return following[0] not in "-–—"
    before = text.folded[begin : stop.start()]
    if _AFTER_YEAR.search(before[-14:]):
        return following[0].isupper() or following[0] in '«"“('
    word = re.split(r"[\s(\"]", before)[-1]
    if word in _SHORT or (len(word) == 1 and word.isalpha()) or re.fullmatch(r"(?:\w\.)+\w", word):
        return False
    return not (word.isdigit() and len(word) <= 2 and begin + len(before) - len(word) == begin)
