"""The same JSON as a serializer writes, built by the database: for lists that everybody reads, many times as fast.

The serializer stays the description; how each kind of field looks stands a second time in SQL (core.api.built_fields),
and a test holds the two against each other, byte by byte. The SQL is written once for each language and set of fields
and then kept: to write it costs more than to run it. Only what a visitor sees is built so.
"""

import json
from collections import defaultdict
from functools import lru_cache
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import BooleanField, Case, F, Prefetch, Q, TextField, Value, When
from rest_framework import serializers

from core import prepared
from core.api.built_fields import TWINS, Sql, joined, object_of

VISITOR = AnonymousUser()
#: Stands among the parameters of the SQL where the keys of the rows go.
_KEYS = "the keys of the rows"

type Statement = tuple[str, tuple[Any, ...]]


class Plan(NamedTuple):
    """`rows` gives a key, whether there is a geometry, and the pieces of an object, between which its lists go; each of
    `lists` gives the key of an object and what stands in its list."""

    rows: Statement
    lists: tuple[Statement, ...]


def texts(register: Any, keys: list[int]) -> str:
    """The JSON of these rows of a register, with commas between them; a row that has just gone is left out."""
    plan = _planned(type(register), register.lang, register.fields, settings.PUBLIC_URL)
    lists = [_by_owner(_run(one, keys)) for one in plan.lists]
    built: dict[int, str] = {}
    for key, is_shaped, first, *rest in _run(plan.rows, keys):
        parts = [first]
        for shown, piece in zip(lists, rest, strict=True):
            parts += ["[", ",".join(shown.get(key, ())), "]", piece]
        built[key] = _exact("".join(parts)) if is_shaped else "".join(parts)
    whole = ",".join(built[key] for key in keys if key in built)
    return whole.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")  # as REST framework does


def _run(statement: Statement, keys: list[int]) -> list[Any]:
    sql, params = statement
    listed = f"{{{','.join(map(str, keys))}}}"
    return prepared.rows(sql, [listed if value is _KEYS else value for value in params])


def _by_owner(rows: list[tuple[int, str]]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for owner, text in rows:
        found[owner].append(text)
    return found


def _exact(text: str) -> str:
    """The database keeps JSON with numbers as they were written; a serializer reads and writes them."""
    return json.dumps(json.loads(text), ensure_ascii=False, separators=(",", ":"))


@lru_cache(maxsize=64)
def _planned(register: Any, language: str | None, chosen: tuple[str, ...] | None, _address: str) -> Plan:
    rows = register.rows(VISITOR)
    serializer = register.serializer_class(context={"lang": language, "fields": chosen})
    parts = {_target(lookup): lookup for lookup in rows._prefetch_related_lookups}
    pieces: list[list[Any]] = [["{"]]
    lists = []
    for place, (name, field) in enumerate(serializer.fields.items()):
        pieces[-1].append(f'{"," if place else ""}"{name}":')
        if isinstance(field, serializers.ListSerializer):
            lists.append(_list(field, rows.model, parts[field.source], language))
            pieces.append([])
        else:
            pieces[-1].append(_value(field, "", language))
    pieces[-1].append("}")
    has_shape = register.geometry in serializer.fields
    shape = Sql("{0} IS NOT NULL", F(register.geometry)) if has_shape else Value(False)
    plain = rows.prefetch_related(None).order_by().filter(_is_one_of_them("pk"))
    columns = [joined(piece) for piece in pieces]
    return Plan(plain.values_list("pk", shape, *columns).query.sql_with_params(), tuple(lists))


def _is_one_of_them(column: str) -> Sql:
    return Sql("{0} = ANY({1}::bigint[])", F(column), Value(_KEYS), output_field=BooleanField())


def _value(field: Any, way: str, language: str | None) -> Any:
    if isinstance(field, serializers.Serializer):
        return _one(field, f"{way}{field.source}", language)
    return TWINS[type(field)](field, way, language)


def _one(serializer: Any, relation: str, language: str | None) -> Any:
    """The object behind a relation; null where there is none, or none that a visitor may know of."""
    there = Q(**{f"{relation}__isnull": False}) & _known(serializer, f"{relation}__")
    shown = _object(serializer, f"{relation}__", language)
    return Case(When(there, then=shown), default=Value("null"), output_field=TextField())


def _object(serializer: Any, way: str, language: str | None) -> Any:
    return object_of({name: _value(field, way, language) for name, field in serializer.fields.items()})


def _list(field: Any, model: Any, lookup: Any, language: str | None) -> Statement:
    """What a prefetch would bring, in its order."""
    rows, owner, way = _related(model, lookup)
    shown = rows.filter(_is_one_of_them(owner), _known(field, way))
    return shown.values_list(owner, _object(field.child, way, language)).query.sql_with_params()


def _target(lookup: Any) -> str:
    return lookup.prefetch_to if isinstance(lookup, Prefetch) else lookup


def _related(model: Any, lookup: Any) -> tuple[Any, str, str]:
    """The rows of a prefetch, their column of the row outside, and the way from them to what is shown."""
    if isinstance(lookup, Prefetch):
        return lookup.queryset, model._meta.get_field(lookup.prefetch_through).field.attname, ""
    relation = model._meta.get_field(lookup)
    target = relation.m2m_reverse_field_name()
    order = [f"{target}__{name}" for name in relation.related_model._meta.ordering]
    rows = relation.remote_field.through._base_manager.order_by(*order)
    return rows, f"{relation.m2m_field_name()}_id", f"{target}__"


def _known(serializer: Any, way: str) -> Q:
    """What a serializer that writes its object itself keeps from readers, asked by the database for a visitor."""
    return serializer.known(way, VISITOR) if hasattr(serializer, "known") else Q()
