"""Russian instructions: «поручил акимату … завершить», «Министерству … обеспечить», «поручено», «необходимо»."""

import re
from collections.abc import Sequence

from tasks.reading import words_ru as words
from tasks.reading.bodies import bodies
from tasks.reading.body import Body
from tasks.reading.clauses import (
    Clause,
    are_joined,
    chain_from,
    choose_term,
    is_at,
    leader,
    past_name,
    without_brackets,
)
from tasks.reading.names import Named
from tasks.reading.terms import Term, terms
from tasks.reading.text import Text

_JOINT = re.compile(r"(?:,\s*(?:а также|а|и)?|;|\s(?:и|а также))\s+(?:также\s+)?$")
_OPENED = re.compile(r"(?:[,;]\s*(?:а|и|а также|при этом)?|(?<!\w)(?:и|а))$")
_DASH = re.compile(r"\"?(?:\s*\([^)]*\))*\s*-\s")


def order_at(text: Text, start: int, end: int) -> int | None:
    places = [m.start() for p in (words.ACTIVE, words.PASSIVE) if (m := p.search(text.folded, start, end))]
    return min(places, default=None)


def is_action(text: Text, start: int, end: int) -> bool:
    return bool(_infinitives(text, start, end))


def is_decision(text: Text, start: int, end: int) -> bool:
    return bool(words.DECIDING.search(text.folded, start, end))


def _infinitives(text: Text, start: int, end: int) -> list[int]:
    """Indexes of infinitives, outside of brackets."""
    found, depth, place = [], 0, start
    for index in text.words(start, end):
        token = text.tokens[index]
        depth += text.folded.count("(", place, token.start) - text.folded.count(")", place, token.start)
        place = token.start
        is_noun = token.word in words.NOUNS or token.word.endswith("ость")
        is_verb = words.INFINITIVE.fullmatch(token.word) or words.TO_BE.search(text.folded, start, token.end)
        if depth <= 0 and not is_noun and is_verb:
            found.append(index)
    return found


def ordered(text: Text, named: list[Named], start: int, end: int) -> list[Clause]:
    """Instructions of a sentence with a verb of instructing; a second such verb may begin an order of its own."""
    triggers = sorted(
        (
            match
            for pattern in (words.ACTIVE, words.PASSIVE)
            for match in pattern.finditer(text.folded, start, end)
        ),
        key=lambda match: match.start(),
    )
    for trigger in triggers[1:]:
        joint = _JOINT.search(text.folded, start, trigger.start())
        if joint and trigger.re is words.ACTIVE:
            second = _ordered_by(text, named, joint.end(), trigger, end)
            if second and second[0].to:
                return [*_ordered_by(text, named, start, triggers[0], joint.start()), *second]
    return _ordered_by(text, named, start, triggers[0], end) if triggers else []


def _ordered_by(text: Text, named: list[Named], start: int, trigger: re.Match[str], end: int) -> list[Clause]:
    verbs = _infinitives(text, trigger.end(), end)
    found = bodies(text, named, start, end)
    first_verb = text.tokens[verbs[0]].start if verbs else end
    zone = start if trigger.re is words.PASSIVE else trigger.start()
    to = _datives(text, found, zone, first_verb, trigger.group())
    if so_that := words.SO_THAT.search(text.folded, trigger.end(), end):
        to = _subject(text, found, so_that.end(), end) or to
    if not to and trigger.group().startswith("получ"):
        to = _subject(text, found, start, trigger.start())
    if not to and zone != start:
        certain = [body for body in found if len(body.cases) <= 2]
        to = _datives(text, certain, start, trigger.start(), trigger.group())
    if not to and trigger.group().startswith(("прош", "прос", "попрос")):
        return []
    is_bare = re.search(words.TASKS, trigger.group()) and not words.ABOUT.search(
        text.folded, trigger.end(), end
    )
    if not verbs and (not to or is_bare):
        return []
    return _clauses(text, named, found, start, end, to, verbs)


def _datives(text: Text, found: Sequence[Body], start: int, stop: int, verb: str) -> list[Body]:
    """Addressees between two places: the dative; «перед», «на», «от», the accusative where the verb asks for it."""
    takes_object = verb.startswith(("обяз", "потреб", "требу", "попрос", "прош", "прос"))
    also = takes_object or verb.startswith(("возлож", "постав", "став", "определ", "закреп"))
    kept: list[Body] = []
    for index, body in enumerate(found):
        if not start <= body.start < stop or body in kept:
            continue
        before = text.folded[max(0, body.start - 40) : body.start].rstrip('"')
        case = next(iter(body.cases))
        is_also = also and words.ALSO_TO.search(before)
        if not is_also and words.NOT_TO.search(before):
            continue
        if "dative" in body.cases and not is_also:
            case = "dative"
        elif not is_also and (kept or not takes_object):
            continue
        kept += [one for one in chain_from(text, found, index, case) if one.start < stop]
    return kept


