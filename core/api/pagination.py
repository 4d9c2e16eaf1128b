"""Keyset pages: a cursor names the row at the edge of a page, so that a page costs the same however deep it lies."""

from typing import Any

from django.core import signing
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import F, Field, Model, Q, QuerySet
from django.utils.translation import gettext as _
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.errors import WrongParameters
from core.api.links import with_query

DEFAULT, MOST = 50, 200


class Key:
    """One column of an ordering such as `-held_day`. As in PostgreSQL, NULL is greater than every value."""

    def __init__(self, term: str, model: type[Model]) -> None:
        self.descending = term.startswith("-")
        self.name = term.removeprefix("-")
        self.field = _field(model, self.name)

    def order(self, backwards: bool) -> Any:
        return F(self.name).desc() if self.descending != backwards else F(self.name).asc()

    def beyond(self, value: Any, backwards: bool) -> Q:
        """What comes strictly after the value."""
        if self.descending != backwards:
            return Q(**{f"{self.name}__isnull": False}) if value is None else Q(**{f"{self.name}__lt": value})
        if value is None:
            return Q(pk__in=[])
        return Q(**{f"{self.name}__gt": value}) | Q(**{f"{self.name}__isnull": True})

    def same(self, value: Any) -> Q:
        return Q(**{f"{self.name}__isnull": True}) if value is None else Q(**{self.name: value})

    def of(self, row: Any) -> Any:
        for step in self.name.split("__"):
            row = getattr(row, step)
        return row

    def parse(self, value: Any) -> Any:
        return None if value is None else self.field.to_python(value)


def _field(model: type[Model], name: str) -> Field:
    *relations, column = name.split("__")
    for relation in relations:
        model = model._meta.get_field(relation).related_model  # type: ignore[assignment]
    return model._meta.pk if column == "pk" else model._meta.get_field(column)  # type: ignore[return-value]


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
            detail = _("Take the cursor from “next” or “previous” as it stands.")
            raise WrongParameters(("cursor", "invalid", detail)) from error

    def beyond(self, keys: list[Key]) -> Q:
        """What comes after the row in the order of reading."""
        found, same = Q(pk__in=[]), Q()
        for key, value in zip(keys, self.values, strict=True):
            found |= same & key.beyond(value, self.backwards)
            same &= key.same(value)
        return found


class _Json(signing.JSONSerializer):
    def dumps(self, obj: Any) -> bytes:
        return DjangoJSONEncoder(separators=(",", ":")).encode(obj).encode()


class KeysetPagination(BasePagination):
    """`?limit=`, `?cursor=`, `?count=1` over any ordering of the queryset."""

    parameters = ("limit", "cursor", "count")

    def paginate_queryset(self, queryset: QuerySet, request: Request, view: Any = None) -> list[Any]:
        self.request = request
        limit = _whole("limit", request, DEFAULT, 1, MOST)
        self.count = queryset.count() if _whole("count", request, 0, 0, 1) else None
        terms = [*queryset.query.order_by, "pk"]
        self.keys = [Key(term, queryset.model) for term in dict.fromkeys(terms)]
        self.salt = f"cursor {request.path} {' '.join(terms)}"
        cursor = request.query_params.get("cursor")
        position = Position.parse(cursor, self.salt, self.keys) if cursor else None
        rows, more = self._page(queryset, position, limit)
        backwards = bool(position and position.backwards)
        self.next = self._link(rows, -1, False) if (backwards or more) else None
        self.previous = self._link(rows, 0, True) if (more if backwards else position) else None
        return rows

    def _page(self, queryset: QuerySet, position: Position | None, limit: int) -> tuple[list[Any], bool]:
        backwards = bool(position and position.backwards)
        if position:
            queryset = queryset.filter(position.beyond(self.keys))
        rows = list(queryset.order_by(*(key.order(backwards) for key in self.keys))[: limit + 1])
        more, rows = len(rows) > limit, rows[:limit]
        return rows[::-1] if backwards else rows, more

    def _link(self, rows: list[Any], edge: int, backwards: bool) -> str | None:
        if not rows:
            return None
        query = self.request.query_params.copy()
        values = [key.of(rows[edge]) for key in self.keys]
        query["cursor"] = Position(values, backwards).cursor(self.salt)
        return with_query(self.request.path, query)

    def get_paginated_response(self, data: Any) -> Response:
        page = {"results": data, "next": self.next, "previous": self.previous}
        return Response(page if self.count is None else {**page, "count": self.count})

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        def page(example: str | None) -> dict[str, Any]:
            return {"type": ["string", "null"], "format": "uri", "example": example}

        count = {"type": "integer", "minimum": 0, "description": "How many there are in all, with count=1."}
        return {
            "type": "object",
            "required": ["results", "next", "previous"],
            "properties": {
                "results": schema,
                "next": page("https://portal.example/api/v1/projects/?cursor=WzAsNTBd%3A1wMHqX%3AcQ9k"),
                "previous": page(None),
                "count": {**count, "example": 17},
            },
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        shapes = {
            "limit": (
                {"type": "integer", "minimum": 1, "maximum": MOST, "default": DEFAULT},
                "How many at most.",
            ),
            "cursor": (
                {"type": "string", "pattern": "^[A-Za-z0-9_:.-]+$"},
                "Where the page begins: taken from “next” or “previous” as it stands.",
            ),
            "count": ({"type": "integer", "enum": [0, 1]}, "1 adds how many there are in all."),
        }
        return [
            {"name": name, "in": "query", "required": False, "schema": shape, "description": description}
            for name, (shape, description) in shapes.items()
        ]


def _whole(name: str, request: Request, default: int, least: int, most: int) -> int:
    text = request.query_params.get(name)
    if text is None:
        return default
    if not (text.isascii() and text.isdigit() and len(text) <= 3 and least <= int(text) <= most):
        detail = _("A whole number from %(least)s to %(most)s.") % {"least": least, "most": most}
        raise WrongParameters((name, "out_of_range", detail))
    return int(text)
