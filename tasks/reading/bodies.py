"""Who is named in a sentence: bodies of the register, other bodies and groups."""

from bisect import bisect_left
from collections.abc import Callable, Iterator

from tasks.reading import bodies_kk, bodies_ru
from tasks.reading.body import Body, known_body
from tasks.reading.names import ORGANISATION, OUTSIDE, Named
from tasks.reading.text import Text

#: Builds the body called by a noun: (text, known names by first word, index, passage, the body before).
Described = Callable[[Text, dict[int, Named], int, tuple[int, int], Body | None], Body | None]


def bodies(text: Text, named: list[Named], start: int, end: int) -> list[Body]:
    """Bodies named in a passage, in order; what stands in brackets is left out."""
    is_kazakh = text.is_kazakh(start, end)
    words = text.words(start, end)
    known = {one.first: one for one in names_within(named, words) if one.kind in (ORGANISATION, OUTSIDE)}
    described = bodies_kk.described if is_kazakh else bodies_ru.described
    return list(_found(text, known, (start, end), is_kazakh, described))


def names_within(named: list[Named], words: range) -> list[Named]:
    """The names that begin at one of these words; `named` is in the order of the text."""
    first = bisect_left(named, words.start, key=lambda one: one.first)
    last = bisect_left(named, words.stop, key=lambda one: one.first)
    return named[first:last]


def _found(
    text: Text, known: dict[int, Named], place: tuple[int, int], is_kazakh: bool, described: Described
) -> Iterator[Body]:
    """A body is held back until the next one: in Kazakh the next may turn out to be a part of its name."""
    held: Body | None = None
    for index in visible(text, *place):
        if held and index <= held.last:
            continue
        if one := known.get(index):
            body: Body | None = known_body(text, one, is_kazakh)
        else:
            body = described(text, known, index, place, held)
        if body is None:
            continue
        if is_kazakh:
            body = bodies_kk.with_places(text, bodies_kk.with_person(text, body), place[0], held)
        if held and body.first > held.last:
            yield held
        held = body
    if held:
        yield held


def visible(text: Text, start: int, end: int) -> list[int]:
    """Indexes of the words outside of brackets."""
    shown: list[int] = []
    depth, place = 0, start
    for index in text.words(start, end):
        gap = text.folded[place : text.tokens[index].start]
        depth = max(0, depth + gap.count("(") - gap.count(")"))
        place = text.tokens[index].start
        if not depth:
            shown.append(index)
    return shown
