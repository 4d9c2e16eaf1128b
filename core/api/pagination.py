"""Keyset pages of the API's lists."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.errors import WrongParameters
from core.api.links import with_query
from core.keyset import BadCursor, Keyset

DEFAULT, MOST = 50, 200


class KeysetPagination(BasePagination):
    """`?limit=`, `?cursor=`, `?count=1` over any ordering of the queryset."""

    parameters = ("limit", "cursor", "count")

    def paginate_queryset(self, queryset: QuerySet, request: Request, view: Any = None) -> list[Any]:
        return self._page(queryset, request, view)

    def keys_of_page(self, queryset: QuerySet, request: Request, view: Any) -> list[int]:
        """Of the rows of the page, in their order; the rows themselves are not read."""
        return [row["pk"] for row in self._page(queryset, request, view, in_full=False)]

    def _page(self, queryset: QuerySet, request: Request, view: Any, in_full: bool = True) -> list[Any]:
        query = request.query_params
        limit = whole("limit", request, DEFAULT, 1, MOST)
        self.count = queryset.count() if whole("count", request, 0, 0, 1) else None
        filterset = getattr(view, "filterset_class", None)
        filters = {
            name: query[name] for name in (filterset.base_filters if filterset else ()) if name in query
        }
        try:
            page = Keyset(queryset, filters).page(query.get("cursor"), limit, whole=in_full)
        except BadCursor as error:
            detail = _(
                "Take the cursor from “next” or “previous” as it stands, with the same filters and order."
            )
            raise WrongParameters(("cursor", "invalid", detail)) from error
        self.next = self._link(request, page.next)
        self.previous = self._link(request, page.previous)
        return page.rows

    @staticmethod
    def _link(request: Request, cursor: str | None) -> str | None:
        if cursor is None:
            return None
        query = request.query_params.copy()
        query["cursor"] = cursor
        return with_query(request.path, query)

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


def whole(name: str, request: Request, default: int, least: int, most: int) -> int:
    text = request.query_params.get(name)
    if text is None:
        return default
    if not (text.isascii() and text.isdigit() and len(text) <= 3 and least <= int(text) <= most):
        detail = _("A whole number from %(least)s to %(most)s.") % {"least": least, "most": most}
        raise WrongParameters((name, "out_of_range", detail))
    return int(text)
