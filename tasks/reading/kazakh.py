"""Kazakh instructions: «…ға …уды тапсырды», «министрлік … қамтамасыз етсін», «…уға тиіс», «жүктелсін»."""

import re
from collections.abc import Sequence

from tasks.reading import words_kk as words
from tasks.reading.bodies import bodies
from tasks.reading.body import Body
from tasks.reading.clauses import Clause, chain_back, choose_term, is_at, leader
from tasks.reading.names import Named
from tasks.reading.terms import terms
from tasks.reading.text import Text

#: These take the accusative: «министрлікті тарта отырып».
_DRAWN_IN = re.compile(r"(?:жұмысқа\s)?тарт|қатыстыр")


def order_at(text: Text, start: int, end: int) -> int | None:
    trigger = words.TRIGGER.search(text.folded, start, end)
    return trigger.start() if trigger else None


def is_action(text: Text, start: int, end: int) -> bool:
    """The sentence ends with -сын, -сін, with "must", or with a noun of action («әзірлеу», as items of a list do)."""
    last = _last_words(text, start, end)
    return (
        _is_imperative(text, start, end)
        or _is_needed(text, start, end)
        or bool(last and (words.ACTION.fullmatch(last[-1]) or words.OBJECT.fullmatch(last[-1])))
    )


def is_decision(text: Text, start: int, end: int) -> bool:
    return bool(words.DECIDING.search(text.folded, start, end))


def _predicate_end(text: Text, start: int, end: int) -> int:
    """Where the sentence itself ends, without «…», – деді ол."""
    speech = words.SPEECH.search(text.folded, start, end)
    end = speech.start() if speech else end
    for comment in words.COMMENT.finditer(text.folded, start, end):
        said = [text.tokens[i].word for i in text.words(start, comment.start())[-1:]]
        if said and (words.IMPERATIVE.fullmatch(said[0]) or words.NEEDED.fullmatch(said[0])):
            return comment.start()
    return end


def _last_words(text: Text, start: int, end: int) -> list[str]:
    return [text.tokens[i].word for i in text.words(start, _predicate_end(text, start, end))[-2:]]


def _is_imperative(text: Text, start: int, end: int) -> bool:
    last = _last_words(text, start, end)
    return bool(last) and bool(words.IMPERATIVE.fullmatch(last[-1]))


def _is_needed(text: Text, start: int, end: int) -> bool:
    return any(words.NEEDED.fullmatch(word) for word in _last_words(text, start, end))


def _is_passive(text: Text, start: int, end: int) -> bool:
    last = _last_words(text, start, end)[-1]
    return bool(words.PASSIVE.search(last)) and not words.NOT_PASSIVE.search(last)


def ordered(text: Text, named: list[Named], start: int, end: int) -> list[Clause]:
    """Instructions of a sentence with verbs of instructing; each takes the words since the one before."""
    triggers = list(words.TRIGGER.finditer(text.folded, start, end))
    clauses: list[Clause] = []
    for trigger in triggers:
        stop = end if trigger is triggers[-1] else trigger.end()
        clauses += _ordered_by(text, named, start, trigger, stop)
        start = stop
    return clauses


def _ordered_by(text: Text, named: list[Named], start: int, trigger: re.Match[str], end: int) -> list[Clause]:
    found = bodies(text, named, start, trigger.start())
    objects = _objects(text, start, trigger.start())
    if not objects and not _has_object(text, start, trigger.start()):
        return _without_action(text, named, found, start, trigger, end)
    parts = _parts(text, found, start, [*objects, trigger.start()])
    if not parts[0][1] and trigger.group().startswith("талап"):
        parts[0] = (start, [body for body in found if words.FROM.search(text.tokens[body.last].word)])
    if not parts[0][1] and (trigger.group().startswith("міндеттел") or " ал" in trigger.group()):
        parts[0] = (parts[0][0], _subject(text, found))
    stops = [place for place, _ in parts[1:]] + [end]
    return [
        _clause(text, named, found, place, stop, chain)
        for (place, chain), stop in zip(parts, stops, strict=True)
    ]


