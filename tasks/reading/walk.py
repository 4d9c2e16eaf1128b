"""Walks through the blocks of a text and hands its sentences to the sorter, each with what it inherits."""

import re
from collections.abc import Iterator

from tasks.reading.blocks import Block, inline_labels
from tasks.reading.bodies import bodies
from tasks.reading.clauses import Clause, choose_term
from tasks.reading.grammar import grammar_of
from tasks.reading.headings import Part
from tasks.reading.labels import OF_ITEM, Labels, bracketed, labels_above, labels_below, only_bodies
from tasks.reading.names import Named
from tasks.reading.results import Reading, Span
from tasks.reading.sentences import sentences
from tasks.reading.sorting import Around, Sorter
from tasks.reading.tables import columns, parts
from tasks.reading.text import Text

#: Parts that hold no instructions.
_SILENT = (Part.AGENDA, Part.TOPIC, Part.PRESENT, Part.CHAIR, Part.DATE, Part.PLACE, Part.END)
_ENUMERATED = re.compile(r"(?<=[\s:;(])(\d{1,2})\)\s")
_FIRST = re.compile(r"(?:1|i)[.)]?")
_GIVEN = re.compile(r"поруч|тапсыр")
#: So much of a passage stands before a label that is said of it.
_LEAST = 15


