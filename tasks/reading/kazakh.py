"""Kazakh instructions: «…ға …уды тапсырды», «министрлік … қамтамасыз етсін», «…уға тиіс», «жүктелсін»."""

import re
from collections.abc import Sequence

from tasks.reading.bodies import Body, bodies
from tasks.reading.clauses import Clause, chain_back, choose_term, is_at, leader
from tasks.reading.names import Named
from tasks.reading.terms import terms
from tasks.reading.text import Text

_TASK = r"(?:тапсырма(?:лар|сын)?|нұсқау|міндет(?:тер|тері|ін|і)?|талап)"
TRIGGER = re.compile(
    rf"(?<!\w)(?:тапсырды(?:қ)?|тапсырады|тапсырамын|тапсырып отыр(?:мын)?|тапсырылды|тапсырылады|тапсырылсын|тапсырма(?:лар)?(?:ын)?\s(?:\S+\s)?(?:берді|береді|беремін|берілді|бердік)"
    rf"|жүктеді|жүктеймін|жүктейді|жүктелді|жүктеледі|жүктелсін|міндеттеді|міндеттеймін|міндеттейді|міндеттелді|міндеттелсін|міндеттеледі"
    rf"|{_TASK}\s(?:қойды|қойылды|қоямын|қойып отыр|жүктеді|жүктелді|берді|берілді|етті|етемін)|ұсынылсын|ұсыныс жасалды|кеңес берілсін)(?!\w)"
)
IMPERATIVE = re.compile(r"[^\W\d_]{2,}(?:сын|сін)")
NEEDED = re.compile(r"(?<!\w)(?:тиіс|қажет|керек|міндетті|жөн)(?:ті|тігін)?(?!\w)")
_OBJECT = re.compile(r"[^\W\d_]{2,}(?:[ую]ды|[ую]ді)")
_PAUSE = re.compile(r"\s*[,;]|\s+(?:және|сондай-ақ|ал)\s")
_ACTION = re.compile(r"[^\W\d_]{1,}[ую]")
_DECIDING = re.compile(
    r"(?<!\w)(?:бекітілсін|мақұлдансын|келісілсін|құрылсын|танылсын|ұзартылсын|алынып тасталсын|алынсын|енгізілсін|қабылдансын|белгіленсін|"
    r"тағайындалсын|сайлансын|қолдау тапсын|қолдансын|саналсын|есептелсін|шығарылсын|кейінге қалдырылсын|аяқталсын)(?!\w)"
)
_SPEECH = re.compile(
    r"[\"\s,]*\s-\s(?:деді|деп|дейді|деген|делін|атап|мәлімде|қосты|түйін|айтты)|\"\s*(?:,\s*)?(?:деді|деп|дейді)(?!\w)"
)
_TOGETHER = re.compile(r"(?:\s*\([^()]*\))*[\s,]*(?:бірлес\w*|біріг\w*|бірге)(?!\w)")
_REPORTING = re.compile(
    r"есеп|ақпарат|ұсыныс|мәлімет|баянда|хабарла|жолда|жібер|ұсын|енгіз|қарау|қолда|көмек|жәрдем|бекіт|келіс"
)
_ABOVE = {
    "government",
    "president",
    "prime_minister",
    "deputy_prime_minister",
    "government_apparatus",
    "project_office",
    "council",
}


def predicate_end(text: Text, start: int, end: int) -> int:
    """Where the sentence itself ends, without «…», – деді ол."""
    speech = _SPEECH.search(text.folded, start, end)
    return speech.start() if speech else end


def last_words(text: Text, start: int, end: int) -> list[int]:
    return list(text.words(start, predicate_end(text, start, end)))[-3:]


def is_imperative(text: Text, start: int, end: int) -> bool:
    """The sentence ends with a verb in -сын, -сін."""
    last = last_words(text, start, end)
    return bool(last) and bool(IMPERATIVE.fullmatch(text.tokens[last[-1]].word))


def is_needed(text: Text, start: int, end: int) -> bool:
    last = last_words(text, start, end)
    return bool(last) and any(NEEDED.fullmatch(text.tokens[index].word) for index in last[-2:])


def is_action(text: Text, start: int, end: int) -> bool:
    """The passage ends with a noun of action: «әзірлеу», as items of a list do."""
    last = last_words(text, start, end)
    return (
        bool(last)
        and bool(_ACTION.fullmatch(text.tokens[last[-1]].word))
        and len(text.tokens[last[-1]].word) > 3
    )


