"""Who is named in a Kazakh sentence: its subject, those in the dative, and those who act together with them."""

import re
from collections.abc import Sequence

from tasks.reading import words_kk as words
from tasks.reading.body import Body
from tasks.reading.clauses import chain_back, is_at
from tasks.reading.terms import terms
from tasks.reading.text import Text

#: Before these a body is no subject: «мердігерлер үшін».
_POSTPOSITIONS = frozenset("үшін туралы бойынша арқылы жөнінде ретінде сияқты арасында атынан".split())
#: These take the accusative: «министрлікті тарта отырып».
_DRAWN_IN = re.compile(r"(?:жұмысқа\s)?тарт|қатыстыр")


def dative_chains(text: Text, found: Sequence[Body], start: int, stop: int) -> list[list[Body]]:
    chains = [
        chain_back(text, found, index)
        for index, body in enumerate(found)
        if start <= body.start < stop and _is_given_to(text, body)
    ]
    kept = [one for one, following in zip(chains, [*chains, []][1:], strict=True) if one[0] not in following]
    return [[body for body in chain if body.start >= start] for chain in kept]


def _is_given_to(text: Text, body: Body) -> bool:
    """In the dative, or before «алдына»: «министрліктің алдына міндет қойылды»."""
    if "dative" in body.cases and "plain" not in body.cases:
        return True
    return body.cases == {"of"} and bool(re.match(r"\s+алдына(?!\w)", text.folded[body.end : body.end + 9]))


def addressees(text: Text, chains: list[list[Body]], start: int, stop: int, *, first: bool) -> list[Body]:
    """The first chain of a clause; a later clause needs it at its beginning, and a report to those above is none."""
    for chain in chains:
        rest = text.folded[chain[-1].end : stop]
        is_above = all(body.code in words.ABOVE for body in chain)
        if is_above and len(rest.split()) <= 4 and words.REPORTING.search(rest):
            continue
        if first:
            return chain
        is_report = len(rest.split()) <= 3 and words.REPORTING.search(rest)
        if is_first(text, start, chain) and not is_report:
            return chain
    return []


def is_first(text: Text, start: int, chain: list[Body]) -> bool:
    return is_at(text, start, chain[0].start, terms(text.folded, start, chain[0].start))


def subject_of(text: Text, found: Sequence[Body]) -> list[Body]:
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
    return following in _POSTPOSITIONS or bool(re.fullmatch(r"[^\W\d_]+(?:[қғкг][ае]н|атын|етін)", following))


def along(text: Text, found: Sequence[Body], to: list[Body]) -> list[Body]:
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
