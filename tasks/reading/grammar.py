"""The two grammars behind one face: which of them reads a sentence."""

from typing import Protocol

from tasks.reading import kazakh, russian
from tasks.reading.clauses import Clause
from tasks.reading.names import Named
from tasks.reading.text import Text


class Grammar(Protocol):
    """What each of the two modules offers; start and end delimit one sentence."""

    def order_at(self, text: Text, start: int, end: int) -> int | None:
        """Where a verb of instructing stands."""

    def ordered(self, text: Text, named: list[Named], start: int, end: int) -> list[Clause]:
        """What is instructed with such a verb; nothing where it only says that something was."""

    def item(self, text: Text, named: list[Named], start: int, end: int) -> list[Clause]:
        """What a sentence without such a verb wants of those it names, as items of a protocol do."""

    def heading(self, text: Text, named: list[Named], start: int, end: int) -> Clause:
        """Whom a line that ends with a colon addresses."""

    def is_said_as_order(self, text: Text, clause: Clause, *, among_orders: bool) -> bool:
        """Whether an item of `item` is an order in prose too."""

    def is_action(self, text: Text, start: int, end: int) -> bool:
        """Whether the sentence says what is to be done."""

    def is_decision(self, text: Text, start: int, end: int) -> bool:
        """Whether what is to be done is done by deciding it: «одобрить», «бекітілсін»."""


def grammar_of(text: Text, start: int, end: int) -> Grammar:
    return kazakh if text.is_kazakh(start, end) else russian
