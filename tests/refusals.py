"""How a refusal of the database is proved: by the name of its rule, through Django as well as through SQL."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.contrib.postgres.fields import ArrayField
from django.db import DatabaseError, connection, models, transaction
from psycopg.types.json import Jsonb

#: Names of the rules that have a test of their own, each filled by @refuses.
TOLD: set[str] = set()


@contextmanager
def refused(rule: str) -> Iterator[None]:
    """The block, or its commit, is refused by the rule of this name; nothing of the block remains."""
    with pytest.raises(DatabaseError) as caught, transaction.atomic():
        yield
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    diagnosis = getattr(caught.value.__cause__, "diag", None)
    assert diagnosis is not None and diagnosis.constraint_name == rule, caught.value


def refuses[F: Callable[..., Any]](*rules: str) -> Callable[[F], F]:
    """Marks a test as the one that proves these rules."""
    TOLD.update(rules)
    return lambda test: test


def sql(query: str, *parameters: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters or None)
        return cursor.fetchall() if cursor.description else []


@dataclass(frozen=True)
class Wrong:
    """A row that the factory makes with `given` is right, and becomes wrong by these columns.

    `twin`: the columns become those of a second right row. `copied`: a copy of the row is wrong, where none may change.
    """

    factory: Callable[..., models.Model]
    columns: dict[str, Any] = field(default_factory=dict)
    given: dict[str, Any] = field(default_factory=dict)
    twin: tuple[str, ...] = ()
    copied: bool = False

    def row(self) -> models.Model:
        """A right row: that it can be made is the other half of the proof."""
        return self.factory(
            **{name: value() if callable(value) else value for name, value in self.given.items()}
        )

    def wrong(self) -> dict[str, Any]:
        if not self.twin:
            return {name: value() if callable(value) else value for name, value in self.columns.items()}
        other = self.row()
        return {column: getattr(other, column) for column in self.twin}


def by_django(rule: str, case: Wrong) -> None:
    row, wrong = case.row(), case.wrong()
    if case.copied:
        row.pk, row._state.adding = None, True
    for column, value in wrong.items():
        setattr(row, column, value)
    with refused(rule):
        row.save()


def by_sql(rule: str, case: Wrong) -> None:
    row, wrong = case.row(), case.wrong()
    adapted = {row._meta.get_field(name).column: _adapted(row, name, value) for name, value in wrong.items()}
    with refused(rule):
        if case.copied:
            insert_copy(row, **adapted)
        else:
            sets = ", ".join(f'"{column}" = %s' for column in adapted)
            sql(f"UPDATE {row._meta.db_table} SET {sets} WHERE id = %s", *adapted.values(), row.pk)


def insert_copy(row: models.Model, **changed: Any) -> None:
    """INSERT the same row once more, changed in these columns."""
    plain = [f.column for f in row._meta.concrete_fields if not f.generated and not f.primary_key]
    values = ", ".join("%s" if column in changed else f'"{column}"' for column in plain)
    given = [changed[column] for column in plain if column in changed]
    columns, table = ", ".join(f'"{column}"' for column in plain), row._meta.db_table
    sql(f"INSERT INTO {table} ({columns}) SELECT {values} FROM {table} WHERE id = %s", *given, row.pk)


def _adapted(row: models.Model, column: str, value: Any) -> Any:
    kind = row._meta.get_field(column)
    return Jsonb(value) if isinstance(kind, models.JSONField) and not isinstance(kind, ArrayField) else value


def parameters(cases: dict[str, list[Wrong]]) -> list[Any]:
    """Every case through both doors, and the rules noted as told."""
    refuses(*cases)
    return [
        pytest.param(door, rule, case, id=f"{rule}-{number}-{door.__name__}")
        for rule, wrongs in cases.items()
        for number, case in enumerate(wrongs)
        for door in (by_django, by_sql)
    ]
