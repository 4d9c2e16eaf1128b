"""What both grammars share: chains of addressees, who takes part, who leads, and which term is meant."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from tasks.reading.bodies import bodies
from tasks.reading.body import Body
from tasks.reading.names import Named
from tasks.reading.terms import Term, terms
from tasks.reading.text import Text

_AND = re.compile(r"\s*(?:,\s*)?(?:,|и|а также|а|және|мен|бен|пен|сондай-ақ|сонымен қатар)?\s*")
_BRACKETS = re.compile(r"\s*\([^()]*\)")
_LETTER, _WORD = "[А-ЯЁӘҒҚҢӨҰҮҺІ]", r"[А-ЯЁӘҒҚҢӨҰҮҺІ]\w+"
_NAME = re.compile(
    rf" (?:(?:{_LETTER}\. ?){{1,2}}{_WORD}|{_WORD} (?:{_LETTER}\. ?){{1,2}}(?!\w)|{_WORD} {_WORD})"
)
_LEADS = re.compile(
    r"созыв|свод|жинақта|жинақшы|шақыру|бас орындаушы|головн|обобщ|координатор|жауапты орындаушы"
)
_LEADER_AFTER = re.compile(
    r"(?:(?:ответственн\w+ за )?(?:свод|созыв|обобщение)(?: информации)?|жинақта\w*(?: жауапты)?|шақыру"
    r"|головн\w+ исполнител\w+)\s*(?:[-:]|ретінде)\s*"
)
_MARK = re.compile(r"(?:\s*\([^()]*\))*?\s*(?:\(([^()]*)\)|-\s*((?:созыв|свод|жинақта)\w*))")


@dataclass(slots=True)
class Clause:
    """Words that give one instruction: to whom, with whom, by when."""

    start: int
    end: int
    to: list[Body] = field(default_factory=list)
    along: list[Body] = field(default_factory=list)
    lead: Body | None = None
    term: Term | None = None
    #: What is listed below it is ordered, even where nobody is addressed: «Поручено:».
    orders: bool = False


def without_brackets(passage: str) -> str:
    return _BRACKETS.sub("", passage)


def past_name(text: Text, body: Body) -> int:
    """Where a body ends together with the name of the person who holds the office: «министру финансов М. Такиеву»."""
    name = _NAME.match(text.raw, body.end)
    return name.end() if name else body.end


def are_joined(text: Text, one: Body, other: Body) -> bool:
    """Whether only a comma or an "and" stands between two bodies, brackets aside."""
    gap = without_brackets(text.folded[past_name(text, one) : other.start]).strip(' "')
    gap = re.sub(r"^-\s*(?:созыв|свод|жинақта\w*)\s*", "", gap)
    return bool(gap) and bool(_AND.fullmatch(gap))


def chain_from(text: Text, found: Sequence[Body], index: int, case: str) -> list[Body]:
    """The bodies joined to this one, forward, while they may stand in the case."""
    chain = [found[index]]
    for body in found[index + 1 :]:
        if case not in body.cases or not are_joined(text, chain[-1], body):
            break
        chain.append(body)
    return chain


def chain_back(text: Text, found: Sequence[Body], index: int) -> list[Body]:
    """The bodies joined before this one: in Kazakh only the last of them carries the ending."""
    chain = [found[index]]
    allowed = found[index].cases | {"plain"}
    for body in reversed(found[:index]):
        if not body.cases & allowed or not are_joined(text, body, chain[0]):
            break
        chain.insert(0, body)
    return chain


def leader(text: Text, named: list[Named], found: Iterable[Body], start: int, end: int) -> Body | None:
    """Who is marked as the one that gathers: «(свод)», «(созыв)», «жинақтауға жауапты», «свод – МПС»."""
    if after := _LEADER_AFTER.search(text.folded, start, end):
        stop = text.folded.find(")", after.end(), end)
        named_there = bodies(text, named, after.end(), stop if stop > 0 else end)
        if named_there and named_there[0].start - after.end() <= 2:
            return named_there[0]
    for body in found:
        for mark in _marks(text, body, end):
            if _LEADS.search(mark):
                return body
    return None


def _marks(text: Text, body: Body, end: int) -> list[str]:
    """What stands in brackets right after a body, and a word after a dash."""
    marks, place = [], body.end
    while bracket := re.compile(r"[\"\s]*\(([^()]*)\)").match(text.folded, place, end):
        marks.append(bracket[1])
        place = bracket.end()
    if dashed := re.compile(r"\s+-\s+((?:созыв|свод|жинақта)\w*)").match(text.folded, place, end):
        marks.append(dashed[1])
    return marks


def choose_term(text: Text, start: int, end: int, *, labelled: bool = False) -> Term | None:
    """The first term with a day or a count, else the first that only says when."""
    found = _with_recurrence(text, terms(text.folded, start, end, labelled=labelled))
    return next((term for term in found if term.is_certain), found[0] if found else None)


def _with_recurrence(text: Text, found: list[Term]) -> list[Term]:
    """«жыл сайын 1 маусымға дейін» and «до 1 июня ежегодно» give no one day: two terms side by side become one."""
    kept: list[Term] = []
    for term in found:
        before = kept[-1] if kept else None
        if before and _RECURS.search(text.folded[before.start : term.end]) and term.start - before.end <= 2:
            kept[-1] = Term(before.start, term.end)
        else:
            kept.append(term)
    return kept


_RECURS = re.compile(r"(?<!\w)(?:еже\w+|кажд\w+|\w+ сайын)(?!\w)")
_JOINT = re.compile(r"(?:,\s*(?:а также|а|и|ал|сондай-ақ)?|;|\s(?:и|а также|және|ал|сондай-ақ))\s*$")
_VERB = re.compile(
    r"(?<!\w)(?:[а-я]{2,}(?:[аеиыуя]ть|[зс]ть|йти|чь|[внм]ести)(?:ся)?|[а-яәғқңөұүһі]{2,}(?:[ую](?:ды"
    r"|ді|ға|ге)?|сын|сін|[ыіау]п|[еө]п))(?!\w)"
)


def parted(text: Text, clause: Clause) -> list[Clause]:
    """A clause that says two things, each with a day of its own: «до 1 мая представить … и до 1 июня завершить …»."""
    said = [term for term in terms(text.folded, clause.start, clause.end) if term.is_certain]
    for first, second in pairwise(said):
        between = text.folded[first.end : second.start]
        joint = _JOINT.search(between)
        if (
            joint
            and _VERB.search(between[: joint.start()])
            and _VERB.search(text.folded, second.end, clause.end)
        ):
            start, end = text.trim(clause.start, first.end + joint.start())
            rest = replace(clause, start=second.start, term=second)
            return [replace(clause, start=start, end=end, term=first), *parted(text, rest)]
    return [clause]


def is_at(text: Text, start: int, place: int, skipped: Sequence[Term] = ()) -> bool:
    """Whether nothing but terms, brackets and small words stands between the two places."""
    gap = text.folded[start:place]
    for term in skipped:
        if start <= term.start and term.end <= place:
            gap = gap.replace(text.folded[term.start : term.end], " ", 1)
    gap = without_brackets(gap)
    small = (
        r"а|и|ал|және|также|кроме того|при этом|сондай-ақ|сонымен қатар|бұдан бөлек|бұған қоса"
        r"|в свою очередь|өз кезегінде|в срок|отдельно|кроме этого"
    )
    return bool(re.fullmatch(rf"[\s,;:.\"\-]*(?:(?:{small})[\s,;:\"\-]*)*", gap))
