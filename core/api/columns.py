"""A register as a table: the columns of CSV and XLSX, and the properties of GeoJSON, made of its serializer.

A text is a column a language (`name_kk`, `name_ru`, `name_en`), or one (`name`) with `lang`; an object that another one
names has its parts beside it (`district_code`, `district_name_kk`), a sum its currency (`value`, `value_currency`). A
list is written short in one cell: what the serializer of its items calls `brief`, joined by “:”, items by “; ”.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Any, NamedTuple

from django.core.exceptions import FieldDoesNotExist
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from drf_spectacular.drainage import get_override
from rest_framework import serializers
from shapely.geometry import shape

from core.api.fields import DecimalField, GeoJsonField, QuantityField, TextField
from core.fields import LANGUAGE_NAMES
from core.text import LANGUAGES

type Cell = str | int | bool | None


class Column(NamedTuple):
    """`read` takes the cell from the JSON of a row. `field` is the one behind it: it knows what its codes mean."""

    name: str
    label: str
    read: Callable[[dict[str, Any]], Cell]
    field: Any
    is_number: bool = False


class Table(NamedTuple):
    """`rows` are the JSON of the objects; `geometry` and `key` name the fields that a map is made of."""

    title: str
    columns: list[Column]
    rows: Iterable[dict[str, Any]]
    geometry: str
    key: str


def columns(serializer: Any, model: Any) -> list[Column]:
    """Of the fields that the serializer has: all, or those that were asked for."""
    language = serializer.context.get("lang")
    return [
        column._replace(label=str(capfirst(column.label)))
        for field in serializer.fields.values()
        for column in _columns(field, model, language)
    ]


def _columns(field: Any, model: Any, language: str | None) -> Iterator[Column]:
    label, related = _words(field, model)
    name, shape_of = field.field_name, _described(field)
    plain = Column(name, label, lambda row: row[name], field)
    match shape_of:
        case TextField():
            yield from _by_language(plain, language, lambda value, spoken: value and value[spoken])
        case serializers.ListSerializer() | serializers.ListField():
            yield from _list(plain, shape_of.child, language)
        case serializers.Serializer():
            yield from _parts(plain, shape_of, getattr(shape_of, "model", related), language)
        case QuantityField():
            yield plain._replace(read=lambda row: _part(row[name], "amount", row[name]), is_number=True)
            currency = f"{name}_currency"
            yield plain._replace(
                name=currency,
                label=_words_of(model, shape_of.currency),
                read=lambda row: _part(row[name], "currency"),
            )
        case GeoJsonField():
            yield plain._replace(read=lambda row: row[name] and shape(row[name]).wkt)
        case _:
            yield plain._replace(is_number=isinstance(shape_of, DecimalField))


def _described(field: Any) -> Any:
    """What a computed field holds is what it says in the OpenAPI file."""
    if isinstance(field, serializers.SerializerMethodField):
        return get_override(getattr(field.parent, field.method_name), "field") or field
    return field


def _by_language(plain: Column, language: str | None, told: Callable[[Any, str], Cell]) -> Iterator[Column]:
    if language:
        yield plain
        return
    for spoken in LANGUAGES:
        yield plain._replace(
            name=f"{plain.name}_{spoken}",
            label=f"{plain.label} ({LANGUAGE_NAMES[spoken]})",
            read=lambda row, spoken=spoken: told(plain.read(row), spoken),
        )


def _list(plain: Column, child: Any, language: str | None) -> Iterator[Column]:
    """Three columns where what stands in it is words, as of any text."""
    brief = getattr(child, "brief", ("code",)) if isinstance(child, serializers.Serializer) else ()

    def told(items: Any, spoken: str | None) -> str:
        return "; ".join(
            _short([item[name] for name in brief] if brief else [item], spoken) for item in items or ()
        )

    if any(isinstance(child.fields[name], TextField) for name in brief) and not language:
        yield from _by_language(plain, language, told)
    else:
        yield plain._replace(read=lambda row: told(plain.read(row), language), field=child)


def _short(values: list[Any], spoken: str | None) -> str:
    return ":".join(str(known) for value in values if (known := _one(value, spoken)) is not None)


def _one(value: Any, spoken: str | None) -> Any:
    """A word, a number, a sum with its currency, a text in one language, or the code of what is named."""
    if not isinstance(value, dict):
        return value
    if "amount" in value:
        return f"{value['amount']} {value['currency']}"
    return value[spoken] if spoken in value else value.get("code") or value.get("public_id")


def _parts(plain: Column, serializer: Any, model: Any, language: str | None) -> Iterator[Column]:
    """What an object says of another one; where it is found follows from its code."""
    inner = [field for name, field in serializer.fields.items() if name != "url"]
    for column in chain.from_iterable(_columns(field, model, language) for field in inner):
        yield column._replace(
            name=f"{plain.name}_{column.name}",
            label=f"{plain.label}: {column.label}",
            read=lambda row, read=column.read: None if plain.read(row) is None else read(plain.read(row)),
        )


def _part(value: Any, key: str, otherwise: Cell = None) -> Cell:
    return value[key] if isinstance(value, dict) else otherwise


def _words(field: Any, model: Any) -> tuple[str, Any]:
    """What a column is called, in the words of the model, and the model behind it where it is another object."""
    if field.field_name == "url":
        return _("address in the API"), None
    headings = getattr(field.parent, "headings", {})
    if field.field_name in headings:
        return str(headings[field.field_name]), _related(model, field.field_name)
    *steps, last = field.source.split(".")
    for step in steps:
        model = model._meta.get_field(step).related_model
    name = next((name for name in (last, field.field_name) if _column(model, name)), field.field_name)
    return _words_of(model, name), _related(model, name)


def _words_of(model: Any, name: str) -> str:
    column = _column(model, name)
    if column is None:
        raise LookupError(
            f"{name}: no column of {model} is called so: name it in the serializer's `headings`"
        )
    if column.auto_created:  # seen from the other side of a relation
        return str(column.related_model._meta.verbose_name_plural)
    words = str(column.verbose_name)
    return words.rpartition(" (")[0] if column.name == f"{name}_kk" else words


def _related(model: Any, name: str) -> Any:
    return getattr(_column(model, name), "related_model", None)


def _column(model: Any, name: str) -> Any:
    """The column behind a field of the API: of a text its Kazakh one, of a partial date its day."""
    for candidate in (name, f"{name}_kk", f"{name}_day") if model else ():
        try:
            return model._meta.get_field(candidate)
        except FieldDoesNotExist:
            continue
    return None
