"""One body as a text names it: by a name of the register, with the case that it stands in."""

import re
from dataclasses import dataclass, replace

from tasks.reading.endings import hard
from tasks.reading.heads import ALL_CASES, cases_of_ending, ending_length, head_of
from tasks.reading.names import ORGANISATION, Named
from tasks.reading.text import Text

_CAPITALS = re.compile(r"[A-ZА-ЯӘҒҚҢӨҰҮҺІ]{2,}|[A-Za-z]+")
#: Минэнерго, Миннауки, Минэкологии: their ending is no case.
_UNDECLINED = re.compile(r"мин\w+[оаиы]")
_CASES_KK = (
    (re.compile(r"[ндт][ыі]ң$"), "of"),
    (re.compile(r"[мп]ен$"), "with"),
    (re.compile(r"(?:[қк][ае]|[ыі]н[ае])$"), "dative"),
    (re.compile(r"[ыі]н$|[дт][ае]$"), "other"),
)


@dataclass(frozen=True, slots=True)
class Body:
    """A body as named: `code` of the register or None; `first`, `last` are indexes of its words."""

    first: int
    last: int
    start: int
    end: int
    code: str | None
    is_group: bool
    cases: frozenset[str]

    def called(self, text: Text) -> str:
        """Its code, otherwise the words as written, on one line; in Kazakh without the ending of the case."""
        if self.code:
            return self.code
        end, word = self.end, text.tokens[self.last]
        if end == word.end and (text.language == "kk" or text.is_kazakh(self.start, end)):
            end -= ending_length(word.word)
        return " ".join(text.raw[self.start : end].split())


def known_body(text: Text, one: Named, is_kazakh: bool) -> Body:
    """A name of the register. In the plural it is a group, unless it shares its noun with another name."""
    words = range(one.first, one.last + 1)
    start, end = quoted(text, text.tokens[one.first].start, text.tokens[one.last].end)
    head = None
    if one.shared >= 0:
        head = head_of(text.tokens[one.shared].word, is_kazakh)
    elif not _is_in_quotes(text, start, end):
        places = words[-1:] if is_kazakh else words
        head = next((found for i in places if (found := head_of(text.tokens[i].word, is_kazakh))), None)
    in_quotes = _is_in_quotes(text, start, end) or text.folded[end - 1] == '"'
    cases = head.cases if head else ALL_CASES if in_quotes else _loose_cases(text, one, is_kazakh)
    group = (
        bool(head and head.is_plural) and one.shared < 0 and not any(text.is_capital(i) for i in words[1:])
    )
    code = one.code if one.kind == ORGANISATION and not group else None
    return Body(one.first, one.last, start, end, code, group, cases)


def _is_in_quotes(text: Text, start: int, end: int) -> bool:
    return text.folded[start : start + 1] == '"' == text.folded[end - 1 : end] or (
        text.folded[max(0, start - 1) : start] == '"' == text.folded[end : end + 1]
    )


def _loose_cases(text: Text, one: Named, is_kazakh: bool) -> frozenset[str]:
    """Of a name without a noun that we know: by what is tied to its last word; a bare foreign word fits any case."""
    token = text.tokens[one.last]
    capitals = _CAPITALS.match(text.raw, token.start, token.end)
    if not is_kazakh and _UNDECLINED.fullmatch(token.word):
        return ALL_CASES
    if not is_kazakh:
        declined = re.search(r"[уюе]$", token.word)
        return (
            ALL_CASES
            if capitals and not declined
            else frozenset({"dative", "other"} if declined else {"plain", "of"})
        )
    if capitals:
        return cases_of_ending(text.folded[capitals.end() : token.end])
    whole = hard(token.word)
    return next(
        (frozenset({case}) for pattern, case in _CASES_KK if pattern.search(whole)), frozenset({"plain"})
    )


def quoted(text: Text, start: int, end: int) -> tuple[int, int]:
    """With the quotes that the name itself has, nested ones too: АО «НК «ҚТЖ»."""
    opened, closed = (sum(text.raw.count(mark, start, end) for mark in marks) for marks in ("«“", "»”"))
    is_odd = text.folded.count('"', start, end) % 2
    if start and (closed > opened or is_odd) and text.folded[start - 1] == '"':
        return start - 1, end
    if (opened > closed or is_odd) and text.folded[end : end + 1] == '"':
        return start, end + 1
    return start, end


def renamed(body: Body, text: Text, last: int, cases: frozenset[str], code: str | None, group: bool) -> Body:
    """The same body with more words behind it."""
    start, end = quoted(text, text.tokens[body.first].start, text.tokens[last].end)
    return replace(body, last=last, start=start, end=end, cases=cases, code=code, is_group=group)
