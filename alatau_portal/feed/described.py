"""How the OpenAPI file describes the feed."""

from typing import Any

from drf_spectacular.drainage import get_override
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema_field
from rest_framework import serializers

from alatau_portal import api_registers  # noqa: F401 it fills the list of registers
from core.api.examples import API
from core.api.pagination import DEFAULT, MOST
from core.api.resources import watched


def names() -> list[str]:
    """The registers, as their addresses call them."""
    return [resource.name for resource in watched()]


def _component(serializer: Any) -> str:
    return get_override(serializer, "component_name") or serializer.__name__.removesuffix("Serializer")


_SHOWN: dict[str, Any] = {
    "anyOf": [
        *(
            {"$ref": f"#/components/schemas/{_component(resource.viewset.serializer_class)}"}
            for resource in watched()
        ),
        {"type": "null"},
    ]
}


@extend_schema_field(_SHOWN)
class ShownObject(serializers.Field):
    """Any object of the registers."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read_only=True, **kwargs)


def parameters() -> list[OpenApiParameter]:
    several = {
        "type": "array",
        "items": {"type": "string", "enum": names()},
        "minItems": 1,
        "uniqueItems": True,
    }
    limit = {"type": "integer", "minimum": 1, "maximum": MOST, "default": DEFAULT}
    cursor = {"type": "string", "pattern": "^[A-Za-z0-9_-]+$"}
    described: list[tuple[str, dict[str, Any], str]] = [
        (
            "after",
            cursor,
            "The cursor in `next`, as it stands. Without it: all that there is, then what changes.",
        ),
        ("resource", several, "Only these registers, separated by commas."),
        ("limit", limit, "How many entries at most."),
    ]
    return [
        OpenApiParameter(name, shape, OpenApiParameter.QUERY, description=said, explode=name != "resource")
        for name, shape, said in described
    ]


PAGE = OpenApiExample(
    "Changes",
    {
        "results": [
            {
                "resource": "sources",
                "id": "S1",
                "url": f"{API}/sources/S1/",
                "op": "changed",
                "at": "2026-11-22T10:00:00+05:00",
                "version": 2,
                "object": {
                    "code": "S1",
                    "publisher": "primeminister.kz",
                    "url": f"{API}/sources/S1/",
                    "addresses": ["https://primeminister.kz/kz/news"],
                    "published_on": "2025-09-29",
                    "title": "Жедел штаб отырысы",
                    "about": {"kk": "Отырыс", "ru": "Заседание", "en": None},
                    "published_on_text": None,
                    "language": "kk",
                    "updated_at": "2026-11-22T10:00:00+05:00",
                    "version": 2,
                },
            },
            {
                "resource": "projects",
                "id": "ALT-P-0017",
                "url": f"{API}/projects/ALT-P-0017/",
                "op": "removed",
                "at": "2026-11-22T10:05:00+05:00",
                "version": None,
                "object": None,
            },
        ],
        "next": f"{API}/changes/?after=NzQ0MDAwMDAwMDAwMDAwMDAwMC4wMDAwMDAwMS4xNjQ1NQ",
        "more": False,
    },
    response_only=True,
)
