"""Russian instructions: «поручил акимату … завершить», «Министерству … обеспечить», «поручено», «необходимо»."""

import re

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
from tasks.reading.russian_who import (
    along,
    called_upon,
    datives,
    infinitives,
    needed_of,
    opening,
    subject_of,
)
from tasks.reading.terms import terms
from tasks.reading.text import Text

_JOINT = re.compile(r"(?:,\s*(?:а также|а|и)?|;|\s(?:и|а также))\s+(?:также\s+)?$")
_OPENED = re.compile(r"(?:[,;]\s*(?:а|и|а также|при этом)?|(?<!\w)(?:и|а))$")
_DASH = re.compile(r"\"?(?:\s*\([^)]*\))*\s*-\s")


def order_at(text: Text, start: int, end: int) -> int | None:
    places = [m.start() for p in (words.ACTIVE, words.PASSIVE) if (m := p.search(text.folded, start, end))]
    return min(places, default=None)


def is_action(text: Text, start: int, end: int) -> bool:
    return bool(infinitives(text, start, end))


def is_decision(text: Text, start: int, end: int) -> bool:
    return bool(words.DECIDING.search(text.folded, start, end))


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
        joint = _JOINT.search(text.folded, start, trigger.start()) or _before_addressee(
            text, start, trigger.start()
        )
        if joint and trigger.re is words.ACTIVE:
            second = _ordered_by(text, named, joint.end(), trigger, end)
            if second and second[0].to:
                return [*_ordered_by(text, named, start, triggers[0], joint.start()), *second]
    return _ordered_by(text, named, start, triggers[0], end) if triggers else []


def _before_addressee(text: Text, start: int, stop: int) -> re.Match[str] | None:
    """«…, а от акимата потребовал убрать»: the joint stands before the addressee of the second verb."""
    return re.compile(r"(?:,\s*(?:а также|а|и)|;)\s+(?=(?:от|перед|на)?\s?[^,;]*$)").search(
        text.folded, start, stop
    )


def _ordered_by(text: Text, named: list[Named], start: int, trigger: re.Match[str], end: int) -> list[Clause]:
    verbs = infinitives(text, trigger.end(), end)
    found = bodies(text, named, start, end)
    first_verb = text.tokens[verbs[0]].start if verbs else end
    zone = start if trigger.re is words.PASSIVE else trigger.start()
    to = datives(text, found, zone, first_verb, trigger.group())
    if so_that := words.SO_THAT.search(text.folded, trigger.end(), end):
        to = subject_of(text, found, so_that.end(), end) or to
    if not to and trigger.group().startswith("получ"):
        to = subject_of(text, found, start, trigger.start())
    if not to and zone != start:
        certain = [body for body in found if len(body.cases) <= 2]
        to = datives(text, certain, start, trigger.start(), trigger.group())
    if not to and trigger.group().startswith(("прош", "прос", "попрос")):
        return []
    is_bare = re.search(words.TASKS, trigger.group()) and not words.ABOUT.search(
        text.folded, trigger.end(), end
    )
    if not verbs and (not to or is_bare):
        return []
    return _clauses(text, named, found, start, end, to, verbs)


def item(text: Text, named: list[Named], start: int, end: int) -> list[Clause]:
    """Instructions of an item that names its addressees first: «Министерству … (…) совместно с … до … обеспечить …»."""
    found = bodies(text, named, start, end)
    if called := called_upon(text, found, start, end):
        return [_clause(text, named, found, start, end, called)]
    if let := words.LET.search(text.folded, start, end):
        subject = [i for i, body in enumerate(found) if body.start < let.end() + 3 and "plain" in body.cases]
        to = chain_from(text, found, subject[0], "plain") if subject else []
        return [_clause(text, named, found, start, end, to)] if to else []
    verbs = infinitives(text, start, end)
    if not verbs:
        return []
    first_verb = text.tokens[verbs[0]].start
    to = opening(text, found, start, first_verb) or needed_of(text, found, start, first_verb)
    return _clauses(text, named, found, start, end, to, verbs) if to else []


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
    verbs = infinitives(text, clause.to[-1].end, clause.end)
    if not verbs or "dative" not in clause.to[0].cases or not is_at(text, clause.start, clause.to[0].start):
        return False
    gap = _gap(text, past_name(text, clause.to[-1]), text.tokens[verbs[0]].start)
    return bool(words.EMPTY_GAP.fullmatch(gap))


def heading(text: Text, named: list[Named], start: int, end: int) -> Clause:
    """Whom a line that ends with a colon addresses: «Министерству … совместно с …:»."""
    found = bodies(text, named, start, end)
    to = opening(text, found, start, end) or datives(text, found, start, end, "поручить")
    return _clause(text, named, found, start, end, to)


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
    return Clause(start, end, to, along(text, inside, to, start), lead, choose_term(text, start, end))
