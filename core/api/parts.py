"""From a row to the objects of the API in whose JSON it shows, or by which it is decided who sees them.

A register names in `parts` the ways from its objects to such rows: `("parties__organisation", "milestones__source")`;
what lies on a way belongs to it. A way may lead through several rows of one kind, but not past a `parts` that lacks it:
a test compares them with the tables that reading an object asks (tests/api/test_parts.py).
"""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple

from core.api.resources import Resource, watched


class Hop(NamedTuple):
    """One step of a way: to the rows of `table`.

    `column` of these rows refers back to the row `before` ("" is the object itself), so the ledger says whose they are
    and were. Where there is none, it is the row before that refers to them, and `path` leads there from the object.
    """

    resource: Resource
    table: str
    path: str
    before: str
    column: str = ""


@cache
def hops() -> dict[str, tuple[Hop, ...]]:
    """Of all registers, by table; each once."""
    found: dict[str, dict[Hop, None]] = {}
    for resource in watched():
        for way in resource.viewset.parts:
            for hop in _along(resource, way):
                found.setdefault(hop.table, {})[hop] = None
    return {table: tuple(steps) for table, steps in found.items()}


def tables_of(resource: Resource) -> set[str]:
    """The tables of an object and of its parts."""
    parts = {table for table, steps in hops().items() if any(hop.resource == resource for hop in steps)}
    return parts | {resource.model._meta.db_table}


def columns() -> dict[str, list[str]]:
    """By table: the columns of its rows that say whose they are."""
    named = {table: sorted({hop.column for hop in steps} - {""}) for table, steps in hops().items()}
    return {table: said for table, said in named.items() if said}


def _along(resource: Resource, way: str) -> Iterator[Hop]:
    model: Any = resource.model
    before: list[str] = []
    for step in way.split("__"):
        field = model._meta.get_field(step)
        path = "__".join([*before, step])
        yield from _step(resource, field, path, "__".join(before))
        model, before = field.related_model, [*before, step]


def _step(resource: Resource, field: Any, path: str, before: str) -> Iterable[Hop]:
    target = field.related_model._meta.db_table
    if field.many_to_many:
        through, column = _through(field)
        return Hop(resource, through, "", before, column), Hop(resource, target, path, before)
    if field.auto_created:  # the other side has the column
        return (Hop(resource, target, path, before, field.field.column),)
    return (Hop(resource, target, path, before),)


def _through(field: Any) -> tuple[str, str]:
    """The table between two that know each other, and its column for the nearer one."""
    is_far = field.auto_created
    many = field.field if is_far else field
    through = many.remote_field.through
    name = many.m2m_reverse_field_name() if is_far else many.m2m_field_name()
    return through._meta.db_table, through._meta.get_field(name).column
