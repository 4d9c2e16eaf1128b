"""Brings rows that a file wants into a table without undoing what people have done there since.

A row is found by its natural key. What a column holds now is compared with what the loader itself last wrote there,
which the ledger knows. Equal: the file may say something new. Different: somebody has corrected it; it stays, and is
reported. A row that somebody removed is not made again; a row that somebody added is left alone.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models import Q

from core.choices import Operation
from core.models import Change

#: The database keeps these itself.
KEPT_BY_DATABASE = {"id", "created_at", "updated_at", "version"}


@dataclass(frozen=True)
class Correction:
    """Somebody changed what the loader had written, and the file says something else still."""

    row: str
    column: str
    ours: Any
    theirs: Any

    def __str__(self) -> str:
        return f"kept as corrected: {self.row}: {self.column} is {self.theirs!r}, the file says {self.ours!r}"


@dataclass(frozen=True)
class Removal:
    """Somebody removed a row that the file still has."""

    row: str

    def __str__(self) -> str:
        return f"kept as removed: {self.row}"


@dataclass(frozen=True)
class Wanted:
    """A row as the file wants it; `name` is how a report calls it."""

    name: str
    columns: dict[str, Any]


@dataclass(frozen=True)
class Update:
    row: Any
    old: dict[str, Any]


@dataclass
class Merged:
    """The rows in the order they were wanted (None where one is gone), and what happened."""

    rows: list[Any] = field(default_factory=list)
    updates: list[Update] = field(default_factory=list)
    created: int = 0
    kept: list[Correction | Removal] = field(default_factory=list)


class Table:
    """One table while rows are brought into it. Columns in `only_new` are written once, at the beginning."""

    def __init__(
        self, model: type[models.Model], actor: str, key: Sequence[str], only_new: Iterable[str] = ()
    ) -> None:
        self.model = model
        self.fields: dict[str, Any] = {f.name: f for f in model._meta.concrete_fields}
        self.key = [self.fields[name].attname for name in key]
        self.compared: dict[str, Any] = {
            f.attname: f
            for f in model._meta.concrete_fields
            if not f.generated and f.name not in KEPT_BY_DATABASE.union(only_new)
        }
        columns = {f.attname: f for f in model._meta.concrete_fields}
        self.memory = {
            pk: {name: value_of(columns[name], raw) for name, raw in row.items() if name in columns}
            for pk, row in recall(model, actor).items()
        }

    def merge(self, wanted: Sequence[Wanted]) -> Merged:
        present = self._present(wanted)
        by_hand = {self._key(row.__dict__): pk for pk, row in present.items()}
        by_loader = {self._key(values): pk for pk, values in self.memory.items()}
        merged, new = Merged(), []
        for want in wanted:
            key = self._key(want.columns)
            row = present.get(by_loader.get(key, 0)) or present.get(by_hand.get(key, 0))
            if row is not None:
                self._compare(row, want, merged)
            elif key in by_loader:
                merged.kept.append(Removal(self._label(want)))
            else:
                row = self.model(**want.columns)
                new.append(row)
            merged.rows.append(row)
        self._write(merged.updates, new)
        merged.created = len(new)
        return merged

    def _present(self, wanted: Iterable[Wanted]) -> dict[int, Any]:
        first = {want.columns[self.key[0]] for want in wanted}
        rows = self.model._base_manager.filter(
            Q(pk__in=list(self.memory)) | Q(**{f"{self.key[0]}__in": first})
        )
        return {row.pk: row for row in rows}

    def _key(self, columns: Mapping[str, Any]) -> tuple[Any, ...]:
        return tuple(columns.get(name) for name in self.key)

    def _label(self, want: Wanted) -> str:
        return f"{self.model._meta.label} {want.name}"

    def _compare(self, row: Any, want: Wanted, merged: Merged) -> None:
        """Take over what the file says anew; keep and report what somebody corrected."""
        last, old = self.memory.get(row.pk, {}), {}
        for name, column in self.compared.items():
            default = column.get_default()
            ours, theirs = want.columns.get(name, default), getattr(row, name)
            if theirs == ours:
                continue
            if name in last and theirs == last[name]:
                old[name] = theirs
                setattr(row, name, ours)
            elif name in want.columns or last.get(name, default) != default:
                merged.kept.append(Correction(self._label(want), name, ours, theirs))
        if old:
            merged.updates.append(Update(row, old))

    def _write(self, updates: Iterable[Update], new: list[Any]) -> None:
        # What is given up comes before what is taken, so that "one chosen" never meets two.
        for update in sorted(updates, key=lambda u: any(getattr(u.row, name) is True for name in u.old)):
            update.row.save(update_fields=list(update.old))
        if new:
            self.model._base_manager.bulk_create(new)


def recall(model: type[models.Model], actor: str) -> dict[int, dict[str, Any]]:
    """What the actor last wrote into each row of the table, by the ledger; rows it removed itself are forgotten."""
    rows: dict[int, dict[str, Any]] = {}
    entries = Change.objects.filter(relation=model._meta.db_table, actor=actor).order_by("id")
    changes: Iterable[tuple[int, str, Any, Any]] = entries.values_list("row_key", "op", "new", "old")
    for pk, op, new, old in changes:
        if op == Operation.REMOVED:
            rows.pop(pk, None)
        elif op == Operation.CREATED:
            rows[pk] = new
        else:
            rows.setdefault(pk, {}).update({column: new[column] for column in old})
    return rows


def value_of(column: Any, raw: Any) -> Any:
    """A value of a file or of the ledger as the model holds it (a decimal must not pass through a float)."""
    return column.to_python(str(raw) if isinstance(raw, float) else raw)