def is_decision(text: Text, start: int, end: int) -> bool:
    return bool(_DECIDING.search(text.folded, start, end))


def ordered(text: Text, named: list[Named], start: int, end: int) -> list[Clause] | None:
    """Instructions of a sentence that has a verb of instructing; None where it has none."""
    triggers = list(TRIGGER.finditer(text.folded, start, end))
    if not triggers:
        return None
    clauses: list[Clause] = []
    begin = start
    for number, trigger in enumerate(triggers):
        stop = end if number == len(triggers) - 1 else trigger.end()
        clauses += _ordered_by(text, named, begin, trigger, stop)
        begin = stop
    return clauses


def _ordered_by(text: Text, named: list[Named], start: int, trigger: re.Match[str], end: int) -> list[Clause]:
    objects = _objects(text, start, trigger.start())
    found = [body for body in bodies(text, named, start, trigger.start())]
    passive = re.search(r"[ылі][лн]ды|[ылі][лн]ді|лсын|лсін|ынды|лді|лды", trigger.group())
    if not objects and not _has_object(text, start, trigger):
        if re.match(r"тапсыр(?!ма)", trigger.group()):
            return []
        chains = _dative_chains(text, found, start, trigger.start())
        return (
            [_clause(text, named, found, start, end, chains[0])]
            if chains and not _is_bare(text, chains[0], trigger)
            else []
        )
    parts: list[tuple[int, list[Body]]] = []
    begin = start
    for place in [*objects, trigger.start()]:
        chains = _dative_chains(text, [body for body in found if begin <= body.start < place], begin, place)
        chain = _addressees(text, chains, begin, place, first=not parts)
        if chain or not parts:
            parts.append((begin if not parts else chain[0].start, chain or []))
        elif not parts[0][1] and chain:
            parts[0] = (parts[0][0], chain)
        begin = place
    if passive and not parts[0][1]:
        parts[0] = (
            parts[0][0],
            _subject(text, found, start) if trigger.group().startswith("міндеттел") else [],
        )
    stops = [place for place, _ in parts[1:]] + [end]
    return [
        _clause(text, named, found, place, stop, chain)
        for (place, chain), stop in zip(parts, stops, strict=True)
    ]


def _objects(text: Text, start: int, stop: int) -> list[int]:
    """Where nouns of action end: «…уды», and «…у» before a comma or an "and"."""
    return [
        text.tokens[i].end
        for i in text.words(start, stop)
        if _OBJECT.fullmatch(text.tokens[i].word)
        or (_ACTION.fullmatch(text.tokens[i].word) and _PAUSE.match(text.folded, text.tokens[i].end, stop))
    ]


def _has_object(text: Text, start: int, trigger: re.Match[str]) -> bool:
    """«… жасау тапсырылды», «… арттыру жөнінде тапсырма берді»: a noun of action right before the verb."""
    before = list(text.words(start, trigger.start()))[-3:]
    words = [text.tokens[index].word for index in before]
    tail = (
        words[-1:]
        if words and words[-1] not in ("туралы", "жөнінде", "бойынша", "қатысты", "міндеті", "міндетін")
        else words[-2:-1]
    )
    return (
        bool(tail)
        and bool(re.fullmatch(r"[^\W\d_]+[ую](?:ға|ге|ын|ін|ды|ді|ы|і)?", tail[0]))
        and len(tail[0]) > 3
    )


def _is_bare(text: Text, chain: list[Body], trigger: re.Match[str]) -> bool:
    """«Министрлікке бірқатар тапсырма берді»: nothing is said but that there was an instruction."""
    between = text.folded[chain[-1].end : trigger.start()].strip(" ,:")
    return bool(re.fullmatch(r"(?:бірқатар|нақты|тиісті|бірнеше|тың|жаңа|қосымша|осындай|\s)*", between))


def _dative_chains(text: Text, found: Sequence[Body], start: int, stop: int) -> list[list[Body]]:
    chains = [
        chain_back(text, found, index)
        for index, body in enumerate(found)
        if start <= body.start < stop and "dative" in body.cases and "plain" not in body.cases
    ]
    return [one for one, following in zip(chains, [*chains, []][1:], strict=True) if one[0] not in following]


