"""What nobody may set by sending it: names of columns of the house, and what the description says is only read."""

from collections.abc import Iterator
from typing import Any

from core.api.schema import openapi

#: Sent with every right request, and foreign wherever they may fit.
FOREIGN: dict[str, Any] = {
    "id": 7_000_001,
    "pk": 7_000_001,
    "public_id": "ALT-P-0001",
    "status": "completion",
    "state": "executed",
    "visibility": "public",
    "organisation": "stranger",
    "owner": 7_000_001,
    "user": 7_000_001,
    "client": 7_000_001,
    "created_at": "2020-01-01T00:00:00+05:00",
    "updated_at": "2020-01-01T00:00:00+05:00",
    "submitted_at": "2020-01-01T00:00:00+05:00",
    "published_at": "2020-01-01T00:00:00+05:00",
    "accepted_at": "2020-01-01T00:00:00+05:00",
    "decided_at": "2020-01-01T00:00:00+05:00",
    "submitted_on": "2020-01-01",
    "original_due": "2020-01-01",
    "executed_on": "2020-01-01",
    "decided_by": 7_000_001,
    "approved_by": 7_000_001,
    "submitted_by": 7_000_001,
    "prepared_by": 7_000_001,
    "registered_by": 7_000_001,
    "controller": 7_000_001,
    "by": 7_000_001,
    "is_staff": True,
    "is_superuser": True,
    "is_active": True,
    "is_demo": True,
    "may_sign": True,
    "role": "office",
    "scopes": ["read", "write"],
    "version": 99,
    "chosen": True,
    "secret": "whsec_nothing",
    "token_hash": "0" * 64,
    "score": 100,
    "scan_state": "clean",
    "__class__": "x",
}


def resolved(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema that a reference leads to."""
    while "$ref" in schema:
        _hash, _components, kind, name = schema["$ref"].split("/")
        schema = openapi()["components"][kind][name]
    return schema


def operations() -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    """(method, path, media type, operation) of everything that writes and has a body with fields."""
    for path, methods in openapi()["paths"].items():
        for method, operation in methods.items():
            for media, content in operation.get("requestBody", {}).get("content", {}).items():
                if method != "get" and "properties" in resolved(content["schema"]):
                    yield method, path, media, operation


def read_only(operation: dict[str, Any]) -> set[str]:
    """Names of what the answers of this operation show and nobody sends."""
    names: set[str] = set()
    for status, answer in operation["responses"].items():
        for content in resolved(answer).get("content", {}).values() if status.startswith("2") else ():
            fields = resolved(content["schema"]).get("properties", {})
            names |= {name for name, field in fields.items() if resolved(field).get("readOnly")}
    return names


def example(schema: dict[str, Any], content: dict[str, Any]) -> Any:
    """The first example of the description; where it has none, the least that the schema asks for."""
    told = next(iter(content.get("examples", {}).values()), None)
    return told["value"] if told else _least(resolved(schema))


def _least(schema: dict[str, Any]) -> Any:
    for key in ("const", "default"):
        if key in schema:
            return schema[key]
    if known := schema.get("enum") or schema.get("examples"):
        return known[0]
    kind = schema.get("type", "object")
    kind = kind if isinstance(kind, str) else kind[0]
    if kind == "object":
        fields = schema.get("properties", {})
        return {name: _least(resolved(fields[name])) for name in schema.get("required", ())}
    if kind == "array":
        return [_least(resolved(schema["items"]))] if schema.get("minItems") else []
    numbers: dict[str, Any] = {"integer": 1, "number": 1, "boolean": False}
    return numbers.get(kind, _WORDS.get(schema.get("format", ""), "Сөз"))


_WORDS = {
    "date": "2026-03-02",
    "uuid": "0198c6f2-0d5f-7c3a-b6c1-8f4f5a2f9f10",
    "uri": "https://example.kz/act.pdf",
    "date-time": "2026-03-02T09:00:00+05:00",
}


def places(body: Any, schema: dict[str, Any], at: str = "") -> Iterator[tuple[str, Any, set[str]]]:
    """(pointer, object, names that it may hold) of each object in a body that has named fields: itself first."""
    schema = resolved(schema)
    if isinstance(body, list):
        for number, one in enumerate(body[:1]):
            yield from places(one, schema.get("items", {}), f"{at}/{number}")
    if not isinstance(body, dict):
        return
    fields = schema.get("properties")
    if fields:
        yield at, body, set(fields)
    for name, value in body.items():
        yield from places(value, (fields or {}).get(name, {}), f"{at}/{name}")
