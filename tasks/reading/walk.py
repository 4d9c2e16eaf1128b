"""Walks through the blocks of a text and sorts its sentences: instructions, decisions, notes, and what was not understood."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from tasks.reading import kazakh, russian
from tasks.reading.blocks import Block, Part, inline_labels
from tasks.reading.bodies import Body
from tasks.reading.clauses import Clause, choose_term, leader, parted
from tasks.reading.judging import CONTROL, EARLIER, LIKE_ORDER, NOTED, is_background, is_presidential, is_question
from tasks.reading.names import Named
from tasks.reading.results import Reading, Span, Task
from tasks.reading.sentences import sentences
from tasks.reading.tables import columns, parts, responsible
from tasks.reading.terms import Term
from tasks.reading.text import Text

_OF_ITEM = (Part.RESPONSIBLE, Part.TERM, Part.LEAD)
_SILENT = (Part.AGENDA, Part.TOPIC, Part.PRESENT, Part.CHAIR, Part.DATE, Part.PLACE, Part.END)
_ENUMERATED = re.compile(r"(?<=[\s:;(])(\d{1,2})\)\s")


@dataclass(slots=True)
class Labels:
    """What the lines below an item, or words at its end, say of it: «Ответственные: …», «Срок: …», «Свод: …»."""

    who: list[Body] = field(default_factory=list)
    lead: Body | None = None
    term: Term | None = None
    end: int = 0


class Walker:
    def __init__(
        self, text: Text, named: list[Named], found: list[Block], reading: Reading, is_protocol: bool
    ) -> None:
        self.text, self.named, self.blocks, self.reading = text, named, found, reading
        self.is_protocol = is_protocol
        self.event: date | None = reading.event.date
        self.presidential = is_presidential(text)
        self.part: Part | None = None
        self.parents: list[tuple[int, Clause]] = []
        self.columns: dict[str, int] = {}
        self.width = 0
        self.seen_number = False
        self.ordering = False

    def walk(self) -> None:
        self._blocks()
        self._drop_headline()

    def _drop_headline(self) -> None:
        """In news the headline tells what the text then says: an order of its own only where it is the only one."""
        tasks = self.reading.instructions
        if self.is_protocol or len(tasks) < 2:
            return
        first = self.blocks[0]
        if tasks[0].end <= first.end and self.text.folded[first.end - 1] not in '.!?":;':
            self.reading.notes.insert(0, self._span(tasks[0].start, tasks[0].end))
            del tasks[0]

    def _blocks(self) -> None:
        for index, block in enumerate(self.blocks):
            if block.kind == "row":
                self._row(block)
            elif block.kind == "label":
                self._label(index, block)
            elif self._enters(index, block):
                self._passage(block, self._labels(index))

    # -- where we are

    def _label(self, index: int, block: Block) -> None:
        if block.part in _OF_ITEM:
            return
        self.part, self.parents, self.seen_number = block.part, [], False
        if block.part is Part.DECIDED:
            self.ordering = True
            words = self.text.folded[self.text.folded.rfind("\n", 0, block.start) + 1 : block.start]
            orders = re.search(r"поруч|тапсыр", words or self.text.folded[max(0, block.start - 60) : block.start])
            self.parents = [(-1, Clause(block.start, block.start, orders=True))] if orders else []
        if block.start < block.end and block.part not in _SILENT:
            self._passage(Block("line", block.start, block.end), self._labels(index))

    def _enters(self, index: int, block: Block) -> bool:
        """Whether a block is read for instructions; leaves the agenda or the list of participants where it ends."""
        if self.part not in _SILENT:
            return True
        if self.part in (Part.AGENDA, Part.PRESENT):
            first = bool(re.fullmatch(r"(?:1|i)[.)]?", block.number))
            again, self.seen_number = first and self.seen_number, self.seen_number or bool(block.number)
            if not again and (block.kind == "item" or not self._opens(block)) and not self._is_order(block):
                return False
        elif self.part is Part.END:
            return False
        self.part = None
        return True

    def _opens(self, block: Block) -> bool:
        return self.text.folded[block.start : block.end].rstrip().endswith(":") or self._gap_before(block)

    def _gap_before(self, block: Block) -> bool:
        return "\n\n" in re.sub(r"[ \t]", "", self.text.raw[max(0, block.start - 12) : block.start])

    def _is_order(self, block: Block) -> bool:
        grammar = self._grammar(block.start, block.end)
        return (
            bool(grammar.item(self.text, self.named, block.start, block.end))
            if self.is_protocol
            else bool(grammar.ordered(self.text, self.named, block.start, block.end))
        )

    def _grammar(self, start: int, end: int):  # type: ignore[no-untyped-def]
        return kazakh if self.text.is_kazakh(start, end) else russian

    def _labels(self, index: int) -> Labels:
        """The labels on the lines right below a block."""
        labels = Labels()
        for block in self.blocks[index + 1 :]:
            if block.kind != "label" or block.part not in _OF_ITEM:
                break
            self._take(labels, block.part, block.start, block.end)
        return labels

    def _take(self, labels: Labels, part: Part | None, start: int, end: int) -> None:
        labels.end = max(labels.end, end)
        for inner, place, begin, stop in inline_labels(self.text, start, end):
            self._take(labels, inner, begin, stop)
            end = min(end, place)
        if part is Part.TERM:
            labels.term = (
                choose_term(self.text, start, end, labelled=True) or self._whole(start, end) or labels.term
            )
            return
        who = responsible(self.text, self.named, start, end)
        if part is Part.LEAD:
            labels.lead = who[0] if who else labels.lead
        else:
            labels.lead = leader(self.text, self.named, who, start, end) or labels.lead
        labels.who += who

    def _whole(self, start: int, end: int) -> Term | None:
        start, end = self.text.trim(start, end)
        end -= len(self.text.raw[start:end]) - len(self.text.raw[start:end].rstrip(" .;,)"))
        return Term(start, end) if start < end <= start + 60 else None

    # -- rows, items and sentences

    def _row(self, row: Block) -> None:
        if headings := columns(self.text, row):
            self.columns, self.width = headings, len(row.cells)
            return
        cells = parts(self.text, row, self.named, self.columns, self.width)
        if "task" not in cells or not ({"who", "when"} & set(cells)):
            return
        labels = Labels(end=row.cells[-1][1])
        for name, part in (("who", Part.RESPONSIBLE), ("when", Part.TERM)):
            if name in cells:
                self._take(labels, part, *cells[name])
        self._keep(Clause(*cells["task"]), labels)

    def _passage(self, block: Block, labels: Labels) -> None:
        while self.parents and self.parents[-1][0] >= block.depth and block.kind == "item":
            self.parents.pop()
        if block.kind == "line" and self.parents and self._gap_before(block) and not block.depth:
            self.parents = []
        pieces = list(self._pieces(block.start, block.end))
        for start, end in pieces[:-1] if len(pieces) > 1 else pieces:
            self._piece(block, start, end, labels if len(pieces) == 1 else Labels())
        if len(pieces) > 1:
            self._piece(block, *pieces[-1], labels)

    def _pieces(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The passage parted where it enumerates within the line: «…: 1) …; 2) …»."""
        place, expected = start, 1
        for mark in _ENUMERATED.finditer(self.text.folded, start, end):
            if int(mark[1]) == expected:
                expected += 1
                if self.text.folded[place : mark.start()].strip():
                    yield self.text.trim(place, mark.start())
                place = mark.end()
        if expected == 2 and place != start:
            place = place if place > start else start
        yield self.text.trim(place, end)

    def _piece(self, block: Block, start: int, end: int, labels: Labels) -> None:
        inner = inline_labels(self.text, start, end)
        if inner and inner[0][1] > start + 15:
            for part, _, begin, stop in inner:
                self._take(labels, part, begin, stop)
            end = self.text.trim(start, inner[0][1])[1]
            end -= len(self.text.folded[start:end]) - len(self.text.folded[start:end].rstrip(" (-"))
        previous: Clause | None = None
        spans = list(sentences(self.text, start, end))
        for number, (begin, stop) in enumerate(spans):
            last = number == len(spans) - 1
            if last and self.text.folded[begin:stop].endswith(":") and not labels.end:
                self._lead_in(block, begin, stop)
            else:
                previous = (
                    self._sentence(block, begin, stop, labels if last else Labels(), previous) or previous
                )

    def _lead_in(self, block: Block, start: int, end: int) -> None:
        """«Министерству …:», «… поручил:» — what is listed below is for them."""
        grammar = self._grammar(start, end)
        clause = grammar.heading(self.text, self.named, start, end)
        ordering = bool(
            russian.ACTIVE.search(self.text.folded, start, end)
            or russian.PASSIVE.search(self.text.folded, start, end)
            or kazakh.TRIGGER.search(self.text.folded, start, end)
        )
        clause.orders = ordering
        if self.is_protocol or ordering or self.parents:
            self.parents.append((block.depth if block.kind == "item" else 0, clause))
            self.ordering = True

    def _sentence(
        self, block: Block, start: int, end: int, labels: Labels, previous: Clause | None
    ) -> Clause | None:
        folded = self.text.folded[start:end]
        if NOTED.search(folded):
            self.reading.notes.append(self._span(start, end))
            return None
        if is_question(self.text, start, end):
            return None
        if CONTROL.search(folded):
            self.reading.decisions.append(self._span(start, end))
            return None
        clauses = self._clauses(block, start, end, labels, previous)
        if clauses is None:
            return None
        clauses = [part for clause in clauses for part in parted(self.text, clause)]
        for clause in clauses:
            self._keep(clause, labels if clause is clauses[-1] else Labels())
        return clauses[-1] if clauses else self._leave(start, end)

    def _clauses(
        self, block: Block, start: int, end: int, labels: Labels, previous: Clause | None
    ) -> list[Clause] | None:
        """The instructions of a sentence; [] where it has none, None where it tells of earlier ones."""
        grammar = self._grammar(start, end)
        verb = self._verb(start, end)
        if verb is not None:
            if is_background(self.text, start, verb, self.event, self.presidential):
                self.reading.notes.append(self._span(start, end))
                return None
            clauses = grammar.ordered(self.text, self.named, start, end)
            self.ordering = True
            if clauses and (clauses[0].to or not self.parents):
                return clauses
        if EARLIER.search(self.text.folded, start, end):
            self.reading.notes.append(self._span(start, end))
            return None
        clauses = grammar.item(self.text, self.named, start, end)
        if clauses and (self._is_item(block) or self._is_spoken_order(grammar, clauses[0], start, end)):
            return clauses
        inherited = self._inherited(previous) or (Clause(start, end) if labels.who else None)
        if inherited and self._is_action(grammar, start, end):
            along = [*inherited.along, *grammar.heading(self.text, self.named, start, end).along]
            term = choose_term(self.text, start, end) or inherited.term
            return [Clause(start, end, inherited.to, along, inherited.lead, term)]
        return [] if verb is None else None

    def _verb(self, start: int, end: int) -> int | None:
        places = [
            m.start()
            for pattern in (russian.ACTIVE, russian.PASSIVE, kazakh.TRIGGER)
            if (m := pattern.search(self.text.folded, start, end))
        ]
        return min(places) if places else None

    def _is_item(self, block: Block) -> bool:
        return self.is_protocol or bool(self.parents)

    def _is_spoken_order(self, grammar, clause: Clause, start: int, end: int) -> bool:  # type: ignore[no-untyped-def]
        """In news: «Министерству … – создать …», «министрлік … қамтамасыз етсін»; "must" only where orders are given."""
        if grammar is kazakh and kazakh.is_imperative(self.text, start, end):
            return True
        if russian.LET.search(self.text.folded, start, end):
            return True
        after = self.text.folded[clause.to[-1].end : clause.to[-1].end + 60]
        if (
            grammar is russian
            and re.match(r"\"?(?:\s*\([^)]*\))*\s*-\s", after)
            and "plain" not in clause.to[0].cases
        ):
            return True
        if grammar is russian and (self.ordering or self._is_quoted(start)) and russian.is_bare_order(self.text, clause):
            return True
        needed = russian.NEEDED.search(self.text.folded, start, end) or kazakh.is_needed(
            self.text, start, end
        )
        return bool(needed) and (self.ordering or self._is_quoted(start))

    def _is_quoted(self, start: int) -> bool:
        line = self.text.folded.rfind("\n", 0, start) + 1
        return self.text.folded.count('"', line, start + 1) % 2 == 1 or bool(
            re.match(r"\s*-\s", self.text.folded[line : start + 3])
        )

    def _inherited(self, previous: Clause | None) -> Clause | None:
        """What a sentence without addressees takes them from: the sentence before in its item, or what the list is under."""
        if previous and (self.is_protocol or self.parents):
            return previous
        return next((parent for _, parent in reversed(self.parents) if parent.to or parent.along or parent.orders), None)

    def _is_action(self, grammar, start: int, end: int) -> bool:  # type: ignore[no-untyped-def]
        if grammar is russian:
            return bool(russian.infinitives(self.text, start, end))
        return any(
            check(self.text, start, end)
            for check in (kazakh.is_imperative, kazakh.is_needed, kazakh.is_action)
        )

    def _leave(self, start: int, end: int) -> None:
        """A sentence without an instruction: a decision, or shown as not understood where it sounds like an order."""
        grammar = self._grammar(start, end)
        span = self._span(start, end)
        in_decisions = self.is_protocol and self.part in (None, Part.DECIDED)
        is_action = in_decisions and self._is_action(grammar, start, end)
        if is_action and grammar.is_decision(self.text, start, end):
            self.reading.decisions.append(span)
        elif LIKE_ORDER.search(self.text.folded, start, end) or (is_action and not self._is_topic(span)):
            self.reading.unrecognised.append(span)

    def _is_topic(self, span: Span) -> bool:
        return any(topic.start < span.end and span.start < topic.end for topic in self.reading.agenda)

    # -- results

    def _span(self, start: int, end: int) -> Span:
        return Span(self.text.raw[start:end], start, end)

    def _keep(self, clause: Clause, labels: Labels) -> None:
        end = max(clause.end, labels.end)
        term = labels.term or clause.term
        who = [*clause.to, *labels.who, *clause.along]
        called = list(dict.fromkeys(body.called(self.text) for body in who))
        lead = labels.lead or clause.lead
        if lead and lead.called(self.text) not in called:
            called.append(lead.called(self.text))
        named = lead or next((body for body in who if not body.is_group), None)
        self.reading.instructions.append(
            Task(
                self.text.raw[clause.start : end],
                clause.start,
                end,
                called,
                named.called(self.text) if named else None,
                term.due(self.event) if term else None,
                self.text.raw[term.start : term.end] if term else "",
            )
        )
