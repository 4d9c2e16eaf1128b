"""Who is named in a sentence: bodies of the register, other bodies and groups, with the case they stand in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from tasks.reading.endings import hard
from tasks.reading.heads import ALL_CASES, GENERIC, PROPER, TRANSPARENT, cases_of_ending, head_of
from tasks.reading.names import ORGANISATION, OUTSIDE, Named
from tasks.reading.text import Text

_ADJECTIVE_RU = re.compile(r".*(?:[ое]му|[ыи]м|[ое]й|[ыи]ми|[ыи]х|[ое]го|[ыи]е|[ыи]й|ая|ое)")
_TAIL_RU = re.compile(r".*(?:[аяыи]|[оеё]в|[еи]й|[ое]го|[ое]й|[ыи]х|ь)|рк|г|обл|[a-z0-9].*")
_NO_TAIL = set("и а в во с со до к ко на при о об не за для без вместе совместно также из от под".split())
_VERB_RU = re.compile(r".*(?:[аеиыя]ть(?:ся)?|[оа]вать|ти|ено|ано|ены|аны|ена|ана|ил|ила|ал|ала)")
_PLACE = re.compile(r"(?:г|город\w*|област\w+|район\w*|сел\w?|столиц\w)")
_STOP_KK = set(
    "және мен бен пен ал сондай-ақ сонымен бірге қатар бойынша туралы жөнінде жөніндегі кейін үшін ретінде сияқты аясында "
    "барысында осыған осы байланысты ол оның бұл олар екі әрі да де та те деп дейін ішінде қарай күні жылы бірлесіп бірлесе отырып болып тиіс".split()
)
_NOT_BEFORE_KK = re.compile(
    r".*(?:[ындт][дт][ае]|[дтн][ае]н|[ғқгк][ае]|[ыі]на|[ыі]не|[ыі]п|[ғқгк][ае]н|[мбп]ен|[ду]ы|[ду]і|сын|сін)"
)
_SURNAME = re.compile(r".*(?:[оеё]ва?|[иы]на?|ұлы|қызы|ская|ский)(?:[қғкг][ае]|[мбп]ен|[дтн][ыі]ң?)?")
_BETWEEN = re.compile(r"[ \"\n]*\Z")


@dataclass(frozen=True, slots=True)
class Body:
    """A body as named: `code` of the register or None; `first`, `last` are indexes of its words."""

    first: int
    last: int
    start: int
    end: int
    code: str | None
    is_group: bool
    is_plural: bool
    cases: frozenset[str]

    def called(self, text: Text) -> str:
        """Its code, otherwise the words as written, on one line."""
        return self.code or re.sub(r"\s+", " ", text.raw[self.start : self.end]).strip()


def bodies(text: Text, named: list[Named], start: int, end: int) -> list[Body]:
    """Bodies named in a passage, in order; what stands in brackets is left out."""
    kazakh = text.is_kazakh(start, end)
    known = {one.first: one for one in named if one.kind in (ORGANISATION, OUTSIDE)}
    return list((_kazakh if kazakh else _russian)(text, known, start, end))


def _visible(text: Text, start: int, end: int) -> list[int]:
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


def _known(text: Text, one: Named, kazakh: bool) -> Body:
    words = range(one.first, one.last + 1)
    head = None
    for index in reversed(words) if kazakh else words:
        if head := head_of(text.tokens[index].word, kazakh):
            break
        if kazakh:
            break
    cases, plural = (head[1], head[2]) if head else (_loose_cases(text, one, kazakh), False)
    start, end = text.tokens[one.first].start, text.tokens[one.last].end
    code = one.code if one.kind == ORGANISATION else None
    return Body(one.first, one.last, *_quoted(text, start, end), code, False, plural, cases)


def _loose_cases(text: Text, one: Named, kazakh: bool) -> frozenset[str]:
    """Of a name without a noun that we know: by what is tied to its last word, in Kazakh; in Russian any case."""
    word = text.tokens[one.last].word
    if "-" in word and len(word.rsplit("-", 1)[1]) <= 4 and not word.isascii():
        return cases_of_ending(word.rsplit("-", 1)[1]) if kazakh else ALL_CASES
    raw = text.raw[text.tokens[one.last].start : text.tokens[one.last].end]
    capitals = re.match(r"[A-ZА-ЯӘҒҚҢӨҰҮҺІ]{2,}|[A-Za-z]+", raw)
    if capitals:
        return cases_of_ending(raw[capitals.end() :].lower()) if kazakh else ALL_CASES
    if not kazakh:
        return (
            frozenset({"dative", "other"})
            if re.search(r"[уюе]$", word)
            else ALL_CASES - {"dative"}
            if re.search(r"[аяоыь]$", word)
            else ALL_CASES
        )
    return _ending_of(word)


def _ending_of(word: str) -> frozenset[str]:
    whole = hard(word)
    for pattern, case in (
        (r"[ндт][ыі]ң$", "of"),
        (r"[мп]ен$", "with"),
        (r"(?:[қк][ае]|[ыі]н[ае])$", "dative"),
        (r"[ыі]н$|[дт][ае]$", "other"),
    ):
        if re.search(pattern, whole):
            return frozenset({case})
    return frozenset({"plain"})


def _quoted(text: Text, start: int, end: int) -> tuple[int, int]:
    """With the quotes that the name itself has."""
    inner = text.folded[start:end]
    if inner.count('"') % 2:
        if start and text.folded[start - 1] == '"':
            return start - 1, end
        if text.folded[end : end + 1] == '"':
            return start, end + 1
    return start, end


def _russian(text: Text, known: dict[int, Named], start: int, end: int) -> Iterator[Body]:
    shown = _visible(text, start, end)
    free = -1
    for index in shown:
        if index <= free:
            continue
        if one := known.get(index):
            body = _known(text, one, False)
        elif head := head_of(text.tokens[index].word, False):
            body = _described(text, known, index, head, start, end, free)
        else:
            continue
        free = body.last
        yield body


def _described(
    text: Text,
    known: dict[int, Named],
    index: int,
    head: tuple[str, frozenset[str], bool],
    start: int,
    end: int,
    free: int,
) -> Body:
    """A body called by a Russian noun: adjectives before it, a genitive or a name in quotes after it."""
    stem, cases, plural = head
    first = index
    while (
        first - 1 > free
        and text.tokens[first - 1].start >= start
        and _ADJECTIVE_RU.fullmatch(text.tokens[first - 1].word)
        and text.between(first - 1, first) == " "
    ):
        first -= 1
    last, inside = _tail(text, known, index, end)
    code = None
    if stem in TRANSPARENT and len(inside) == 1 and inside[0].kind == ORGANISATION:
        code = inside[0].code
    begin, stop = _quoted(text, text.tokens[first].start, text.tokens[last].end)
    has_name = any(text.is_capital(i) or text.tokens[i].word.isascii() for i in range(index + 1, last + 1))
    group = code is None and (plural or (stem in GENERIC and not has_name))
    return Body(first, last, begin, stop, code, group, plural, cases)


def _tail(text: Text, known: dict[int, Named], index: int, end: int) -> tuple[int, list[Named]]:
    last, inside = index, []
    while last + 1 < len(text.tokens) and text.tokens[last + 1].start < end and last - index < 9:
        following, gap = last + 1, text.between(last, last + 1)
        token = text.tokens[following]
        quoted = text.folded.count('"', text.tokens[index].end, token.start) % 2
        if one := known.get(following):
            if _BETWEEN.match(gap) and not inside and not _looks_dative(text, one):
                inside.append(one)
                last = one.last
                continue
            break
        if not quoted and not _may_follow(text, known, last, gap, end):
            break
        last = following
    return last, inside


def _may_follow(text: Text, known: dict[int, Named], last: int, gap: str, end: int) -> bool:
    token = text.tokens[last + 1]
    if gap == ", " and _PLACE.fullmatch(token.word):
        return True
    if not _BETWEEN.match(gap.replace(". ", " ") if text.tokens[last].word == "г" else gap):
        return False
    if token.word == "по":
        return True
    if token.word == "и":
        after = last + 2
        if after >= len(text.tokens) or text.tokens[after].start >= end or after in known:
            return False
        return bool(_TAIL_RU.fullmatch(text.tokens[after].word)) and not _VERB_RU.fullmatch(
            text.tokens[after].word
        )
    if token.word in _NO_TAIL or _VERB_RU.fullmatch(token.word) or token.word.endswith("но"):
        return False
    if text.tokens[last].word == "по" or text.tokens[last - 1].word == "по":
        return True
    return bool(_TAIL_RU.fullmatch(token.word)) or (text.is_capital(last + 1) and '"' in gap)


def _looks_dative(text: Text, one: Named) -> bool:
    head = head_of(text.tokens[one.first].word, False)
    return bool(head) and "dative" in head[1] and "of" not in head[1]


def _kazakh(text: Text, known: dict[int, Named], start: int, end: int) -> Iterator[Body]:
    shown = _visible(text, start, end)
    held: Body | None = None
    free = -1
    for index in shown:
        if index <= free:
            continue
        if one := known.get(index):
            if held:
                yield held
            held, free = _known(text, one, True), one.last
            continue
        head = head_of(text.tokens[index].word, True)
        if not head:
            continue
        first = _left(text, index, head[0], start, held)
        if held and first <= held.last:
            held = _merged(text, held, index, head, first)
        else:
            if held:
                yield held
            held = _group_kk(text, first, index, head)
        free = index
    if held:
        yield held


def _left(text: Text, index: int, stem: str, start: int, held: Body | None) -> int:
    """The first word of a name that ends with this noun."""
    first, proper = index, stem in PROPER
    while first and index - first < (6 if proper else 4):
        token, gap = text.tokens[first - 1], text.between(first - 1, first)
        if token.start < start or not _BETWEEN.match(gap):
            break
        if held and first - 1 <= held.last:
            return held.first if _names_it(held, index, first) else first
        if token.word in _STOP_KK or _NOT_BEFORE_KK.fullmatch(token.word) or _SURNAME.fullmatch(token.word):
            break
        if text.is_capital(first - 1) and not proper:
            break
        first -= 1
    return first


def _names_it(held: Body, index: int, first: int) -> bool:
    """Whether the body before is part of this name: «ӨҚМ Құрылыс комитеті», «Caspian Group компаниясы»."""
    return (
        bool(held.cases & {"plain", "of"}) and "dative" not in held.cases - ALL_CASES and index - first <= 3
    )


def _merged(text: Text, held: Body, index: int, head: tuple[str, frozenset[str], bool], first: int) -> Body:
    stem, cases, plural = head
    code = (
        held.code
        if stem in TRANSPARENT and "of" not in (held.cases if held.cases != ALL_CASES else ())
        else None
    )
    begin, stop = _quoted(text, text.tokens[held.first].start, text.tokens[index].end)
    return replace(
        held,
        last=index,
        start=begin,
        end=stop,
        code=code,
        cases=cases,
        is_plural=plural,
        is_group=code is None and plural,
    )


def _group_kk(text: Text, first: int, last: int, head: tuple[str, frozenset[str], bool]) -> Body:
    stem, cases, plural = head
    begin, stop = _quoted(text, text.tokens[first].start, text.tokens[last].end)
    has_name = any(text.is_capital(i) for i in range(first + 1, last + 1)) or '"' in text.folded[begin:stop]
    group = plural or (stem in GENERIC and not has_name)
    return Body(first, last, begin, stop, None, group, plural, cases)
