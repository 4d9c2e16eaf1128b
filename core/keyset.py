"""Keyset pages: a cursor names the row at the edge of a page, so that a page costs the same however deep it lies.

    page = Keyset(rows, filters).page(cursor, limit)        # page.rows; page.previous and page.next are cursors or None

A cursor belongs to the order and the filters that it was given with; with any others it is a BadCursor.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple

from django.core import signing
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import F, Field, Q, QuerySet
from django.utils.http import urlencode


class BadCursor(ValueError):
    """A cursor that was not given by this list in this order with these filters."""


class Key:
    """One column of an ordering such as `-held_day`. As in PostgreSQL, NULL is greater than every value."""

    def __init__(self, term: str, rows: QuerySet) -> None:
        self.descending = term.startswith("-")
        self.name = term.removeprefix("-")
        self.field, self.nullable = _field(rows, self.name)

    def order(self, backwards: bool) -> Any:
        return F(self.name).desc() if self.descending != backwards else F(self.name).asc()

    def beyond(self, value: Any, backwards: bool) -> Q:
        """What comes strictly after the value."""
        if self.descending != backwards:
            return Q(**{f"{self.name}__isnull": False}) if value is None else Q(**{f"{self.name}__lt": value})
        if value is None:
            return Q(pk__in=[])
        return Q(**{f"{self.name}__gt": value}) | self._null()

    def not_before(self, value: Any, backwards: bool) -> Q:
        """What an index can be entered with: nothing that comes after the value lies outside."""
        if value is None:
            return Q()
        if self.descending != backwards:
            return Q(**{f"{self.name}__lte": value})
        return Q(**{f"{self.name}__gte": value}) | self._null()

    def same(self, value: Any) -> Q:
        return Q(**{f"{self.name}__isnull": True}) if value is None else Q(**{self.name: value})

    def of(self, row: Any) -> Any:
        if isinstance(row, dict):
            return row[self.name]
        for step in self.name.split("__"):
            row = None if row is None else getattr(row, step)
        return row

    def parse(self, value: Any) -> Any:
        return None if value is None else self.field.to_python(value)

    def _null(self) -> Q:
        return Q(**{f"{self.name}__isnull": True}) if self.nullable else Q(pk__in=[])


def _field(rows: QuerySet, name: str) -> tuple[Field, bool]:
    """The column or annotation behind a name, and whether it may be NULL."""
    if annotation := rows.query.annotations.get(name):
        return annotation.output_field, True
    model, nullable = rows.model, False
    *relations, column = name.split("__")
    for relation in relations:
        step = model._meta.get_field(relation)
        model, nullable = step.related_model, nullable or step.null
    field: Any = model._meta.pk if column == "pk" else model._meta.get_field(column)
    return field, nullable or field.null


class Position:
    """Before or after which row a page lies; signed, so that it is taken only as it was given."""

    def __init__(self, values: list[Any], backwards: bool) -> None:
        self.values, self.backwards = values, backwards

    def cursor(self, salt: str) -> str:
        # Without an instant in it: the same page has the same bytes.
        return signing.Signer(salt=salt).sign_object(
            [self.backwards, *self.values], serializer=_Json, compress=True
        )

    @classmethod
    def parse(cls, cursor: str, salt: str, keys: list[Key]) -> "Position":
        try:
            backwards, *values = signing.Signer(salt=salt).unsign_object(cursor, serializer=_Json)
            return cls([key.parse(value) for key, value in zip(keys, values, strict=True)], backwards)
        except (signing.BadSignature, ValueError, ValidationError) as error:
            raise BadCursor(cursor) from error

    def beyond(self, keys: list[Key]) -> Q:
        """What comes after the row in the order of reading."""
        found, same = Q(pk__in=[]), Q()
        for key, value in zip(keys, self.values, strict=True):
            found |= same & key.beyond(value, self.backwards)
            same &= key.same(value)
        return keys[0].not_before(self.values[0], self.backwards) & found


class _Exact(DjangoJSONEncoder):
    """Django's own cuts an instant to milliseconds: rows of the same one would be passed over."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


class _Json(signing.JSONSerializer):
    def dumps(self, obj: Any) -> bytes:
        return _Exact(separators=(",", ":")).encode(obj).encode()


class Page(NamedTuple):
    """Rows in the order of the list, and the cursors of the pages before and after them."""

    rows: list[Any]
    previous: str | None
    next: str | None


class Keyset:
    """The pages of a queryset in its own order, which the key makes unique."""

    def __init__(self, rows: QuerySet, filters: Mapping[str, str]) -> None:
        self.rows, self.filters = rows, filters

    @cached_property
    def keys(self) -> list[Key]:
        terms = list(dict.fromkeys([*map(str, self.rows.query.order_by), "pk"]))
        unique = next(place for place, term in enumerate(terms) if term.removeprefix("-") == "pk")
        return [Key(term, self.rows) for term in terms[: unique + 1]]

    @cached_property
    def salt(self) -> str:
        """Model, order and filters; not the address, which differs by language and format."""
        order = " ".join("-" * key.descending + key.name for key in self.keys)
        filters = urlencode(sorted((name, value) for name, value in self.filters.items() if value))
        return f"cursor {self.rows.model._meta.label_lower} {order} {filters}"

    def page(self, cursor: str | None, limit: int, *, whole: bool = True) -> Page:
        """With whole rows, or with dicts of nothing but the keys."""
        position = Position.parse(cursor, self.salt, self.keys) if cursor else None
        backwards = bool(position and position.backwards)
        rows = self.rows.filter(position.beyond(self.keys)) if position else self.rows
        order = [key.order(backwards) for key in self.keys]
        # First which, then all that is shown of them: what is sorted stays narrow.
        few = rows.order_by(*order)[: limit + 1]
        if whole:
            found = list(self.rows.filter(pk__in=few.values("pk")).order_by(*order))
        else:
            found = list(few.values(*{key.name for key in self.keys}))
        more, found = len(found) > limit, found[:limit]
        if backwards:
            found.reverse()
        return Page(
            found,
            self._cursor(found, 0, True) if (more if backwards else position) else None,
            self._cursor(found, -1, False) if (backwards or more) else None,
        )

    def _cursor(self, rows: list[Any], edge: int, backwards: bool) -> str | None:
        if not rows:
            return None
        return Position([key.of(rows[edge]) for key in self.keys], backwards).cursor(self.salt)