def _subject(text: Text, found: Sequence[Body], start: int, stop: int) -> list[Body]:
    """The first bodies in the nominative before the verb: «Министерство транспорта получило поручение»."""
    for index, body in enumerate(found):
        before = text.folded[max(start, body.start - 20) : body.start]
        if start <= body.start < stop and "plain" in body.cases and not words.NOT_TO.search(before):
            return [one for one in chain_from(text, found, index, "plain") if one.start < stop]
    return []


def item(text: Text, named: list[Named], start: int, end: int) -> list[Clause]:
    """Instructions of an item that names its addressees first: «Министерству … (…) совместно с … до … обеспечить …»."""
    found = bodies(text, named, start, end)
    if called := _called_upon(text, found, start, end):
        return [_clause(text, named, found, start, end, called)]
    if let := words.LET.search(text.folded, start, end):
        subject = [i for i, body in enumerate(found) if body.start < let.end() + 3 and "plain" in body.cases]
        to = chain_from(text, found, subject[0], "plain") if subject else []
        return [_clause(text, named, found, start, end, to)] if to else []
    verbs = _infinitives(text, start, end)
    if not verbs:
        return []
    first_verb = text.tokens[verbs[0]].start
    to = _opening(text, found, start, first_verb) or _needed(text, found, start, first_verb)
    return _clauses(text, named, found, start, end, to, verbs) if to else []


def _called_upon(text: Text, found: Sequence[Body], start: int, end: int) -> list[Body]:
    """«Министерство транспорта, представьте график»: the one who is called, with an imperative behind the comma."""
    if not found or "plain" not in found[0].cases or not is_at(text, start, found[0].start):
        return []
    chain = chain_from(text, found, 0, "plain")
    return chain if words.CALL.match(text.folded, past_name(text, chain[-1])) else []


def is_said_as_order(text: Text, clause: Clause, *, among_orders: bool) -> bool:
    """«Министерству … – создать …» and «пусть …» always; «акимату … завершить», "must" only where orders are given."""
    if words.LET.search(text.folded, clause.start, clause.end) or words.CALL.search(
        text.folded, clause.to[-1].end, clause.end
    ):
        return True
    if "plain" not in clause.to[0].cases and _DASH.match(text.folded, past_name(text, clause.to[-1])):
        return True
    if not among_orders:
        return False
    return bool(words.NEEDED.search(text.folded, clause.start, clause.end)) or _is_bare(text, clause)


def _is_bare(text: Text, clause: Clause) -> bool:
    """«Министерству иностранных дел активизировать работу»: the verb right behind the addressees."""
    verbs = _infinitives(text, clause.to[-1].end, clause.end)
    if not verbs or "dative" not in clause.to[0].cases or not is_at(text, clause.start, clause.to[0].start):
        return False
    gap = _gap(text, past_name(text, clause.to[-1]), text.tokens[verbs[0]].start)
    return bool(words.EMPTY_GAP.fullmatch(gap))


def heading(text: Text, named: list[Named], start: int, end: int) -> Clause:
    """Whom a line that ends with a colon addresses: «Министерству … совместно с …:»."""
    found = bodies(text, named, start, end)
    to = _opening(text, found, start, end) or _datives(text, found, start, end, "поручить")
    return _clause(text, named, found, start, end, to)


def _opening(text: Text, found: Sequence[Body], start: int, stop: int) -> list[Body]:
    """The chain at the beginning: in the dative, or in any case before a dash or colon."""
    said = terms(text.folded, start, stop)
    for index, body in enumerate(found):
        if body.start >= stop:
            break
        if words.WITH.search(text.folded[start : body.start].rstrip('"')):
            continue
        if "dative" in body.cases and _is_opening(text, found, index, start, said):
            chains = [
                chain_from(text, found, index, case) for case in ("dative", "plain") if case in body.cases
            ]
            return [one for one in max(chains, key=len) if one.start < stop]
        if index == 0 and "plain" in body.cases and is_at(text, start, body.start, said):
            chain = chain_from(text, found, 0, "plain")
            after = without_brackets(text.folded[chain[-1].end : stop])
            return chain if re.match(r"[\s\"]*[-:]", after) else []
    return []


