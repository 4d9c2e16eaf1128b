"""Bodies by a Russian noun: adjectives before it, a genitive or a name in quotes after it."""

import re

from tasks.reading.body import Body, quoted
from tasks.reading.heads import ALL_CASES, GENERIC, TRANSPARENT, Head, head_of
from tasks.reading.names import ORGANISATION, Named
from tasks.reading.text import Text

_FORM = "ао"
_ADJECTIVE = re.compile(
    r".*(?:[ое]му|[ыи]м|[ое]й|[ыи]ми|[ыи]х|[ое]го|ые|(?<!н)ие|[ыи]й|ая|ое)|вс(?:ем|еми|ех|е)|обои[мх]|обеим"
)
_EACH = re.compile(r"(?:вс(?:ем|еми|ех|е)|кажд\w+|друг\w+|остальн\w+|соответствующ\w+|обои[мх]|обеим)")
_GENITIVE = re.compile(r".*(?:[аяыи]|[оеё]в|[еи]й|[ое]го|[ое]й|[ыи]х|ь)|рк|г|обл|[a-z0-9].*")
_STOPS = set(
    "и а в во с со до к ко на при о об не за для без вместе совместно также из от под над через".split()
)
_VERB = re.compile(
    r".*(?:[аеиыя]ть(?:ся)?|[оа]вать|[дй]ти|[внз]ести|ено|ано|ены|аны|ена|ана|ил|ила|или|ал|ала|али)|пусть|должн.*"
)
_PLACE = re.compile(r"(?:г|город\w*|област\w+|район\w*|сел\w?|столиц\w)")
_PLACES = ("городов", "областей", "районов")
#: A name with a capital goes on with these: «отдел города Алатау», «акимам городов Конаев и Алатау».
_BEFORE_NAME = ("города", "г", "села", "поселка", "и")
_CLOSE = re.compile(r"[ \"\n]*")


def described(
    text: Text, known: dict[int, Named], index: int, place: tuple[int, int], held: Body | None
) -> Body | None:
    """The body called by the noun at this word."""
    head = head_of(text.tokens[index].word, kazakh=False) or form_before_name(text, index)
    if head is None:
        return None
    stem, cases, plural = head
    first, free = index, held.last if held else -1
    while _is_adjective(text, first, place[0], free):
        first -= 1
    if first < index and _shares_noun(text, first, place[0], free):
        first -= 2
        while _is_adjective(text, first, place[0], free):
            first -= 1
    last, inside = _tail(text, known, index, place[1])
    code = inside.code if inside and stem in TRANSPARENT and inside.kind == ORGANISATION else None
    start, end = quoted(text, text.tokens[first].start, text.tokens[last].end)
    has_name = any(text.is_capital(i) or text.tokens[i].word.isascii() for i in range(index + 1, last + 1))
    is_each = any(_EACH.fullmatch(text.tokens[i].word) for i in range(first, index))
    group = code is None and (plural or is_each or (stem in GENERIC and not has_name))
    return Body(first, last, start, end, code, group, cases)


def form_before_name(text: Text, index: int) -> Head | None:
    """Capitals right before a name in quotes say what kind of body it is: НПП «Атамекен», ГКП «Алатау Су»."""
    token = text.tokens[index]
    raw = text.raw[token.start : token.end]
    is_form = raw.isupper() and 2 <= len(raw) <= 5 and text.folded[token.end : token.end + 2] == ' "'
    return Head(_FORM, ALL_CASES, False) if is_form else None


def _is_adjective(text: Text, first: int, start: int, free: int) -> bool:
    before = first - 1
    if before <= free or text.tokens[before].start < start or text.between(before, first) != " ":
        return False
    return bool(_ADJECTIVE.fullmatch(text.tokens[before].word))


def _shares_noun(text: Text, first: int, start: int, free: int) -> bool:
    """«центральным и местным органам»: one more adjective in the same case before an "and"."""
    other = first - 2
    if other <= free or text.tokens[other].start < start or text.tokens[first - 1].word != "и":
        return False
    one, two = text.tokens[other].word, text.tokens[first].word
    return bool(_ADJECTIVE.fullmatch(one)) and one[-2:] == two[-2:]


