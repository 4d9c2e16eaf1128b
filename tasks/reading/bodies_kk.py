"""Bodies by a Kazakh noun: what describes it stands before it («жауапты мемлекеттік органдарға»)."""

import re
from dataclasses import replace

from tasks.reading.body import Body, quoted, renamed
from tasks.reading.endings import hard
from tasks.reading.heads import ALL_CASES, GENERIC, PROPER, TRANSPARENT, Head, head_of
from tasks.reading.names import Named
from tasks.reading.text import Text

_STOPS = set(
    "және мен бен пен ал сондай-ақ сонымен бірге қатар бойынша туралы жөнінде жөніндегі кейін үшін "
    "ретінде сияқты аясында "
    "барысында министр вице-министр президент премьер-министр вице-премьер осыған осы байланысты ол "
    "оның бұл олар екі әрі да де та те деп дейін ішінде қарай күні жылы бірлесіп "
    "бірлесе отырып болып тиіс қажет керек".split()
)
#: Words in these cases and verbs do not describe the noun behind them.
_CLOSED = re.compile(
    r"(?!тұрғын|шығын|шағын|жақын|аудан$|мекен$|орман$|\w*[итмнрлфс]ика$).*(?:[дт][ае]|[дтн][ае]н|[ғқгк][ае]|[ыі]н|[ыі]на|[ыі]не|[ыі]п|[ғқгк][ае]н"
    r"|[мбп]ен|[ду]ы|[ду]і|сын|сін)"
)
_ADJECTIVES = frozenset(
    "орталық мердігер құрылысшы жобалаушы инвестор девелопер оператор кәсіпкер беруші".split()
)
_SURNAME = re.compile(
    r"(?!тұрғын|шағын).*(?:[оеё]ва?|[иы]на?|ұлы|қызы|ская|ский)(?:[қғкг][ае]|[мбп]ен|[дтн][ыі]ң?)?"
)
_WHICH = frozenset(
    "барлық бас мүдделі тиісті жауапты уәкілетті облыстық қалалық жергілікті орталық мемлекеттік басқа қалған "
    "аталған".split()
)
#: An adjective that may begin a sentence: «Аумақтық органдарға».
_QUALITY = re.compile(r".*(?:[лдт][ыі][қк]|[лдт][ыі])")
_EACH = frozenset("барлық бүкіл әр әрбір қалған тиісті".split())
#: Who holds an office is no part of the name of another body: «Қала әкімі Білім бөліміне …».
_PERSONS = frozenset("әкім министр вице-министр төраға орынбасар басшы директор".split())
_OWNED = re.compile(r"(?:[лдт][ае]р[ыі]|[^аеіы]с?[ыі])(?:н[ае]|н[ыі]ң|мен|пен|н[ае]н|н[дт][ае]|н)?$")
_OWNED_PLURAL = re.compile(r"[лдт][ае]р[ыі](?:н[ае]|н[ыі]ң|мен|пен|н[ае]н|н)?$")
_TOWN = re.compile(r"(?:қала|облыс|аудан)с?ы")
_PLACES = re.compile(r"(?:облыс|қала|аудан)[лдт][ае]р")
_CAPITAL = "А-ЯӘҒҚҢӨҰҮҺІ"
_PERSON = re.compile(
    rf"\s+(?:[{_CAPITAL}]\.\s?){{0,2}}(?:[{_CAPITAL}]\w+\s)?[{_CAPITAL}]\w+(?:ов|ев|ин|ова|ева|ина|ұлы"
    rf"|қызы)(қа|ке|ға|ге|на|не|пен|мен|бен)(?!\w)"
)
_CLOSE = re.compile(r"[ \"\n]*")


def described(
    text: Text, known: dict[int, Named], index: int, place: tuple[int, int], held: Body | None
) -> Body | None:
    """The body called by the noun at this word, with the words that describe it; or the body before, if it names it."""
    head = head_of(text.tokens[index].word, kazakh=True)
    if head is None:
        return None
    stem, cases, plural = head
    first = _first(text, index, stem, place[0], held)
    if held and held.first < first and held.last >= first - 1 and _is_beside(text, held, first):
        joined = _named_by(text, held, first, index, head)
        if joined:
            return joined
    start, end = quoted(text, text.tokens[first].start, text.tokens[index].end)
    has_name = any(text.is_capital(i) for i in range(first + 1, index + 1)) or '"' in text.folded[start:end]
    is_each = any(text.tokens[i].word in _EACH for i in range(first, index))
    return Body(
        first, index, start, end, None, plural or is_each or (stem in GENERIC and not has_name), cases
    )


