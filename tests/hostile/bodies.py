"""A body for each write of the API, after its description, with hostile words in every text that has no shape."""

from types import SimpleNamespace
from typing import Any, NamedTuple
from uuid import uuid4

from django.contrib.auth.models import AnonymousUser

from core.api.bodies import WORDED
from core.api.schema import openapi
from tests.api import possible
from tests.hostile import words

SHAPED = {
    "date": "2026-03-02",
    "date-time": "2026-03-02T10:00:00+05:00",
    "uri": "https://example.kz/?a=%22%3E%3Cimg%20src=x%20onerror=window.__x=1%3E",
    "email": "mei@example.org",
}
VERSIONS = {"If-Match": "*"}


class Write(NamedTuple):
    path: str
    body: dict[str, Any]
    #: How many texts of it are hostile.
    texts: int


class Filler:
    """Each text begins with another word."""

    def __init__(self, start: int) -> None:
        self.description = openapi()
        self.next, self.texts = start, 0

    def writes(self) -> list[Write]:
        """Of every operation that takes JSON; what it names is there (tests/api/possible.py)."""
        return [
            self._write(path, said["post"])
            for path, said in self.description["paths"].items()
            if "post" in said
        ]

    def _write(self, path: str, operation: dict[str, Any]) -> Write:
        self.texts = 0
        content = operation.get("requestBody", {}).get("content", {})
        schema = content.get("application/json", {}).get("schema", {})
        body = self.value(schema) if schema else {}
        named = {"public_id": "x"} if "{public_id}" in path else {}
        case: Any = SimpleNamespace(
            path=path, body=body, method="POST", path_parameters=named, headers=dict(VERSIONS),
            media_type="application/json",
        )  # fmt: skip
        possible.address(case)
        possible.body(case, AnonymousUser())
        keys = {
            "public_id": "",
            "code": "2026-01",
            "client_uuid": str(uuid4()),
            "id": "1",
        } | case.path_parameters
        return Write(path.format(**keys), case.body, self.texts)

    def value(self, schema: dict[str, Any]) -> Any:
        schema = self._plain(schema)
        if "enum" in schema or "const" in schema:
            return schema.get("const", next(iter(schema.get("enum", [None]))))
        match _kind(schema):
            case "object":
                return {name: self.value(one) for name, one in schema.get("properties", {}).items()}
            case "array":
                return [self.value(schema["items"])]
            case "string":
                return self._text(schema)
            case "integer" | "number":
                return schema.get("minimum", 1)
            case "boolean":
                return True
        return None

    def _plain(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Without references; of several shapes the first that is one."""
        while name := next((one for one in ("$ref", "allOf", "oneOf", "anyOf") if one in schema), ""):
            if name == "$ref":
                schema = self.description["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
            elif "properties" in schema:  # it says which of them go together
                schema = {key: value for key, value in schema.items() if key != name}
            else:
                schema = next(one for one in schema[name] if one.get("type") != "null")
        return schema

    def _text(self, schema: dict[str, Any]) -> str:
        if schema.get("format") in SHAPED:
            return SHAPED[schema["format"]]
        if schema.get("format") == "uuid":
            return str(uuid4())
        if schema.get("pattern", WORDED) != WORDED and schema.get("examples"):
            return str(schema["examples"][0])
        self.next += 7
        self.texts += 1
        return words.mixed(self.next, schema.get("maxLength")).strip() or "x"


def _kind(schema: dict[str, Any]) -> str:
    kinds = schema.get("type", "object" if "properties" in schema else "")
    return str(next((one for one in kinds if one != "null"), "")) if isinstance(kinds, list) else str(kinds)
