"""How each kind of field looks in JSON, written in SQL: the twins of core.api.fields and of REST framework's own.

A twin takes the field, the way to the row (`source__`, or nothing) and the language asked for; it gives the text of the
value as JSON. A class of fields that is not named in TWINS has none, even below one that is: it may compute.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db.models import F, Func, TextField
from rest_framework import serializers

from core.api import fields
from core.api.links import link
from core.text import LANGUAGES

_ANY = "coalesce(to_json({0})::text, 'null')"
_WORD = "coalesce(to_json(nullif({0}, ''))::text, 'null')"
_DAY = """coalesce('"' || to_char({0}, 'YYYY-MM-DD') || '"', 'null')"""
_PARTIAL_DATE = """
CASE WHEN {0} IS NULL THEN 'null' ELSE concat('"', CASE {1}
  WHEN 'month' THEN to_char({0}, 'YYYY-MM')
  WHEN 'season' THEN concat(to_char({0}, 'YYYY-'), 20 + date_part('month', {0})::int / 3)
  WHEN 'year' THEN to_char({0}, 'YYYY')
  ELSE to_char({0}, 'YYYY-MM-DD') END, '"') END
"""
_INSTANT = """
concat('"', to_char({0} AT TIME ZONE 'HERE', 'YYYY-MM-DD"T"HH24:MI:SS'),
       CASE WHEN {0} <> date_trunc('second', {0}) THEN to_char({0}, '.US') END,
       to_char(({0} AT TIME ZONE 'HERE') - ({0} AT TIME ZONE 'UTC'), '"+"HH24:MI'), '"')
"""
_NUMBER = """coalesce('"' || trim_scale({0}) || '"', 'null')"""
_QUANTITY = """
CASE WHEN {0} IS NULL THEN 'null' WHEN {1} = '' THEN concat('"', trim_scale({0}), '"')
     ELSE concat('{{"amount":"', CASE WHEN {0} = round({0}, 2) THEN round({0}, 2) ELSE {0} END,
                 '","currency":', to_json({1}), '}}') END
"""


class Sql(Func):
    """A text of SQL with expressions in it; one that is named twice has no parameters of its own."""

    output_field = TextField()

    def __init__(self, sql: str, *expressions: Any, **extra: Any) -> None:
        super().__init__(*expressions, template=sql, **extra)

    def as_sql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, tuple[Any, ...]]:
        parts = [compiler.compile(expression) for expression in self.source_expressions]
        params = tuple(value for _sql, values in parts for value in values)
        return self.extra["template"].format(*(sql for sql, _values in parts)), params


def joined(parts: list[Any]) -> Sql:
    """Words of our own, which stand in the SQL itself, and expressions, one after the other."""
    words = [
        "'" + part.replace("{", "{{").replace("}", "}}") + "'" if isinstance(part, str) else "{}"
        for part in parts
    ]
    return Sql(f"concat({', '.join(words)})", *(part for part in parts if not isinstance(part, str)))


def object_of(pairs: dict[str, Any]) -> Sql:
    """Without the spaces that `json_build_object` writes."""
    parts: list[Any] = []
    for name, value in pairs.items():
        parts += [f'{"," if parts else "{"}"{name}":', value]
    return joined([*parts, "}"])


def _column(sql: str) -> Callable[..., Sql]:
    return lambda field, way, language: Sql(sql, F(_path(field, way)))


def _path(field: Any, way: str) -> str:
    return way + field.source.replace(".", "__")


def _text(field: Any, way: str, language: str | None) -> Sql:
    said = {one: Sql(_WORD, F(f"{_path(field, way)}_{one}")) for one in LANGUAGES}
    return said[language] if language else object_of(said)


def _partial_date(field: Any, way: str, language: str | None) -> Sql:
    stem = _path(field, way)
    return Sql(_PARTIAL_DATE, F(f"{stem}_day"), F(f"{stem}_precision"))


def _url(field: Any, way: str, language: str | None) -> Sql:
    name = field.lookup.replace(".", "__")
    before, _one, after = link(field.view, **{field.lookup.rpartition(".")[2]: "1"}).rpartition("1")
    return Sql(f"""concat('"{before}', {{0}}, '{after}"')""", F(f"{way}{name}"))


def _quantity(field: Any, way: str, language: str | None) -> Sql:
    return Sql(_QUANTITY, F(way + field.column), F(way + field.currency))


TWINS: dict[type, Callable[..., Sql]] = {
    fields.TextField: _text,
    fields.PartialDateField: _partial_date,
    fields.UrlField: _url,
    fields.QuantityField: _quantity,
    fields.MoneyField: _quantity,
    fields.DecimalField: _column(_NUMBER),
    fields.GeoJsonField: _column(_ANY),
    fields.WordField: _column(_WORD),
    fields.CodeField: _column(_WORD),
    serializers.CharField: _column(_ANY),
    serializers.BooleanField: _column(_ANY),
    serializers.IntegerField: _column(_ANY),
    serializers.ListField: _column(_ANY),
    serializers.DateField: _column(_DAY),
    serializers.DateTimeField: _column(_INSTANT.replace("HERE", settings.TIME_ZONE)),
}
