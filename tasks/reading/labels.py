"""What lines below an item, or words at its end, say of it: «Ответственные: …», «Срок: …», «Свод: …»."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from tasks.reading.blocks import Block, inline_labels
from tasks.reading.bodies import bodies
from tasks.reading.body import Body
from tasks.reading.clauses import choose_term, leader
from tasks.reading.headings import Part
from tasks.reading.names import Named
from tasks.reading.terms import Term, terms
from tasks.reading.text import Text

OF_ITEM = (Part.RESPONSIBLE, Part.TERM, Part.LEAD)
#: Words of a term or of a body that nothing else is known of are no longer than that.
_LONGEST_TERM, _LONGEST_BODY = 60, 120
_SMALL = re.compile(
    r"\([^()]*\)|созыв|свод|жинақтау\w*|мерзімі|срок|(?<!\w)(?:и|және|мен|пен|бен)(?!\w)|[\W_]+"
)
#: So short is the title of a card: «Поручение № 3».
_SHORT = 25


@dataclass(slots=True)
class Labels:
    """`end`: where the last of them ends; 0 where there is none."""

    who: list[Body] = field(default_factory=list)
    lead: Body | None = None
    term: Term | None = None
    end: int = 0

    def __bool__(self) -> bool:
        return bool(self.who or self.term)

    def take(self, text: Text, named: list[Named], part: Part | None, start: int, end: int) -> None:
        """Add what stands behind one label, other labels on the same line included."""
        self.end = max(self.end, end)
        for inner, place, begin, stop in inline_labels(text, start, end):
            self.take(text, named, inner, begin, stop)
            end = min(end, place)
        if part is Part.TERM:
            self.term = choose_term(text, start, end, labelled=True) or _whole(text, start, end) or self.term
            return
        who = _responsible(text, named, start, end)
        marked = who[0] if part is Part.LEAD and who else leader(text, named, who, start, end)
        self.lead = marked or self.lead
        self.who += who


def labels_below(text: Text, named: list[Named], following: Iterable[Block]) -> Labels:
    """The labels on the lines right below a block."""
    labels = Labels()
    for block in following:
        if block.part not in OF_ITEM:
            break
        labels.take(text, named, block.part, block.start, block.end)
    return labels


def labels_above(text: Text, named: list[Named], before: list[Block]) -> Labels:
    """The labels right above a task, unless they belong to an item that stands above them."""
    run: list[Block] = []
    for block in reversed(before):
        if block.part not in OF_ITEM:
            if block.part is Part.TASK or (block.kind == "item" and block.end - block.start > _SHORT):
                return Labels()
            break
        run.insert(0, block)
    labels = labels_below(text, named, run)
    labels.end = 0
    return labels


def bracketed(text: Text, named: list[Named], start: int, end: int) -> int | None:
    """Where a bracket at the end begins that says nothing but who and by when: «… (МПС, МНЭ – свод, до 1 мая)»."""
    stop = text.trim(start, end, ".;,")[1]
    is_closed = text.folded[stop - 1] == ")"
    depth = 0 if is_closed else 1
    for place in range(stop - 1, start + _SHORT // 2, -1):
        depth += (text.folded[place] == ")") - (text.folded[place] == "(")
        if not depth:
            return place if only_bodies(text, named, place + 1, stop - is_closed) else None
    return None


def only_bodies(text: Text, named: list[Named], start: int, end: int) -> bool:
    """Whether nothing but bodies, terms and marks of the lead stands there, a body first."""
    found = bodies(text, named, start, end)
    if not found or found[0].start - start > 1:
        return False
    rest = text.folded[start:end]
    spans: list[Body | Term] = [*found, *terms(text.folded, start, end, labelled=True)]
    for said in spans:
        rest = rest.replace(text.folded[said.start : said.end], " ")
    return not re.sub(
        r"\([^()]*\)|созыв|свод|жинақтау\w*|мерзімі|срок|(?<!\w)(?:и|және|мен|пен|бен)(?!\w)|[\W_]+", "", rest
    )


def _responsible(text: Text, named: list[Named], start: int, end: int) -> list[Body]:
    """Bodies in any case but the genitive; words that name none stand as they are."""
    found = [body for body in bodies(text, named, start, end) if body.cases != {"of"}]
    start, end = text.trim(start, end, " .;,")
    if found or start >= end or end - start > _LONGEST_BODY or not any(map(str.isalpha, text.raw[start:end])):
        return found
    index = text.at(start)
    return [Body(index, index, start, end, None, True, frozenset({"plain"}))]


def _whole(text: Text, start: int, end: int) -> Term | None:
    """A term that gives no day stands in the draft as it is written."""
    start, end = text.trim(start, end, " .;,)")
    return Term(start, end) if start < end <= start + _LONGEST_TERM else None