def _tail(text: Text, known: dict[int, Named], index: int, end: int) -> tuple[int, Named | None]:
    """The last word that belongs to the noun, and the known name among the words behind it."""
    last, inside = index, None
    while last + 1 < len(text.tokens) and text.tokens[last + 1].start < end and last - index < 9:
        following, gap = last + 1, text.between(last, last + 1)
        if one := known.get(following):
            if inside or not _CLOSE.fullmatch(gap) or _is_dative(text, one):
                break
            inside, last = one, one.last
            continue
        in_quotes = _is_within_quotes(text, text.tokens[index].end, text.tokens[following].start)
        if not in_quotes and (inside or not _may_follow(text, known, last, gap, end)):
            break
        last = following
    return last, inside


def _is_within_quotes(text: Text, start: int, place: int) -> bool:
    """Whether quotes that were opened since are still open; one mark may close two: АО «НК «Қазақстан темір жолы»."""
    passage = text.raw[start:place]
    if "«" in passage or "“" in passage:
        return max(map(passage.rfind, "«“")) > max(map(passage.rfind, "»”"))
    return passage.count('"') % 2 == 1


def _may_follow(text: Text, known: dict[int, Named], last: int, gap: str, end: int) -> bool:
    token = text.tokens[last + 1]
    if gap == ", " and (_PLACE.fullmatch(token.word) or _is_one_of_places(text, last)):
        return True
    if not _CLOSE.fullmatch(gap.replace(".", "") if text.tokens[last].word == "г" else gap):
        return False
    if token.word == "по" or (text.is_capital(last + 1) and text.tokens[last].word in _BEFORE_NAME):
        return True
    if token.word == "и":
        return _goes_on(text, known, last + 2, end)
    if token.word in _STOPS or _is_predicate(token.word):
        return False
    if text.tokens[last].word.endswith(("ых", "их")) or "по" in (
        text.tokens[last].word,
        text.tokens[last - 1].word,
    ):
        return True
    raw = text.raw[token.start : token.end]
    return bool(_GENITIVE.fullmatch(token.word)) or raw.isupper() or (raw[0].isupper() and '"' in gap)


def _is_predicate(word: str) -> bool:
    """A verb, an adverb, or another body in the nominative: «акимам районов глава региона велел»."""
    other = head_of(word, kazakh=False)
    is_subject = other and "plain" in other.cases and "of" not in other.cases and not other.is_plural
    return bool(is_subject or _VERB.fullmatch(word)) or word.endswith("но")


def _is_one_of_places(text: Text, last: int) -> bool:
    """«акимам Акмолинской, Абайской областей», «городов Астаны, Алматы и Шымкента»."""
    both = text.is_capital(last) and text.is_capital(last + 1)
    words = text.tokens[last].word, text.tokens[last + 1].word
    return both and (all(word.endswith("ой") for word in words) or text.tokens[last - 1].word in _PLACES)


def _goes_on(text: Text, known: dict[int, Named], after: int, end: int) -> bool:
    """Whether the word after «и» is one more genitive, and no body of its own."""
    if after >= len(text.tokens) or text.tokens[after].start >= end or after in known:
        return False
    if text.tokens[after - 3].word in _PLACES and text.is_capital(after - 2) and text.is_capital(after):
        return True
    word = text.tokens[after].word
    token = text.tokens[after]
    if text.raw[token.start : token.end].isupper() and len(word) > 1:
        return True
    return (
        bool(_GENITIVE.fullmatch(word)) and not _VERB.fullmatch(word) and head_of(word, kazakh=False) is None
    )


def _is_dative(text: Text, one: Named) -> bool:
    head = head_of(text.tokens[one.first].word, kazakh=False)
    return head is not None and "dative" in head.cases and "of" not in head.cases
