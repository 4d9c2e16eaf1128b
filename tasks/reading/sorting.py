"""Sorts the sentences of a text: instructions, decisions, notes, and what was not understood."""

import re
from dataclasses import dataclass, field, replace

from tasks.reading.clauses import Clause, choose_term, is_at, parted
from tasks.reading.grammar import grammar_of
from tasks.reading.judging import (
    BY_ORDER,
    CONTROL,
    EARLIER,
    LIKE_ORDER,
    NOTED,
    PRONOUN,
    is_background,
    is_presidential,
    is_question,
)
from tasks.reading.labels import Labels
from tasks.reading.names import Named
from tasks.reading.results import Reading, Span, Task
from tasks.reading.terms import Term, terms
from tasks.reading.text import Text

#: Nobody writes a longer sentence; what is longer is a list without stops, and too slow to read word by word.
_LONGEST = 3_000


@dataclass(slots=True)
class Around:
    """Where a sentence stands: what it inherits, and whether its place alone makes it an item or a decision."""

    labels: Labels = field(default_factory=Labels)
    previous: Clause | None = None
    parent: Clause | None = None
    #: The term that the head of the list gives: «В срок до 1 июня:».
    term: Term | None = None
    is_item: bool = False
    is_decided: bool = False
    #: An item with a number or a bullet among the decisions: whatever it says is shown.
    is_listed: bool = False


class Sorter:
    """Writes into a reading, one sentence after the other."""

    def __init__(self, text: Text, named: list[Named], reading: Reading) -> None:
        self.text, self.named, self.reading = text, named, reading
        self.is_presidential = is_presidential(text)
        #: Whether the text has come to where instructions are given.
        self.among_orders = False
        self.last: Clause | None = None

    def sentence(self, start: int, end: int, around: Around) -> Clause | None:
        """Sort one sentence; returns its last instruction, which the next one may go on with."""
        pile = self._pile(start, end)
        if pile is not None or is_question(self.text, start, end):
            self._put(pile, start, end)
            return None
        clauses = self._clauses(start, end, around) if end - start <= _LONGEST else []
        clauses = [part for clause in clauses for part in parted(self.text, clause)]
        for clause in clauses:
            clause.term = clause.term or around.term
            self.keep(clause, around.labels if clause is clauses[-1] else Labels())
            self.last = clause
        if not clauses:
            self._leave(start, end, around)
        return clauses[-1] if clauses else None

    def _pile(self, start: int, end: int) -> list[Span] | None:
        """Where a sentence goes whatever it names: to the notes, or to the decisions about the paper itself."""
        folded = self.text.folded[start:end]
        if NOTED.search(folded) or (len(folded) <= _LONGEST and self._is_past(start, end)):
            return self.reading.notes
        return self.reading.decisions if CONTROL.search(folded) else None

    def _is_past(self, start: int, end: int) -> bool:
        """Whether the sentence tells of what was instructed before."""
        verb = grammar_of(self.text, start, end).order_at(self.text, start, end)
        if verb is None:
            return bool(EARLIER.search(self.text.folded, start, end))
        return is_background(self.text, start, verb, self.reading.event.date, self.is_presidential)

    def _clauses(self, start: int, end: int, around: Around) -> list[Clause]:
        grammar = grammar_of(self.text, start, end)
        if grammar.order_at(self.text, start, end) is not None:
            self.among_orders = True
            ordered = grammar.ordered(self.text, self.named, start, end)
            if ordered and (ordered[0].to or not around.parent):
                return ordered
        clauses = grammar.item(self.text, self.named, start, end)
        if clauses and not self._is_mentioned(clauses[0], around):
            by_order = BY_ORDER.search(self.text.folded, start, end)
            among = bool(by_order) or self.among_orders or self._is_spoken(start)
            if around.is_item or grammar.is_said_as_order(self.text, clauses[0], among_orders=among):
                return clauses
        giver = (
            self._meant_by_pronoun(start, end)
            or around.previous
            or around.parent
            or (Clause(start, end) if around.labels.who else None)
        )
        if giver is None or not grammar.is_action(self.text, start, end):
            return []
        along = [*giver.along, *grammar.heading(self.text, self.named, start, end).along]
        return [
            Clause(start, end, giver.to, along, giver.lead, choose_term(self.text, start, end) or giver.term)
        ]

    def _meant_by_pronoun(self, start: int, end: int) -> Clause | None:
        """«Ему же надлежит …» right behind an instruction is for the one who was addressed there."""
        last = self.last
        if last is None or not PRONOUN.match(self.text.folded, start, end):
            return None
        is_right_behind = not self.text.folded[last.end : start].strip(' ."')
        return replace(last, term=None) if len(last.to) == 1 and is_right_behind else None

    def _is_mentioned(self, clause: Clause, around: Around) -> bool:
        """Below «QazaqGaz:» a body within «… Hyundai алаңына дейін …» is only mentioned, unless it begins the item."""
        if not (around.parent and around.parent.to):
            return False
        first = clause.to[0].start
        said = terms(self.text.folded, clause.start, first)
        return not is_at(self.text, clause.start, first, said)

    def _is_spoken(self, start: int) -> bool:
        """Within quotes, or on a line that begins with a dash."""
        line = self.text.folded.rfind("\n", 0, start) + 1
        before = self.text.folded[max(line, start - _LONGEST) : start + 1]
        return before.count('"') % 2 == 1 or bool(re.match(r"\s*-\s", self.text.folded[line : line + 4]))

    def _leave(self, start: int, end: int, around: Around) -> None:
        """A sentence without an instruction: a decision, or shown as not understood where it sounds like an order."""
        grammar = grammar_of(self.text, start, end)
        is_short = end - start <= _LONGEST
        is_action = around.is_decided and is_short and grammar.is_action(self.text, start, end)
        if is_action and grammar.is_decision(self.text, start, end):
            self._put(self.reading.decisions, start, end)
        elif self._was_given(start, end):
            pass
        elif LIKE_ORDER.search(self.text.folded, start, end) or (
            (is_action or around.is_listed) and not self._is_topic(start, end)
        ):
            self._put(self.reading.unrecognised, start, end)

    def _was_given(self, start: int, end: int) -> bool:
        """«Дал ряд поручений»: that there were instructions is no instruction, and nothing to be understood."""
        grammar = grammar_of(self.text, start, end)
        return grammar.order_at(self.text, start, end) is not None and not grammar.is_action(
            self.text, start, end
        )

    def _is_topic(self, start: int, end: int) -> bool:
        return any(topic.start < end and start < topic.end for topic in self.reading.agenda)

    def _put(self, pile: list[Span] | None, start: int, end: int) -> None:
        if pile is not None:
            pile.append(Span(self.text.raw[start:end], start, end))

    def keep(self, clause: Clause, labels: Labels) -> None:
        """Write an instruction down; its words go on to the end of its labels."""
        end = max(clause.end, labels.end)
        term = labels.term or clause.term
        lead = labels.lead or clause.lead
        to = [body for body in clause.to if not (labels.who and body.is_group)]
        who = [*to, *labels.who, *clause.along, *([lead] if lead else [])]
        first = lead or next((body for body in who if not body.is_group), None)
        self.reading.instructions.append(
            Task(
                text=self.text.raw[clause.start : end],
                start=clause.start,
                end=end,
                addressees=list(dict.fromkeys(body.called(self.text) for body in who)),
                lead=first.called(self.text) if first else None,
                due=term.due(self.reading.event.date) if term else None,
                due_text=self.text.raw[term.start : term.end] if term else None,
            )
        )
