"""Who is named in a Russian sentence: those in the dative, its subject, and those who act together with them."""

import re
from collections.abc import Sequence

from tasks.reading import words_ru as words
from tasks.reading.body import Body
from tasks.reading.clauses import chain_from, is_at, past_name, without_brackets
from tasks.reading.terms import Term, terms
from tasks.reading.text import Text


def infinitives(text: Text, start: int, end: int) -> list[int]:
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


def datives(text: Text, found: Sequence[Body], start: int, stop: int, verb: str) -> list[Body]:
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


def subject_of(text: Text, found: Sequence[Body], start: int, stop: int) -> list[Body]:
    """The first bodies in the nominative before the verb: «Министерство транспорта получило поручение»."""
    for index, body in enumerate(found):
        before = text.folded[max(start, body.start - 20) : body.start]
        if start <= body.start < stop and "plain" in body.cases and not words.NOT_TO.search(before):
            return [one for one in chain_from(text, found, index, "plain") if one.start < stop]
    return []


def opening(text: Text, found: Sequence[Body], start: int, stop: int) -> list[Body]:
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
    return bool(words.OPENING.match(before)) and not infinitives(text, start, place)


def needed_of(text: Text, found: Sequence[Body], start: int, stop: int) -> list[Body]:
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


def called_upon(text: Text, found: Sequence[Body], start: int, end: int) -> list[Body]:
    """«Министерство транспорта, представьте график»: the one who is called, with an imperative behind the comma."""
    if not found or "plain" not in found[0].cases or not is_at(text, start, found[0].start):
        return []
    chain = chain_from(text, found, 0, "plain")
    return chain if words.CALL.match(text.folded, past_name(text, chain[-1])) else []


def along(text: Text, found: Sequence[Body], to: Sequence[Body], start: int) -> list[Body]:
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
