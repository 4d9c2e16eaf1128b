"""Kazakh instructions: «…ға …уды тапсырды», «министрлік … қамтамасыз етсін», «…уға тиіс», «жүктелсін»."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from tasks.reading import words_kk as words
from tasks.reading.bodies import bodies
from tasks.reading.body import Body
from tasks.reading.clauses import Clause, choose_term, is_at, leader
from tasks.reading.enumerating import enumerated
from tasks.reading.kazakh_who import addressees, along, dative_chains, is_first, subject_of
from tasks.reading.names import Named
from tasks.reading.terms import terms
from tasks.reading.text import Text

#: A term set apart behind the predicate: «… қою – үш апта мерзімде;», «… салу (1 мамырға дейін)».
_TERM_LAST = re.compile(r"[\s.;)]*")
_TERM_APART = re.compile(r"\s*(?:\s-|[(,])\s*(?:мерзімі\s*[-:]?\s*)?$")


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
    for term in terms(text.folded, start, end):
        apart = _TERM_APART.search(text.folded, start, term.start)
        if apart and _TERM_LAST.fullmatch(text.folded[term.end : end]):
            return apart.start()
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
    triggers = [
        trigger
        for number, trigger in enumerate(words.TRIGGER.finditer(text.folded, start, end))
        if not number or not words.GIVES.fullmatch(trigger.group())
    ]
    clauses: list[Clause] = []
    if triggers and (listed := words.LISTS.match(text.folded, triggers[-1].end(), end)):
        found = bodies(text, named, start, triggers[-1].start())
        if before := dative_chains(text, found, start, triggers[-1].start()):
            return [_clause(text, named, found, start, end, before[0])]
        for piece in enumerated(text, listed.end(), end, r";\s+"):
            clauses += item(text, named, *piece)
        return clauses
    for trigger in triggers:
        stop = end if trigger is triggers[-1] else trigger.end()
        clauses += _ordered_by(text, named, start, trigger, stop)
        start = stop
    return clauses


def _ordered_by(text: Text, named: list[Named], start: int, trigger: re.Match[str], end: int) -> list[Clause]:
    found = bodies(text, named, start, trigger.start())
    if beside := _right_before(text, found, start, trigger.start()):
        return [_clause(text, named, found, start, end, beside)]
    objects = _objects(text, start, trigger.start())
    is_bound = trigger.group().startswith("міндеттел") and any(
        words.ACTION.fullmatch(text.tokens[i].word) for i in text.words(start, trigger.start())
    )
    if not objects and not is_bound and not _has_object(text, start, trigger.start()):
        return _without_action(text, named, found, start, trigger, end)
    parts = _parts(text, found, start, [*objects, trigger.start()])
    is_asked = trigger.group().startswith(("сұра", "өтін"))
    if is_asked and not words.CHIEF.search(text.folded, start, trigger.start()):
        return []
    if not parts[0][1] and (is_asked or trigger.group().startswith("талап")):
        parts[0] = (start, [body for body in found if words.FROM.search(text.tokens[body.last].word)])
    if not parts[0][1] and (trigger.group().startswith("міндеттел") or " ал" in trigger.group()):
        parts[0] = (parts[0][0], subject_of(text, found))
    stops = [place for place, _ in parts[1:]] + [end]
    return [
        _clause(text, named, found, place, stop, chain)
        for (place, chain), stop in zip(parts, stops, strict=True)
    ]


def _right_before(text: Text, found: list[Body], start: int, stop: int) -> list[Body]:
    """«… кеңсеге ұсыну ӨҚМ-ге жүктелсін»: whoever stands between the noun of action and the verb."""
    chains = dative_chains(text, found, start, stop)
    if not chains or text.folded[chains[-1][-1].end : stop].strip(" ,"):
        return []
    before = text.folded[start : chains[-1][0].start].split()
    return chains[-1] if before and words.ACTION.fullmatch(before[-1]) else []


def _without_action(
    text: Text, named: list[Named], found: list[Body], start: int, trigger: re.Match[str], end: int
) -> list[Clause]:
    """«Әкімдікке … мәселесі жүктелді»: a thing, not an action; of things «тапсырды» says that they were handed over."""
    chains = dative_chains(text, found, start, trigger.start())
    if not chains:
        return []
    before = text.folded[start : chains[0][0].start].split()
    is_named = bool(before) and bool(words.ACTION.fullmatch(before[-1]))
    if re.match(r"тапсыр(?!ма)", trigger.group()) and not is_named:
        return []
    said = text.folded[chains[0][-1].end : trigger.start()].strip(" ,:")
    if words.BARE.fullmatch(said) and not is_named and not words.GIVES.fullmatch(trigger.group()):
        return []
    return [_clause(text, named, found, start, end, chains[0])]


def _parts(text: Text, found: list[Body], start: int, ends: list[int]) -> list[tuple[int, list[Body]]]:
    """(where it begins, addressees) of each clause: a new one where addressees of its own open the next action."""
    parts: list[tuple[int, list[Body]]] = [(start, [])]
    begin = start
    for place in ends:
        chains = dative_chains(text, found, begin, place)
        chain = addressees(text, chains, begin, place, first=begin == start)
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
    for term in terms(text.folded, start, stop):
        stop = term.start if not text.folded[term.end : stop].strip(" ,") else stop
    last = [text.tokens[index].word for index in text.words(start, stop)[-2:]]
    if last and last[-1] in words.ABOUT:
        last = last[:-1]
    return bool(last) and bool(re.fullmatch(r"[^\W\d_]{2,}[ую](?:ға|ге|ын|ін|ы|і)?", last[-1]))


def item(text: Text, named: list[Named], start: int, end: int) -> list[Clause]:
    """Instructions whose subject is the addressee («министрлік … қамтамасыз етсін»), or to whom something is given."""
    if not is_action(text, start, end):
        return []
    found = bodies(text, named, start, _predicate_end(text, start, end))
    parts = [start, *_halves(text, found, start, end), end]
    clauses = []
    for begin, stop in pairwise(parts):
        inside = [body for body in found if begin <= body.start < stop]
        if to := _addressed(text, inside, begin, (start, end)):
            clauses.append(_clause(text, named, inside, begin, stop, to))
    return clauses


def _halves(text: Text, found: Sequence[Body], start: int, end: int) -> Iterator[int]:
    """Where another sentence with a subject of its own begins: «…, ал Көлік министрлігі …»."""
    for half in words.HALVES.finditer(text.folded, start, end):
        subject = subject_of(text, [body for body in found if body.start >= half.end()])
        if subject and is_first(text, half.end(), subject):
            yield half.end()


def _addressed(text: Text, found: Sequence[Body], begin: int, sentence: tuple[int, int]) -> list[Body]:
    """Whom a sentence, or a half of it, addresses; what its verb is, is said at the end of the sentence."""
    start, end = sentence
    opening = next(
        (chain for chain in dative_chains(text, found, begin, end) if is_first(text, begin, chain)), []
    )
    subject = subject_of(text, found)
    begins = bool(subject) and is_first(text, begin, subject)
    imperative = _is_imperative(text, start, end)
    if imperative and _is_passive(text, start, end):
        if not opening and found and _is_secured(text, found[0], begin, end):
            return [found[0]]
        return opening or (subject if begins and not is_decision(text, start, end) else [])
    if imperative or _is_needed(text, start, end):
        return subject or opening
    return opening or (subject if begins else [])


def _is_secured(text: Text, body: Body, start: int, end: int) -> bool:
    """«Министрліктің желіні іске қосуы қамтамасыз етілсін»: the one who has to act stands in the genitive."""
    secured = words.SECURED.search(text.folded, body.end, end)
    return bool(secured) and body.cases == {"of"} and is_at(text, start, body.start)


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
    chains = dative_chains(text, found, start, end)
    return _clause(text, named, found, start, end, chains[0] if chains else subject_of(text, found))


def _clause(
    text: Text, named: list[Named], found: Sequence[Body], start: int, stop: int, to: list[Body]
) -> Clause:
    start += len(text.folded[start:stop]) - len(text.folded[start:stop].lstrip(" ,;\n"))
    start, end = text.trim(start, stop)
    end = start + len(re.sub(r"[\s,]+(?:ал|және|сондай-ақ)\s*$", "", text.folded[start:end]))
    inside = [body for body in found if start <= body.start < end]
    lead = leader(text, named, inside, start, end)
    return Clause(start, end, to, along(text, inside, to), lead, choose_term(text, start, end))