def _addressees(text: Text, chains: list[list[Body]], start: int, stop: int, *, first: bool) -> list[Body]:
    """The first chain of a clause; a later clause needs it at its beginning, and a report to those above is none."""
    for chain in chains:
        rest = text.folded[chain[-1].end : stop]
        above = all(body.code in _ABOVE for body in chain)
        if above and _REPORTING.search(rest):
            continue
        if first:
            return chain
        if is_at(text, start, chain[0].start, terms(text.folded, start, chain[0].start)):
            if not (len(rest.split()) <= 3 and _REPORTING.search(rest)):
                return chain
    return []


def _subject(text: Text, found: Sequence[Body], start: int) -> list[Body]:
    """The bodies in the nominative, at the beginning if there are such: «Министрлік … аяқтасын»."""
    plain = [index for index, body in enumerate(found) if "plain" in body.cases and not _belongs(text, body)]
    if not plain:
        return []
    chain = [found[plain[0]]]
    for index in plain[1:]:
        if chain_back(text, found, index)[0].first > chain[-1].last:
            break
        chain.append(found[index])
    return chain


def _belongs(text: Text, body: Body) -> bool:
    """A body that only describes the next word: «ӨҚМ ұсынған», «министрлік бекіткен»."""
    following = body.last + 1
    return following < len(text.tokens) and bool(
        re.fullmatch(r"[^\W\d_]+(?:[қғкг][ае]н|атын|етін)", text.tokens[following].word)
    )


def item(text: Text, named: list[Named], start: int, end: int) -> list[Clause]:
    """Instructions whose subject is the addressee: «Министрлік әкімдікпен бірлесіп … қамтамасыз етсін»."""
    if not (is_imperative(text, start, end) or is_needed(text, start, end) or is_action(text, start, end)):
        return []
    stop = predicate_end(text, start, end)
    found = bodies(text, named, start, stop)
    with_verb = is_imperative(text, start, end) and not _is_passive(text, start, end)
    if not with_verb and is_imperative(text, start, end) and is_decision(text, start, end):
        subject: list[Body] = []
    else:
        subject = _subject(text, found, start)
    chains = _dative_chains(text, found, start, stop)
    opening = [
        chain
        for chain in chains
        if is_at(text, start, chain[0].start, terms(text.folded, start, chain[0].start))
    ]
    at_start = bool(subject) and is_at(
        text, start, subject[0].start, terms(text.folded, start, subject[0].start)
    )
    if with_verb or is_needed(text, start, end):
        to = subject or (opening[0] if opening else [])
    else:
        to = opening[0] if opening else subject if at_start else []
    return [_clause(text, named, found, start, end, to)] if to else []


def _is_passive(text: Text, start: int, end: int) -> bool:
    last = text.tokens[last_words(text, start, end)[-1]].word
    return bool(re.search(r"(?:[ыіл]л|[аеыі]н|іл|ыл)(?:сын|сін)$", last)) and not re.search(
        r"(?:ұсынсын|сенсін|жүгінсін|алсын|қалсын|болсын|келсін|орналассын|білсін)$", last
    )


def heading(text: Text, named: list[Named], start: int, end: int) -> Clause:
    """Whom a line that ends with a colon addresses: «Туризм және спорт министрлігі:», «… министрлігіне:»."""
    found = bodies(text, named, start, end)
    chains = _dative_chains(text, found, start, end)
    clause = _clause(text, named, found, start, end, chains[0] if chains else _subject(text, found, start))
    return clause


def _clause(
    text: Text, named: list[Named], found: Sequence[Body], start: int, stop: int, to: list[Body]
) -> Clause:
    start, end = text.trim(start, stop)
    passage = text.folded[start:end]
    end = start + len(re.sub(r"[\s,]+(?:ал|және|сондай-ақ)\s*$", "", passage))
    inside = [body for body in found if start <= body.start < end]
    along = _along(text, inside, to)
    return Clause(
        start, end, to, along, leader(text, named, inside, start, end), choose_term(text, start, end)
    )


def _along(text: Text, found: Sequence[Body], to: list[Body]) -> list[Body]:
    """Who acts together with the addressee: «…мен бірлесіп»; «бірге» only right beside the addressee."""
    kept: list[Body] = []
    for index, body in enumerate(found):
        if (
            "with" not in body.cases
            or "plain" in body.cases
            or not (together := _TOGETHER.match(text.folded, body.end))
        ):
            continue
        chain = [one for one in chain_back(text, found, index) if one not in to]
        beside = any(
            abs(chain[0].first - one.last) <= 1 or abs(one.first - chain[-1].last) <= 2 for one in to
        )
        if "бірлес" in together.group() or "біріг" in together.group() or beside:
            kept += chain
    return kept