def _is_opening(text: Text, found: Sequence[Body], index: int, start: int, said: Sequence[Term]) -> bool:
    """At the very beginning, or after «совместно с …» or «в целях …» that stands there."""
    place = found[index].start
    if is_at(text, start, place, said):
        return True
    before = text.folded[start:place].lstrip()
    if before.startswith(("совместно с", "вместе с")):
        return index > 0 and before[-1:] in " ,"
    return bool(words.OPENING.match(before)) and not _infinitives(text, start, place)


def _needed(text: Text, found: Sequence[Body], start: int, stop: int) -> list[Body]:
    """«Акимату необходимо …», «акимат должен …», but not «должен был»."""
    needed = words.NEEDED.search(text.folded, start, stop)
    if not needed or re.match(r"\s*(?:был|бы(?!ть))", text.folded[needed.end() :][:6]):
        return []
    case = "plain" if needed.group().startswith(("долж", "обязан")) else "dative"
    if case == "plain" and re.match(r"\s*быть", text.folded[needed.end() :][:8]):
        case = "with"
    for index, body in enumerate(found):
        if (
            (body.start < stop or case == "with")
            and case in body.cases
            and not words.NOT_TO.search(text.folded[start : body.start])
        ):
            return chain_from(text, found, index, case)
    return []


def _clauses(
    text: Text, named: list[Named], found: list[Body], start: int, end: int, to: list[Body], verbs: list[int]
) -> list[Clause]:
    """One clause for each chain of addressees that has verbs of its own."""
    parts: list[tuple[int, list[Body]]] = [(start, to)]
    for index, body in enumerate(found):
        if verbs and body.start > text.tokens[verbs[0]].start and _begins_another(text, found, index, verbs):
            parts.append((body.start, chain_from(text, found, index, "dative")))
    stops = [place for place, _ in parts[1:]] + [end]
    return [
        _clause(text, named, found, place, stop, chain)
        for (place, chain), stop in zip(parts, stops, strict=True)
    ]


def _begins_another(text: Text, found: list[Body], index: int, verbs: list[int]) -> bool:
    """A dative after a comma, semicolon or "and", with a dash or a verb of its own right behind it."""
    body = found[index]
    goes_on = index and are_joined(text, found[index - 1], body) and "dative" in found[index - 1].cases
    if "dative" not in body.cases or goes_on:
        return False
    if not _OPENED.search(text.folded[max(0, body.start - 20) : body.start].rstrip(' "')):
        return False
    last = chain_from(text, found, index, "dative")[-1]
    verb = next((text.tokens[verb].start for verb in verbs if text.tokens[verb].start > last.end), None)
    if verb is None:
        return False
    end = past_name(text, last)
    return bool(_DASH.match(text.folded, end, verb) or words.EMPTY_GAP.fullmatch(_gap(text, end, verb)))


def _gap(text: Text, start: int, end: int) -> str:
    """The words between two places without terms, brackets and «совместно с …»."""
    gap = text.folded[start:end]
    for term in terms(text.folded, start, end):
        gap = gap.replace(text.folded[term.start : term.end], " ", 1)
    return re.sub(r"(?:совместно|вместе) (?:с|со) .*", " ", without_brackets(gap))


def _clause(
    text: Text, named: list[Named], found: list[Body], start: int, stop: int, to: list[Body]
) -> Clause:
    passage = text.folded[start:stop]
    start, end = text.trim(start, start + len(re.sub(r"\s+(?:а также|а|и)\s*$", "", passage)))
    inside = [body for body in found if start <= body.start < end]
    lead = leader(text, named, inside, start, end)
    return Clause(start, end, to, _along(text, inside, to, start), lead, choose_term(text, start, end))


def _along(text: Text, found: Sequence[Body], to: Sequence[Body], start: int) -> list[Body]:
    """Who acts together with the addressee: «совместно с …», «с участием …»."""
    kept: list[Body] = []
    for index, body in enumerate(found):
        before = text.folded[max(start, body.start - 40) : body.start].rstrip('"')
        if index and "with" in body.cases and found[index - 1] in to:
            gap = text.folded[past_name(text, found[index - 1]) : body.start]
            if words.WITH_ALONE.fullmatch(gap.rstrip('"')):
                kept += chain_from(text, found, index, "with")
        for pattern, case in ((words.WITH, "with"), (words.WITH_PART_OF, "of")):
            if case in body.cases and pattern.search(before):
                kept += chain_from(text, found, index, case)
    return kept