def _without_action(
    text: Text, named: list[Named], found: list[Body], start: int, trigger: re.Match[str], end: int
) -> list[Clause]:
    """«Әкімдікке … мәселесі жүктелді»: a thing, not an action; of things «тапсырды» says that they were handed over."""
    chains = _dative_chains(text, found, start, trigger.start())
    if not chains or re.match(r"тапсыр(?!ма)", trigger.group()):
        return []
    said = text.folded[chains[0][-1].end : trigger.start()].strip(" ,:")
    before = text.folded[start : chains[0][0].start].split()
    is_named = bool(before) and bool(words.ACTION.fullmatch(before[-1]))
    if words.BARE.fullmatch(said) and not is_named and not words.GIVES.fullmatch(trigger.group()):
        return []
    return [_clause(text, named, found, start, end, chains[0])]


def _parts(text: Text, found: list[Body], start: int, ends: list[int]) -> list[tuple[int, list[Body]]]:
    """(where it begins, addressees) of each clause: a new one where addressees of its own open the next action."""
    parts: list[tuple[int, list[Body]]] = [(start, [])]
    begin = start
    for place in ends:
        chains = _dative_chains(text, found, begin, place)
        chain = _addressees(text, chains, begin, place, first=begin == start)
        if chain and not parts[0][1]:
            parts[0] = (start, chain)
        elif chain:
            parts.append((chain[0].start, chain))
        begin = place
    return parts


def _objects(text: Text, start: int, stop: int) -> list[int]:
    """Where nouns of action end: «…уды», and «…у» before a comma or an "and"."""
    tokens = [text.tokens[index] for index in text.words(start, stop)]
    return [
        token.end
        for token in tokens
        if words.OBJECT.fullmatch(token.word)
        or (words.ACTION.fullmatch(token.word) and words.PAUSE.match(text.folded, token.end, stop))
    ]


def _has_object(text: Text, start: int, stop: int) -> bool:
    """«… жасау тапсырылды», «… арттыру жөнінде тапсырма берді»: a noun of action right before the verb."""
    last = [text.tokens[index].word for index in text.words(start, stop)[-2:]]
    if last and last[-1] in words.ABOUT:
        last = last[:-1]
    return bool(last) and bool(re.fullmatch(r"[^\W\d_]{3,}[ую](?:ға|ге|ын|ін|ы|і)?", last[-1]))


def _dative_chains(text: Text, found: Sequence[Body], start: int, stop: int) -> list[list[Body]]:
    chains = [
        chain_back(text, found, index)
        for index, body in enumerate(found)
        if start <= body.start < stop and "dative" in body.cases and "plain" not in body.cases
    ]
    kept = [one for one, following in zip(chains, [*chains, []][1:], strict=True) if one[0] not in following]
    return [[body for body in chain if body.start >= start] for chain in kept]


def _addressees(text: Text, chains: list[list[Body]], start: int, stop: int, *, first: bool) -> list[Body]:
    """The first chain of a clause; a later clause needs it at its beginning, and a report to those above is none."""
    for chain in chains:
        rest = text.folded[chain[-1].end : stop]
        is_above = all(body.code in words.ABOVE for body in chain)
        if is_above and len(rest.split()) <= 4 and words.REPORTING.search(rest):
            continue
        if first:
            return chain
        is_report = len(rest.split()) <= 3 and words.REPORTING.search(rest)
        if _is_first(text, start, chain) and not is_report:
            return chain
    return []


def _is_first(text: Text, start: int, chain: list[Body]) -> bool:
    return is_at(text, start, chain[0].start, terms(text.folded, start, chain[0].start))


