"""The same JSON as a serializer writes, built by the database: for lists that everybody reads, many times as fast.

The serializer stays the description; how each kind of field looks stands a second time in SQL (core.api.built_fields),
and a test holds the two against each other, byte by byte. The SQL is written once for each language and set of fields
and then kept: to write it costs more than to run it. Only what a visitor sees is built so.
"""

import json
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import BooleanField, Case, F, OuterRef, Prefetch, Q, TextField, Value, When
from rest_framework import serializers

from core.api.built_fields import TWINS, Sql, object_of

VISITOR = AnonymousUser()
#: Stands among the parameters of the SQL where the keys of the rows go.
_KEYS = "the keys of the rows"


def texts(register: Any, keys: list[int]) -> str:
    """The JSON of these rows of a register, with commas between them; a row that has just gone is left out."""
    sql, params = _written(type(register), register.lang, register.fields, settings.PUBLIC_URL)
    with connection.cursor() as cursor:
        cursor.execute(sql, [keys if value is _KEYS else value for value in params])
        found = {key: _exact(text) if shaped else text for key, text, shaped in cursor.fetchall()}
    whole = ",".join(found[key] for key in keys if key in found)
    return whole.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")  # as REST framework does


def _exact(text: str) -> str:
    """The database keeps JSON with numbers as they were written; a serializer reads and writes them."""
    return json.dumps(json.loads(text), ensure_ascii=False, separators=(",", ":"))


@lru_cache(maxsize=64)
def _written(
    register: Any, language: str | None, chosen: tuple[str, ...] | None, _address: str
) -> tuple[str, tuple[Any, ...]]:
    """The SQL of (key, JSON, whether there is a geometry in it), and its parameters."""
    rows = register.rows(VISITOR)
    serializer = register.serializer_class(context={"lang": language, "fields": chosen})
    parts = {_target(lookup): lookup for lookup in rows._prefetch_related_lookups}
    pairs = {
        name: _many(field, rows.model, parts[field.source], language)
        if isinstance(field, serializers.ListSerializer)
        else _value(field, "", language)
        for name, field in serializer.fields.items()
    }
    shaped = Sql("{0} IS NOT NULL", F(register.geometry)) if register.geometry in pairs else Value(False)
    asked = Sql("{0} = ANY({1}::bigint[])", F("pk"), Value(_KEYS), output_field=BooleanField())
    plain = rows.prefetch_related(None).order_by().filter(asked)
    return plain.values_list("pk", object_of(pairs), shaped).query.sql_with_params()


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
    pairs = {name: _value(field, way, language) for name, field in serializer.fields.items()}
    return object_of(pairs)


def _many(field: Any, model: Any, lookup: Any, language: str | None) -> Any:
    """The objects that a prefetch would bring, in its order."""
    rows, way = _related(model, lookup)
    each = rows.filter(_known(field, way)).values(shown=_object(field.child, way, language))
    return Sql("concat('[', array_to_string({0}, ','), ']')", ArraySubquery(each))


def _target(lookup: Any) -> str:
    return lookup.prefetch_to if isinstance(lookup, Prefetch) else lookup


def _related(model: Any, lookup: Any) -> tuple[Any, str]:
    """The rows of a prefetch that belong to the row outside, and the way from them to what is shown."""
    if isinstance(lookup, Prefetch):
        relation = model._meta.get_field(lookup.prefetch_through)
        return lookup.queryset.filter(**{relation.field.name: OuterRef("pk")}), ""
    relation = model._meta.get_field(lookup)
    owner, target = relation.m2m_field_name(), relation.m2m_reverse_field_name()
    rows = relation.remote_field.through._base_manager.filter(**{owner: OuterRef("pk")})
    return rows.order_by(
        *(f"{target}__{name}" for name in relation.related_model._meta.ordering)
    ), f"{target}__"


def _known(serializer: Any, way: str) -> Q:
    """What a serializer that writes its object itself keeps from readers, asked by the database for a visitor."""
    return serializer.known(way, VISITOR) if hasattr(serializer, "known") else Q()
