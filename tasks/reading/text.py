"""The text as the reader compares it: folded letter by letter, so that every offset stays true to what was written."""

import re
from bisect import bisect_left
from functools import cached_property
from typing import NamedTuple

#: Latin letters that stand for Cyrillic ones in texts typed on two keyboards (Yкiметi, Aлматы).
_LOOKALIKE = str.maketrans("aceiopxyhkmtb", "асеіорхуһкмтв")
_SAME = {"ё": "е", "’": "'", "ʼ": "'"}
_SAME |= (
    dict.fromkeys("«»“”„‟″", '"')
    | dict.fromkeys("–—−‑‒―", "-")
    | dict.fromkeys("\t\u00a0\u2009\u202f\u2007", " ")
)
_TABLE = str.maketrans(_SAME)
_MIXED = re.compile(r"[^\W\d_]+")
_CYRILLIC = re.compile(r"[а-яәғқңөұүһі]")
_LATIN = re.compile(r"[a-z]")
_KAZAKH = re.compile(r"[әғқңөұүһі]")
_KAZAKH_WORDS = frozenset("мен бен пен бойынша туралы деп тапсырды барысы салу жобасын тиіс".split())
_RUSSIAN = re.compile(
    r"в|во|на|до|с|со|и|по|от|для|к|не|о|об|при|из|за|а|что|как|совместно|[^әғқңөұүһі]+(?:ть|ться|ого"
    r"|ому|ему|ых|ыми|ими|ации|ению|ения|ение|ание|ания|ется|ются|ает|ено|ости)"
)
_TOKEN = re.compile(r"[^\W_]+(?:[-'][^\W_]+)*")


def normalise(text: str) -> str:
    """The text as offsets count it: no byte order mark, lines ended by a line feed; nothing else is changed."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def fold(text: str) -> str:
    """As long as the text: small letters, one kind of dash, quote and space; Latin twins in Cyrillic words replaced."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)
    return _MIXED.sub(_one_alphabet, low.translate(_TABLE))


def _one_alphabet(word: re.Match[str]) -> str:
    letters = word.group()
    mixed = _CYRILLIC.search(letters) and _LATIN.search(letters)
    return letters.translate(_LOOKALIKE) if mixed else letters


class Token(NamedTuple):
    """A word or number: folded, with its place in the text."""

    word: str
    start: int
    end: int


class Text:
    """A normalised text, its folded twin and its words."""

    def __init__(self, raw: str, language: str) -> None:
        self.raw = normalise(raw)
        self.folded = fold(self.raw)
        self.language = language

    @cached_property
    def tokens(self) -> list[Token]:
        return [Token(m.group(), m.start(), m.end()) for m in _TOKEN.finditer(self.folded)]

    @cached_property
    def _starts(self) -> list[int]:
        return [token.start for token in self.tokens]

    def at(self, place: int) -> int:
        """The index of the first word that begins at this place or later."""
        return bisect_left(self._starts, place)

    def words(self, start: int, end: int) -> range:
        """Indexes of the words that begin between the two places."""
        return range(self.at(start), self.at(end))

    def between(self, first: int, second: int) -> str:
        """What stands between two words, folded."""
        return self.folded[self.tokens[first].end : self.tokens[second].start]

    def is_capital(self, index: int) -> bool:
        return self.raw[self.tokens[index].start].isupper()

    def is_kazakh(self, start: int, end: int) -> bool:
        """By the words, names aside, that only one of the languages has; none or as many: as the whole text."""
        words = [self.tokens[index].word for index in self.words(start, end) if not self.is_capital(index)]
        kazakh = sum(bool(_KAZAKH.search(word)) or word in _KAZAKH_WORDS for word in words)
        russian = sum(bool(_RUSSIAN.fullmatch(word)) for word in words)
        return kazakh > russian or (kazakh == russian and self.language == "kk")

    def trim(self, start: int, end: int, also: str = "") -> tuple[int, int]:
        """The same passage without spaces at its ends, and without these marks at its last one."""
        passage = self.raw[start:end]
        begin = start + len(passage) - len(passage.lstrip())
        stop = start + len(passage.rstrip())
        if also:
            stop = start + len(self.folded[start:stop].rstrip(also + " "))
        return min(begin, stop), stop

    def line_start(self, place: int) -> int:
        return self.raw.rfind("\n", 0, max(place, 0)) + 1

    def has_gap_before(self, place: int) -> bool:
        """Whether an empty line stands before the line of this place."""
        before = self.raw[max(0, self.line_start(place) - 40) : self.line_start(place)]
        return before.replace(" ", "").replace("\t", "").endswith("\n\n")
