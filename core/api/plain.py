"""What the API shows of the columns of a row, told from a row of the ledger as the API tells it.

A field of a register is plain where its value stands in columns of the object's own row: a code, a word, a text, a
date, a number, a sum. A link is a field that a foreign key leads to, or a geometry: that it changed can be told, its
value cannot. All else (lists of parts, what is computed) is neither, and no change of a row tells of it.
"""

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from django.db import models
from django.http import HttpRequest
from rest_framework import serializers
from rest_framework.request import Request

from core.api.fields import GeoJsonField, PartialDateField, QuantityField, TextField
from core.api.resources import RESOURCES, Resource
from core.models import Recorded
from core.policies import sees_everything
from core.text import LANGUAGES

#: What every object carries and every change changes.
KEPT = {"updated_at", "version"}


class Fields(NamedTuple):
    """Of a register: its serializer's plain fields with their columns, and its links with theirs."""

    plain: dict[str, tuple[str, ...]]
    links: dict[str, str]

    @property
    def names(self) -> list[str]:
        return sorted({*self.plain, *self.links})


class Shown(NamedTuple):
    """An object as a reader sees it: the row, and its JSON."""

    row: Any
    told: dict[str, Any]


def registers() -> dict[str, Resource]:
    """Those that can be watched, by name: all that the ledger knows, unless their view says no (`is_watched`).

    Asked once the addresses of the API are loaded.
    """
    known = {
        one.name: one
        for one in RESOURCES.values()
        if issubclass(one.model, Recorded) and getattr(one.viewset, "is_watched", True)
    }
    return dict(sorted(known.items()))


@cache
def fields_of(resource: Resource) -> Fields:
    model = resource.model
    columns = {str(column.column): column for column in model._meta.concrete_fields}
    hidden = KEPT | set(_kept_from_the_ledger(model))
    keys = {key.name: str(key.column) for key in model._meta.concrete_fields if key.is_relation}
    plain, links = {}, {}
    for name, field in resource.viewset.serializer_class().fields.items():
        found = _columns(name, field)
        if isinstance(field, GeoJsonField):
            links[name] = field.source
        elif name not in hidden and found and columns.keys() >= set(found) and not hidden & set(found):
            plain[name] = found
        elif (field.source or name) in keys or name in keys:
            links[name] = keys.get(field.source) or keys[name]
    return Fields(plain, links)


def _columns(name: str, field: serializers.Field) -> tuple[str, ...]:
    """The columns that the value of a field stands in; none where it is not plain."""
    source = field.source or name
    if isinstance(field, TextField):
        return tuple(f"{source}_{language}" for language in LANGUAGES)
    if isinstance(field, PartialDateField):
        return tuple(f"{source}_{part}" for part in ("day", "precision", "text"))
    if isinstance(field, QuantityField):
        return (field.column, field.currency)
    is_made = isinstance(
        field, serializers.BaseSerializer | serializers.SerializerMethodField | serializers.ManyRelatedField
    )
    return () if is_made or source == "*" or "." in source else (source,)


def _kept_from_the_ledger(model: Any) -> list[str]:
    """Personal and secret columns: the ledger has no value of theirs (core.triggers.recorded)."""
    (record,) = (trigger for trigger in model._meta.triggers if trigger.name == "record")
    return [column for listed in record.arguments[1:3] for column in listed.split(",") if column]


def tell(resource: Resource, entry: Mapping[str, Any]) -> dict[str, Any]:
    """The plain fields of a row of the ledger, each as the API writes it, in all languages."""
    return told_of(resource, _row(resource.model, entry))


def told_of(resource: Resource, row: Any) -> dict[str, Any]:
    """The same of a row that was read."""
    told = {}
    serializer = resource.viewset.serializer_class()
    for name in fields_of(resource).plain:
        field = serializer.fields[name]
        value = field.get_attribute(row)
        told[name] = None if value is None else field.to_representation(value)
    return told


def _row(model: Any, entry: Mapping[str, Any]) -> Any:
    row = model()
    for column in model._meta.concrete_fields:
        if column.column in entry:
            row.__dict__[column.attname] = _value(column, entry[column.column])
    return row


def _value(column: Any, value: Any) -> Any:
    """Of a value in JSON; a number of the ledger is exact as it is printed."""
    if value is None or column.is_relation:
        return value
    if isinstance(column, models.DecimalField):
        return Decimal(str(value)).quantize(Decimal(1).scaleb(-(column.decimal_places or 0)))
    if isinstance(column, models.GeneratedField):
        return value
    return column.to_python(value)


def shown(resource: Resource, reader: Any, pk: int) -> Shown | None:
    """The object as this reader would be answered now; None where he may not know of it."""
    request = Request(HttpRequest())
    request.user, request.auth = reader, None
    view = resource.viewset(request=request, action="retrieve", args=(), kwargs={}, format_kwarg=None)
    row = view.get_queryset().filter(pk=pk).first()
    return row and Shown(row, view.get_serializer(row).data)


def hidden(resource: Resource, seen: Shown, reader: Any) -> set[str]:
    """Fields that the API does not show this reader although they hold something; and links that lead nowhere he sees,
    now or perhaps before."""
    of_row = told_of(resource, seen.row)
    names = {name for name, value in of_row.items() if seen.told.get(name) is None and value is not None}
    links = set() if sees_everything(reader) else set(fields_of(resource).links)
    return names | {name for name in links if seen.told.get(name) is None}
