"""Hostile words in every text column of every table: however they came in, nothing that shows them may run them."""

from collections import Counter
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, models, transaction

from core.models import Published
from tests.factories import FACTORIES
from tests.hostile import words
from tests.leak.canaries import is_free, is_list

#: What is tried for a column: everything, a name, a short name, a word.
LENGTHS = (words.LONGEST, 250, 60, 30)
#: What stands in these is no text of a person, or signs in.
APART = {"core_change", "core_secret", "accounts_session", "core_era"}
#: What the house alone writes and reads: bookmarks of the ledger (core.bookmarks), and what lets people in.
HOUSES = {"mark", "refused_mark", "until", "bookmark", "password"}


class Planting:
    """`columns`: how many rows of each column hold words; `refused`: how many let none in (they have a shape, or are
    written by the house alone)."""

    def __init__(self) -> None:
        self.columns: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self._next = 0

    def plant_every_table(self) -> None:
        """A row of every table that has a factory, published where such a thing is."""
        for table, factory in FACTORIES.items():
            if table in APART:
                continue
            model = factory._meta.model
            facts = {"visibility": "public"} if issubclass(model, Published) else {}
            self._make(factory, model, facts)

    def plant_every_row(self, most: int) -> None:
        """So many rows of every table that has a factory: the real city too."""
        for factory in FACTORIES.values():
            model = factory._meta.model
            if model._meta.db_table not in APART:
                for row in model._base_manager.order_by("pk")[:most]:
                    self.plant(row)

    def plant(self, row: models.Model) -> None:
        for column in _texts(type(row)):
            name = f"{row._meta.db_table}.{column.name}"
            took = any(self._written(row, column, most) for most in LENGTHS)
            (self.columns if took else self.refused).update([name])

    def _make(self, factory: Any, model: type[models.Model], facts: dict[str, Any]) -> None:
        """Born with the words, where the table lets nothing be written over; else they come after."""
        columns = _texts(model)
        said = {column.name: self._words(column, LENGTHS[1]) for column in columns}
        try:
            with transaction.atomic():
                factory(**facts, **said)
                connection.check_constraints()
        except (DatabaseError, ValidationError):
            self.plant(factory(**facts))
        else:
            self.columns.update(f"{model._meta.db_table}.{column.name}" for column in columns)

    def _written(self, row: models.Model, column: Any, most: int) -> bool:
        manager: Any = type(row)._base_manager
        try:
            with transaction.atomic():
                manager.filter(pk=row.pk).update(**{column.name: self._words(column, most)})
                connection.check_constraints()
        except (DatabaseError, ValidationError):
            return False
        return True

    def _words(self, column: Any, most: int) -> Any:
        self._next += 1
        text = column.base_field if is_list(column) else column
        said = words.mixed(self._next, min(most, text.max_length or most))
        return [said] if is_list(column) else said


def _texts(model: type[models.Model]) -> list[Any]:
    columns = model._meta.concrete_fields
    return [column for column in columns if is_free(column) and column.name not in HOUSES]