class Walker:
    def __init__(
        self, text: Text, named: list[Named], found: list[Block], reading: Reading, is_protocol: bool
    ) -> None:
        self.text, self.named, self.blocks, self.reading = text, named, found, reading
        self.is_protocol = is_protocol
        self.sorter = Sorter(text, named, reading)
        self.part: Part | None = None
        #: Lines that end with a colon and are still open, with their depth: what is listed below is theirs.
        self.parents: list[tuple[int, Clause]] = []
        self.columns: dict[str, int] = {}
        self.width = 0
        self.seen_number = False

    def walk(self) -> None:
        for index, block in enumerate(self.blocks):
            if block.kind == "row":
                self._row(block)
            elif block.kind == "label":
                self._label(index, block)
            elif self._is_read(block):
                self._passage(block, self._labels(index))
        self._drop_headline()

    def _drop_headline(self) -> None:
        """In news the headline says what the text then says: it orders something only where nothing else does."""
        tasks = self.reading.instructions
        if self.is_protocol or len(tasks) < 2:
            return
        headline = self.blocks[0]
        if tasks[0].end <= headline.end and self.text.folded[headline.end - 1] not in '.!?":;':
            dropped = tasks.pop(0)
            self.reading.notes.insert(0, Span(dropped.text, dropped.start, dropped.end))

    def _labels(self, index: int) -> Labels:
        following = (self.blocks[place] for place in range(index + 1, len(self.blocks)))
        return labels_below(self.text, self.named, following)

    # -- where we are

    def _label(self, index: int, block: Block) -> None:
        if block.part in OF_ITEM:
            return
        if block.part is Part.TASK:
            self._card(index, block)
            return
        is_whole = block.start < block.end and not self._ends_with_colon(block)
        self.part, self.parents, self.seen_number = block.part, [], False
        if block.part is Part.END or (block.part is Part.PRESENT and is_whole):
            self.part = None
        if block.part is Part.DECIDED:
            self.sorter.among_orders = True
            if _GIVEN.search(self.text.folded, self.text.line_start(block.start - 1), block.start):
                self.parents = [(-1, Clause(block.start, block.start, orders=True))]
        if block.start < block.end and block.part not in _SILENT:
            self._passage(Block("line", block.start, block.end), self._labels(index))

    def _is_read(self, block: Block) -> bool:
        """Whether a block is read for instructions; leaves the agenda or the list of participants where it ends."""
        if self.part in (Part.AGENDA, Part.PRESENT):
            has_gap = self.text.has_gap_before(block.start)
            is_first = bool(_FIRST.fullmatch(block.number))
            again = is_first and (self.seen_number or (has_gap and self.part is Part.PRESENT))
            self.seen_number = self.seen_number or bool(block.number)
            is_next = self._ends_with_colon(block) or (has_gap and block.kind == "line")
            if not again and not is_next and not self._is_order(block):
                return False
        if self.part in _SILENT:
            self.part = None
        return True

    def _ends_with_colon(self, block: Block) -> bool:
        return self.text.folded[block.start : block.end].endswith(":")

    def _is_order(self, block: Block) -> bool:
        grammar = grammar_of(self.text, block.start, block.end)
        read = grammar.item if self.is_protocol else grammar.ordered
        return bool(read(self.text, self.named, block.start, block.end))

    # -- rows, items and sentences

    def _card(self, index: int, block: Block) -> None:
        """«Мазмұны: … Жауапты: … Мерзімі: …»: what is to be done, with the labels below it, else those above it."""
        labels = self._labels(index) or labels_above(self.text, self.named, self.blocks[:index])
        if labels.who and block.start < block.end:
            term = choose_term(self.text, block.start, block.end)
            self.sorter.keep(Clause(block.start, block.end, term=term), labels)
        elif block.start < block.end:
            self._passage(Block("line", block.start, block.end), labels)

    def _row(self, row: Block) -> None:
        if headings := columns(self.text, row):
            self.columns, self.width = headings, len(row.cells)
            return
        cells = parts(self.text, row, self.named, self.columns, self.width)
        if "task" not in cells or len(cells) < 2:
            return
        labels = Labels()
        for name, part in (("who", Part.RESPONSIBLE), ("along", Part.RESPONSIBLE), ("when", Part.TERM)):
            if name in cells:
                labels.take(self.text, self.named, part, *cells[name])
        labels.end = row.cells[-1][1]
        self.sorter.keep(Clause(min(cells.values())[0], cells["task"][1]), labels)

    def _passage(self, block: Block, labels: Labels) -> None:
        if block.kind == "item":
            while self.parents and self.parents[-1][0] >= block.depth:
                self.parents.pop()
        elif self.text.has_gap_before(block.start):
            self.parents = []
        pieces = list(self._pieces(block.start, block.end))
        for piece in pieces[:-1]:
            self._piece(block, *piece, Labels())
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
        yield self.text.trim(place, end)

    def _piece(self, block: Block, start: int, end: int, labels: Labels) -> None:
        inner = inline_labels(self.text, start, end)
        if inner and inner[0][1] > start + _LEAST:
            for part, _, begin, stop in inner:
                labels.take(self.text, self.named, part, begin, stop)
            end = self.text.trim(start, inner[0][1], " (-")[1]
        if self.is_protocol and (place := bracketed(self.text, self.named, start, end)):
            after = max(labels.end, end)
            labels.take(self.text, self.named, Part.RESPONSIBLE, place + 1, end)
            labels.end = after
            labels.term = labels.term or choose_term(self.text, place + 1, end)
            end = self.text.trim(start, place)[1]
        previous: Clause | None = None
        spans = list(sentences(self.text, start, end))
        for begin, stop in spans:
            is_last = (begin, stop) == spans[-1]
            opens = self.text.folded[stop - 1] == ":" or self._names_only(block, begin, stop)
            if is_last and opens and not labels.end:
                self._lead_in(block, begin, stop)
            else:
                around = self._around(labels if is_last else Labels(), previous)
                around.is_listed = around.is_decided and block.kind == "item"
                previous = self.sorter.sentence(begin, stop, around) or previous

    def _names_only(self, block: Block, start: int, end: int) -> bool:
        """A line of nothing but bodies above a list: «Министерство энергетики», «Көлік министрлігі»."""
        if not self.is_protocol or block.kind != "line" or not only_bodies(self.text, self.named, start, end):
            return False
        following = next((one for one in self.blocks if one.start > block.start), None)
        return following is not None and following.kind == "item"

    def _around(self, labels: Labels, previous: Clause | None) -> Around:
        parent = next((one for _, one in reversed(self.parents) if one.to or one.along or one.orders), None)
        is_item = self.is_protocol or bool(self.parents)
        is_decided = self.is_protocol and self.part in (None, Part.DECIDED)
        term = next((one.term for _, one in reversed(self.parents) if one.term), None)
        return Around(labels, previous if is_item else None, parent, term, is_item, is_decided)

    def _lead_in(self, block: Block, start: int, end: int) -> None:
        """«Министерству …:», «… поручил:» — what is listed below is for them."""
        grammar = grammar_of(self.text, start, end)
        clause = grammar.heading(self.text, self.named, start, end)
        if not clause.to and only_bodies(self.text, self.named, start, end):
            clause.to = bodies(self.text, self.named, start, end)
        clause.orders = grammar.order_at(self.text, start, end) is not None
        if self.is_protocol or clause.orders or self.parents:
            self.parents.append((block.depth if block.kind == "item" else 0, clause))
            self.sorter.among_orders = True
