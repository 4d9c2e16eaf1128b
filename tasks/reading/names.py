"""Names of the register in a text, in any case of either language; the longest name wins."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from tasks.reading.endings import hard, same
from tasks.reading.text import Text

ORGANISATION, DISTRICT, PROJECT, OUTSIDE = "organisation", "district", "project", "outside"
#: What may stand between two words of one name, besides spaces.
_INSIDE = set(' "().\n')
_PLURAL_RU = re.compile(r".*(?:[аяы]м|[аяы]ми|ов|ах|ы)")
_PLURAL_KK = re.compile(r"[лдт][ае]р[ыі]?(?:[ғн][ае]|[мбп]ен|н[ыі]ң)?$")


class Named(NamedTuple):
    """A name found. `code` is its words where the register does not know it; `first` and `last` are words' indexes."""

    kind: str
    code: str
    first: int
    last: int
    #: The word it shares with another name («акиматами области и города», «облыс пен қала әкімдіктері»), or -1.
    shared: int = -1


class AfterCompany(NamedTuple):
    """A project named after a company: meant where the company and one of these words stand in one sentence."""

    project: str
    company: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Name:
    kind: str
    code: str
    words: tuple[str, ...]
    is_short: bool


class Names:
    """Which names there are: {code: names as texts write them}, in any case; `outside`: bodies without a code."""

    def __init__(
        self,
        organisations: Mapping[str, Iterable[str]],
        districts: Mapping[str, Iterable[str]],
        projects: Mapping[str, Iterable[str]],
        outside: Iterable[str] = (),
        after_companies: Iterable[AfterCompany] = (),
    ) -> None:
        self.after_companies = tuple(after_companies)
        self._by_beginning: dict[str, list[_Name]] = defaultdict(list)
        for kind, known in ((ORGANISATION, organisations), (DISTRICT, districts), (PROJECT, projects)):
            for code, names in known.items():
                self._add(kind, code, names)
        self._add(OUTSIDE, "", outside)
        for names_so_begun in self._by_beginning.values():
            names_so_begun.sort(key=lambda name: -len(name.words))

    def _add(self, kind: str, code: str, names: Iterable[str]) -> None:
        for name in set(names):
            if words := tuple(token.word for token in Text(name, "kk").tokens):
                short = len(words) == 1 and name.isupper() and name.isalpha()
                self._by_beginning[hard(words[0])[:2]].append(_Name(kind, code, words, short))

    def find(self, text: Text) -> list[Named]:
        """All names in the order of the text, none within another."""
        found: list[Named] = []
        index = 0
        while index < len(text.tokens):
            named = self._at(text, index)
            if named and (shared := [*self._before(text, named), named, *self._after(text, named)])[1:]:
                found += [
                    one._replace(shared=named.first if one.first >= named.first else named.last)
                    for one in shared
                ]
                named = shared[-1]
            elif named:
                found.append(named)
            index = named.last + 1 if named else index + 1
        return found

    def _after(self, text: Text, named: Named) -> Iterator[Named]:
        """Names after a Russian plural that they share: «акиматам Алматинской области и города Алатау»."""
        head = text.tokens[named.first].word
        while _PLURAL_RU.fullmatch(head) and (index := _joined_on(text, named.last)):
            for name in self._by_beginning.get(hard(head)[:2], ()):
                last = index + len(name.words) - 2
                if len(name.words) > 1 and same(name.words[0], head) and _follow(name.words[1:], text, index):
                    named = Named(name.kind, name.code, index, last)
                    yield named
                    break
            else:
                return

    def _before(self, text: Text, named: Named) -> Iterator[Named]:
        """A name before a Kazakh plural that it shares: «облыс пен қала әкімдіктері»."""
        head, conj = text.tokens[named.last].word, named.first - 1
        if (
            not _PLURAL_KK.search(head)
            or conj < 1
            or text.tokens[conj].word not in ("пен", "мен", "бен", "және")
        ):
            return
        for names in self._by_beginning.values():
            for name in names:
                first = conj - len(name.words) + 1
                if (
                    len(name.words) > 1
                    and first >= 0
                    and same(name.words[-1], head)
                    and _follow(name.words[:-1], text, first)
                ):
                    yield Named(name.kind, name.code, first, conj - 1)
                    return

    def _at(self, text: Text, index: int) -> Named | None:
        for name in self._by_beginning.get(hard(text.tokens[index].word)[:2], ()):
            last = index + len(name.words) - 1
            if (
                last < len(text.tokens)
                and _stands(name, text, index)
                and not _is_elsewhere(text, index, last)
            ):
                return Named(name.kind, name.code, index, last)
        return None


def _stands(name: _Name, text: Text, index: int) -> bool:
    if name.is_short:
        return _is_abbreviation(name.words[0], text, index)
    return _follow(name.words, text, index)


def _is_elsewhere(text: Text, first: int, last: int) -> bool:
    """«акимат города» before another name, «… қаласының әкімдігі» behind one: the akimat of another place."""
    if text.tokens[last].word in ("города", "области", "района") and last + 1 < len(text.tokens):
        is_person = not text.tokens[first].word.startswith("акимат") and text.is_capital(
            min(last + 2, len(text.tokens) - 1)
        )
        gap = text.raw[text.tokens[last].end : text.tokens[last + 1].start]
        return gap in (" ", "\u00a0") and text.is_capital(last + 1) and not is_person
    place = text.tokens[first].word
    if not re.fullmatch(r"(?:қаласы|облысы|ауданы)н?(?:ың)?", place) or not first:
        return False
    return text.between(first - 1, first) == " " and text.is_capital(first - 1)


def _follow(words: tuple[str, ...], text: Text, index: int) -> bool:
    """Whether these words, in whatever case, stand one after another from this one on."""
    if index + len(words) > len(text.tokens):
        return False
    for place, word in enumerate(words, start=index):
        if not same(word, text.tokens[place].word):
            return False
        if place > index and not _INSIDE.issuperset(text.between(place - 1, place)):
            return False
    return True


def _joined_on(text: Text, last: int) -> int | None:
    """The word after «, » or «и» behind this one."""
    if last + 2 >= len(text.tokens):
        return None
    if text.tokens[last + 1].word == "и":
        return last + 2
    return last + 1 if text.between(last, last + 1) == ", " else None


def _is_abbreviation(word: str, text: Text, index: int) -> bool:
    """Capitals, with an ending at most: ӨҚМ, ӨҚМ-ге, ӨҚМге; never a small word of the same letters."""
    token = text.tokens[index]
    raw = text.raw[token.start : token.start + len(word)]
    return raw.isupper() and token.word.startswith(word) and same(word, token.word)


def latin_core(name: str) -> str:
    """The longest run of Latin words of a name («Iconic Building-1», «K-Park»), or nothing."""
    best: list[str] = []
    run: list[str] = []
    for token in Text(name, "en").tokens:
        run = (
            [*run, name[token.start : token.end]] if token.word.isascii() and not token.word.isdigit() else []
        )
        best = max(best, run, key=len)
    return " ".join(best)
