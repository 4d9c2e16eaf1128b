"""Which objects the ledger has changes of: their own rows, rows that show in them, and embargoes that have ended.

Whose a row is, is asked of the world before the changes, which stands still while a pass is read; a tie that was made
since is in the ledger itself, in the columns of the row that makes it (`core.api.parts.Hop.column`).
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import IntegerField, Value

from core.api.parts import Hop, columns, hops, tables_of
from core.api.resources import Resource, watched
from core.apps import recorded_models
from core.bookmarks import Moment, seen
from core.models import Published

#: An object: the name of its register, and the key of its row.
type Thing = tuple[str, int]


class Touch(NamedTuple):
    """The newest change: its number and its instant. `late`: some were there when the last page before was read, or an
    embargo had ended by then."""

    entry: int
    at: datetime
    late: bool = False

    def and_(self, other: "Touch | None") -> "Touch":
        if other is None:
            return self
        newer = max(self, other)
        return newer._replace(late=self.late or other.late)


class Row(NamedTuple):
    """A row with changes, and by column whose it is and was."""

    table: str
    key: int
    touch: Touch
    owners: list[tuple[str, int]]


_CHANGED = """
SELECT c.relation, c.row_key, max(c.id), (array_agg(c.at ORDER BY c.id DESC))[1],
       coalesce(bool_or(%(late)s <> '' AND (c.id NOT IN (SELECT id FROM core_since(%(late)s))
               OR (c.old ->> 'published_at')::timestamptz > %(since_at)s
                  AND (c.old ->> 'published_at')::timestamptz <= %(late_at)s)), false),
       jsonb_agg(DISTINCT jsonb_build_array(o.name, o.key)) FILTER (WHERE o.key IS NOT NULL)
  FROM core_since(%(since)s) c
  LEFT JOIN LATERAL (
       SELECT name, key::bigint FROM jsonb_array_elements_text(%(columns)s::jsonb -> c.relation) name
        CROSS JOIN LATERAL (VALUES (c.old ->> name), (c.new ->> name)) v(key)) o ON true
 WHERE c.relation = ANY (%(tables)s) AND c.id NOT IN (SELECT id FROM core_since(%(until)s))
 GROUP BY c.relation, c.row_key
"""
_EMBARGO = "SELECT '{0}', id, published_at FROM public.{0} WHERE published_at > %(since)s AND published_at <= %(until)s"


class Span(NamedTuple):
    """From one moment to another; `late`: one between them, perhaps."""

    since: Moment
    until: Moment
    late: Moment | None = None


def touched(span: Span, registers: Collection[str], clocked: bool) -> dict[Thing, Touch]:
    """Objects of these registers with changes in the span; `clocked`: also those that became public by the clock."""
    resources = [resource for resource in watched() if resource.name in registers]
    tables = sorted({table for resource in resources for table in tables_of(resource)})
    rows = [*_changed(span, tables), *(_opened(span, tables) if clocked else ())]
    if not rows:
        return {}
    found = _Found(registers)
    for row in rows:
        found.take(row)
    with seen(span.since):
        found.ask()
    return found.things


def _changed(span: Span, tables: list[str]) -> Iterator[Row]:
    said = {
        "since": span.since.mark,
        "until": span.until.mark,
        "since_at": span.since.at,
        "late": span.late.mark if span.late else "",
        "late_at": span.late.at if span.late else None,
        "tables": tables,
        "columns": json.dumps(columns()),
    }
    with connection.cursor() as asked:
        asked.execute(_CHANGED, said)
        for table, key, entry, at, late, owners in asked.fetchall():
            of = [(column, owner) for column, owner in json.loads(owners or "[]")]
            yield Row(table, key, Touch(entry, at, late), of)


def _opened(span: Span, tables: list[str]) -> Iterator[Row]:
    """Rows whose embargo ended in the span."""
    published = [
        model._meta.db_table
        for model in recorded_models()
        if issubclass(model, Published) and model._meta.db_table in tables
    ]
    if not published:
        return
    with connection.cursor() as asked:
        asked.execute(
            " UNION ALL ".join(_EMBARGO.format(table) for table in published),
            {"since": span.since.at, "until": span.until.at},
        )
        for table, key, at in asked.fetchall():
            yield Row(table, key, Touch(0, at, bool(span.late and at <= span.late.at)), [])


class _Found:
    """`things` that were found; `asks`: what has to be asked for the rest, by way: keys, and what touched them."""

    def __init__(self, registers: Collection[str]) -> None:
        self.registers = registers
        self.things: dict[Thing, Touch] = {}
        self.asks: dict[tuple[Resource, str], dict[int, Touch]] = defaultdict(dict)

    def take(self, row: Row) -> None:
        for resource in watched():
            if resource.model._meta.db_table == row.table:
                self._add(resource, row.key, row.touch)
        for hop in hops().get(row.table, ()):
            for before, key in self._steps(hop, row):
                if before:
                    asked = self.asks[hop.resource, before]
                    asked[key] = row.touch.and_(asked.get(key))
                else:
                    self._add(hop.resource, key, row.touch)

    @staticmethod
    def _steps(hop: Hop, row: Row) -> Iterable[tuple[str, int]]:
        """Along which way to ask for which row; "" is the object itself."""
        if hop.column and row.owners:
            return [(hop.before, key) for column, key in row.owners if column == hop.column]
        return [(hop.path, row.key)] if hop.path else []

    def _add(self, resource: Resource, key: int, touch: Touch) -> None:
        if resource.name in self.registers:
            thing = resource.name, key
            self.things[thing] = touch.and_(self.things.get(thing))

    def ask(self) -> None:
        """One query for all."""
        asks = [(way, keys) for way, keys in self.asks.items() if way[0].name in self.registers]
        parts = [self._rows(place, *way, keys) for place, (way, keys) in enumerate(asks)]
        if not parts:
            return
        rows = parts[0].union(*parts[1:], all=True).order_by() if len(parts) > 1 else parts[0]
        for place, key, part in rows:
            (resource, _path), keys = asks[place]
            self._add(resource, key, keys[part])

    @staticmethod
    def _rows(place: int, resource: Resource, path: str, keys: dict[int, Touch]) -> Any:
        rows = resource.model._base_manager.filter(**{f"{path}__in": list(keys)}).order_by()
        return rows.values_list(Value(place, IntegerField()), "pk", path)