def with_person(text: Text, body: Body) -> Body:
    """«… орынбасары Д. Әлиевке»: the name of the person carries the ending of the office before it."""
    person = _PERSON.match(text.raw, body.end) if "plain" in body.cases else None
    return (
        replace(body, cases=frozenset({"with" if person[1] in ("пен", "мен", "бен") else "dative"}))
        if person
        else body
    )


def with_places(text: Text, body: Body, start: int, held: Body | None) -> Body:
    """«Ақмола, Абай және Ұлытау облыстарының әкімдеріне»: with the places that the plural stands for."""
    if not _PLACES.match(text.tokens[body.first].word):
        return body
    first, index = body.first, body.first - 1
    while index >= 0 and text.tokens[index].start >= start and not (held and index <= held.last):
        if text.is_capital(index) and text.between(index, index + 1) in (" ", ", "):
            first = index
        elif text.tokens[index].word not in ("және", "мен", "пен"):
            break
        index -= 1
    return replace(body, first=first, start=text.tokens[first].start)


def _is_beside(text: Text, held: Body, first: int) -> bool:
    if first > held.last and text.between(first - 1, first) == ' "':
        return False
    return first <= held.last or bool(_CLOSE.fullmatch(text.between(first - 1, first)))


def _first(text: Text, index: int, stem: str, start: int, held: Body | None) -> int:
    """The first word that describes the noun: up to a comma, an "and", a verb or a word in another case."""
    first, proper = index, stem in PROPER
    while first and index - first < (6 if proper else 4):
        token = text.tokens[first - 1]
        opened = text.folded.rfind('"', start, token.start)
        if text.folded[token.end : token.end + 2] == '" ' and opened >= 0:
            return text.at(opened)
        if (
            token.start < start
            or (held and first - 1 <= held.last and not _describes(text, held, index))
            or not _CLOSE.fullmatch(text.between(first - 1, first))
            or text.between(first - 1, first) == ' "'
        ):
            break
        if proper and token.word == "және" and _shares_noun(text, first - 2, start, held):
            first -= 2
            continue
        if token.word in _STOPS or _CLOSED.fullmatch(token.word):
            break
        if (
            text.is_capital(first - 1)
            and token.word not in _WHICH
            and not (token.start == start and (_QUALITY.fullmatch(token.word) or token.word in _ADJECTIVES))
            and (not proper or (_SURNAME.fullmatch(token.word) and not _TOWN.match(text.tokens[first].word)))
        ):
            break
        first -= 1
    return first


def _shares_noun(text: Text, index: int, start: int, held: Body | None) -> bool:
    """«Сәулет және қала құрылысы бөлімі»: a bare word that is no body itself stands before the "and"."""
    if index < 0 or text.tokens[index].start < start or (held and index <= held.last):
        return False
    word = text.tokens[index].word
    begins = text.is_capital(index) or text.tokens[index].start == start
    return begins and head_of(word, kazakh=True) is None and not _CLOSED.fullmatch(word)


def _describes(text: Text, held: Body, index: int) -> bool:
    """A bare noun before another: «орталық мемлекеттік органдар», «мердігер компания», «бөлім басшылары»."""
    head = head_of(text.tokens[held.last].word, kazakh=True)
    if held.code or head is None or hard(text.tokens[held.last].word) != hard(head.stem):
        return False
    return head.stem in _ADJECTIVES or bool(_OWNED.search(hard(text.tokens[index].word)))


def _named_by(text: Text, held: Body, first: int, index: int, head: Head) -> Body | None:
    """«Caspian Group компаниясы» is Caspian Group; «ӨҚМ Құрылыс комитеті», «ӨҚМ-нің комитеті» are other bodies."""
    stem, cases, plural = head
    bare = held.cases == ALL_CASES
    if (
        stem in TRANSPARENT
        and not (plural and stem == "инвестор")
        and (bare or "plain" in held.cases)
        and not head_of(text.tokens[held.last].word, kazakh=True)
    ):
        return renamed(held, text, index, cases, held.code, False)
    if held.cases == {"of"}:
        return renamed(held, text, index, cases, None, plural)
    if (
        plural
        and _OWNED_PLURAL.search(hard(text.tokens[index].word))
        and "plain" in held.cases
        and not held.is_group
    ):
        return renamed(held, text, index, cases, None, True)
    of_held = head_of(text.tokens[held.last].word, kazakh=True)
    if stem in GENERIC or held.is_group or (of_held and of_held.stem in _PERSONS):
        return None
    if bare or (first < index and text.is_capital(first) and "plain" in held.cases):
        return renamed(held, text, index, cases, None, plural)
    return None