def _subject(text: Text, found: Sequence[Body]) -> list[Body]:
    """The first bodies in the nominative, joined ones and those in a row: «Министрлік, әкімдік … аяқтасын»."""
    plain = [
        index for index, body in enumerate(found) if "plain" in body.cases and not _only_describes(text, body)
    ]
    chain = [found[plain[0]]] if plain else []
    for index in plain[1:]:
        if chain_back(text, found, index)[0].first > chain[-1].last:
            break
        chain.append(found[index])
    return chain


def _only_describes(text: Text, body: Body) -> bool:
    """A body that only describes the next word: «ӨҚМ ұсынған», «министрлік бекіткен»."""
    following = text.tokens[body.last + 1].word if body.last + 1 < len(text.tokens) else ""
    return bool(re.fullmatch(r"[^\W\d_]+(?:[қғкг][ае]н|атын|етін)", following))


def item(text: Text, named: list[Named], start: int, end: int) -> list[Clause]:
    """Instructions whose subject is the addressee («министрлік … қамтамасыз етсін»), or to whom something is given."""
    if not is_action(text, start, end):
        return []
    found = bodies(text, named, start, _predicate_end(text, start, end))
    opening = next(
        (chain for chain in _dative_chains(text, found, start, end) if _is_first(text, start, chain)), []
    )
    subject = _subject(text, found)
    imperative = _is_imperative(text, start, end)
    if imperative and _is_passive(text, start, end):
        is_named = bool(subject) and _is_first(text, start, subject) and not is_decision(text, start, end)
        to = opening or (subject if is_named else [])
    elif imperative or _is_needed(text, start, end):
        to = subject or opening
    else:
        to = opening or (subject if subject and _is_first(text, start, subject) else [])
    return [_clause(text, named, found, start, end, to)] if to else []


def is_said_as_order(text: Text, clause: Clause, *, among_orders: bool) -> bool:
    """«Министрлік … қамтамасыз етсін» always; "must" only where orders are given."""
    if _is_imperative(text, clause.start, clause.end):
        return True
    last = _last_words(text, clause.start, clause.end)
    if last and words.OBJECT.fullmatch(last[-1]) and "dative" in clause.to[-1].cases:
        return True
    return among_orders and _is_needed(text, clause.start, clause.end)


def heading(text: Text, named: list[Named], start: int, end: int) -> Clause:
    """Whom a line that ends with a colon addresses: «Туризм және спорт министрлігі:», «… министрлігіне:»."""
    found = bodies(text, named, start, end)
    chains = _dative_chains(text, found, start, end)
    return _clause(text, named, found, start, end, chains[0] if chains else _subject(text, found))


def _clause(
    text: Text, named: list[Named], found: Sequence[Body], start: int, stop: int, to: list[Body]
) -> Clause:
    start += len(text.folded[start:stop]) - len(text.folded[start:stop].lstrip(" ,;\n"))
    start, end = text.trim(start, stop)
    end = start + len(re.sub(r"[\s,]+(?:ал|және|сондай-ақ)\s*$", "", text.folded[start:end]))
    inside = [body for body in found if start <= body.start < end]
    lead = leader(text, named, inside, start, end)
    return Clause(start, end, to, _along(text, inside, to), lead, choose_term(text, start, end))


def _along(text: Text, found: Sequence[Body], to: list[Body]) -> list[Body]:
    """Who acts together with the addressee: «…мен бірлесіп», «…ның қатысуымен»; «бірге» only right beside him."""
    kept: list[Body] = []
    for index, body in enumerate(found):
        together = words.TOGETHER.match(text.folded, body.end)
        case = "other" if together and _DRAWN_IN.match(together["firmly"] or "") else "with"
        if not together or "plain" in body.cases or not body.cases & {case, "of"}:
            continue
        chain = [one for one in chain_back(text, found, index) if one not in to]
        beside = any(
            abs(chain[0].first - one.last) <= 1 or abs(one.first - chain[-1].last) <= 2 for one in to
        )
        if together["firmly"] or beside:
            kept += chain
    return kept
