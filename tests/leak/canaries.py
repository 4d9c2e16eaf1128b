"""Words that stand nowhere else, put into every text of rows that nobody outside the house may know of.

A word says where it came from: what is found on a page is named by table, key and column.
"""

import re
from itertools import count
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection, models, transaction

from core.models import Published, StoredFile
from tests.factories import FACTORIES

WORD = re.compile(r"zq7[0-9a-z]{4}q")
#: Registers that everybody reads by design: sources, acts, days, districts, words of consent, open data, what somebody
#: keeps for himself, and what the machine notes.
OPEN = {
    *("core_source", "core_legalact", "core_legalactsource", "core_legalactstage", "core_calendarday"),
    *("districts_district", "investors_consenttext", "investors_consentrecord", "core_jobrun"),
    *("core_savedview", "core_silence", "core_notice", "core_ratecount", "core_idempotencyrecord"),
    *("alatau_portal_opendataedition", "alatau_portal_opendatafile"),
    *("tasks_reminderrule", "tasks_reportingperiod", "core_outbox", "core_accesslog", "core_erasure"),
    "accounts_webhookbookmark",
}
#: Not words: what they hold has a shape.
SHAPED = {
    "path",
    "sha256",
    "content_type",
    "username",
    "token_hash",
    "token_prefix",
    "currency",
    "country",
    "bin",
    "target",
    "secret",
    "former_secret",
}


class Planted:
    """`where[word]` is "table key column"; `rows` those that hold them."""

    def __init__(self) -> None:
        self.where: dict[str, str] = {}
        self.rows: list[models.Model] = []
        #: Tables that let no word in: what stands in them is written by the house itself.
        self.refused: set[str] = set()
        self._next = count(1)

    def word(self, where: str) -> str:
        made = f"zq7{next(self._next):04x}q"
        self.where[made] = where
        return made

    def of(self, row: models.Model) -> set[str]:
        begins = f"{row._meta.db_table} {row.pk} "
        return {word for word, where in self.where.items() if where.startswith(begins)}

    def plant(self, row: models.Model) -> models.Model:
        """A word into every free text of this row; what a rule refuses stays as it was."""
        for column in row._meta.concrete_fields:
            if not is_free(column):
                continue
            word = self.word(f"{row._meta.db_table} {row.pk} {column.name}")
            value = [word] if is_list(column) else word
            try:
                with transaction.atomic():
                    type(row)._base_manager.filter(pk=row.pk).update(**{column.name: value})
            except DatabaseError:
                del self.where[word]
        if hasattr(row, "stale"):  # the words came one by one; none is older than another
            type(row)._base_manager.filter(pk=row.pk).update(stale=[])
        row.refresh_from_db()
        if isinstance(row, StoredFile):
            self._fill(row)
        self.rows.append(row)
        return row

    def _fill(self, file: StoredFile) -> None:
        word = self.word(f"{file._meta.db_table} {file.pk} bytes")
        if not default_storage.exists(file.path):
            default_storage.save(file.path, ContentFile(f"%PDF-1.4 {word}".encode()))

    def make(self, factory: Any, **facts: Any) -> models.Model:
        """A row that is born with the words, where its table lets nothing be written over; else they come after."""
        model = factory._meta.model
        words = {c.name: self.word("") for c in model._meta.concrete_fields if is_free(c) and not is_list(c)}
        try:
            with transaction.atomic():
                row = factory(**facts, **{name: word for name, word in words.items() if name not in facts})
                connection.check_constraints()
        except (DatabaseError, ValidationError):
            for word in words.values():
                del self.where[word]
            return self.plant(factory(**facts))
        for name, word in words.items():
            self.where[word] = f"{model._meta.db_table} {row.pk} {name}"
        if isinstance(row, StoredFile):
            self._fill(row)
        self.rows.append(row)
        return row

    def plant_every_table(self) -> None:
        """A row of every table that has a factory, and what it stands on, all of it internal."""
        for table, factory in FACTORIES.items():
            if table in OPEN:
                continue
            facts = {"visibility": "internal"} if issubclass(factory._meta.model, Published) else {}
            row = self.make(factory, **facts)
            if not self.of(row) and _has_words(factory._meta.model):
                self.refused.add(table)

    def found(self, text: str) -> list[str]:
        """Where the words of this text come from."""
        return sorted({self.where.get(word, word) for word in WORD.findall(text.lower())})


def is_list(column: models.Field) -> bool:
    return isinstance(getattr(column, "base_field", None), models.CharField)


def is_free(column: Any) -> bool:
    text = column.base_field if is_list(column) else column
    if not isinstance(text, models.CharField | models.TextField) or isinstance(
        text, models.SlugField | models.EmailField
    ):
        return False
    if column.generated or column.primary_key or column.unique or text.choices or column.name in SHAPED:
        return False
    if column.name == "stale" or column.name.endswith("_hash"):
        return False
    return text.max_length is None or text.max_length >= 10


def _has_words(model: type[models.Model]) -> bool:
    return any(is_free(column) for column in model._meta.concrete_fields)
