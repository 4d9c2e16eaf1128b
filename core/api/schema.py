"""The OpenAPI 3.1 description: in English whoever asks, the same from the command and from the server."""

from functools import cache
from inspect import getdoc
from typing import Any

from django.utils import translation
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import force_instance
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from core.api import sparse
from core.api.bodies import Body
from core.api.pagination import KeysetPagination
from core.api.parameters import DESCRIPTIONS
from core.api.schema_errors import PROBLEM, answer
from core.api.schema_exports import EXAMPLES, EXPORTS, FILES, HEADERS, SUMMARIES, TOO_MANY, is_export
from core.api.schema_reading import UNCHANGED, tell_of_tags
from core.api.schema_writing import (
    IDEMPOTENCY_KEY,
    IF_MATCH,
    ROWS_REFUSED,
    STALE,
    UNCONDITIONAL,
    is_conditional,
    name_headers,
)
from core.api.serializers import Row

_UNKNOWN = {"parameter": "colour", "code": "unknown", "detail": "Unknown parameter."}

#: The errors that an address may answer besides what it is for.
ERRORS: dict[str, tuple[str, dict[str, Any]]] = {
    "400": (
        "BadRequest",
        answer(400, "Bad request", "A parameter is unknown or malformed.", "invalid", _UNKNOWN),
    ),
    "401": (
        "NotAuthenticated",
        answer(401, "Not signed in", "The token is not valid.", "not_authenticated"),
    ),
    "403": ("Forbidden", answer(403, "Forbidden", "The caller may not do this.", "forbidden")),
    "404": (
        "NotFound",
        answer(404, "Not found", "There is no such object, or the caller may not know it.", "not_found"),
    ),
    "410": (
        "Gone",
        answer(410, "Taken down", "It was public and was taken down: the day and why.", "gone"),
    ),
    "406": (
        "NotAcceptable",
        answer(
            406, "Not acceptable", "The address does not answer in what the caller accepts.", "not_acceptable"
        ),
    ),
    "409": (
        "Conflict",
        answer(
            409,
            "Conflict",
            "The object is not in a state that allows it, or somebody else was first.",
            "conflict",
        ),
    ),
    "412": ("Stale", STALE),
    "413": ("TooLarge", answer(413, "Too large", "The request is too large.", "too_large")),
    "415": (
        "UnsupportedMediaType",
        answer(
            415,
            "Unsupported media type",
            "The body is of a kind that is not taken.",
            "unsupported_media_type",
        ),
    ),
    "422": (
        "KeyReused",
        answer(
            422,
            "Cannot be done",
            "The “Idempotency-Key” came with another request before.",
            "key_reused",
        ),
    ),
    "428": ("PreconditionRequired", UNCONDITIONAL),
    "429": ("TooManyRequests", TOO_MANY),
    "500": ("InternalError", answer(500, "Internal error", "The portal has failed; it is noted.", "error")),
    "503": (
        "Unavailable",
        answer(503, "Not available", "The database does not answer. Try again.", "unavailable"),
    ),
}
#: What only an address that writes answers.
WRITING = {"409", "413", "415", "422"}
#: What a piece of a file may be answered instead.
OF_A_PIECE = {"411": "NoLength", "422": "BadFile"}
BAD_PIECES = [
    (OF_A_PIECE["411"], answer(411, "Bad request", "The piece does not say how long it is.", "no_length")),
    (
        OF_A_PIECE["422"],
        answer(422, "Cannot be done", "The whole file is not what it is said to be.", "bad_file"),
    ),
]
WRONG_BODY = (
    "WrongBody",
    answer(
        400,
        "Bad request",
        "The body says something that it may not, or lacks something: each place is named.",
        "invalid",
        {
            "pointer": "/visibility",
            "code": "unknown",
            "detail": "This field is not known here, or cannot be written.",
        },
    ),
)


class PortalSchema(AutoSchema):
    """One operation: its parameters, its formats, and that published data needs no token."""

    @property
    def format(self) -> str:
        """The suffix of an export; of JSON there is none."""
        return getattr(self.view, "format_name", "")

    def is_deprecated(self) -> bool:
        return bool(getattr(self.view, "deprecated", None)) or super().is_deprecated()

    def get_description(self) -> str:
        described = getdoc(type(self.view)) or ""
        if going := getattr(self.view, "deprecated", None):
            described = f"{described} {going}"
        return f"{described} {EXPORTS[self.format]}" if self.format else described

    def get_operation_id(self) -> str:
        if getattr(getattr(self.view, self.view.action or "", None), "writes", False) and "{" in self.path:
            return f"{self._tokenize_path()[0]}_{self.path.rstrip('/').rpartition('/')[2]}"
        if not self.format:
            return super().get_operation_id()
        return self.path.rpartition("/")[2].replace(".", "_").replace("-", "_")

    def get_summary(self) -> str:
        if self.format:
            return f"The whole register as {SUMMARIES[self.format]}"
        return {"list": "The register, page by page", "retrieve": "One object"}.get(
            getattr(self.view, "action", ""), ""
        )

    def get_tags(self) -> list[str]:
        return [tag.partition(".")[0] for tag in super().get_tags()]

    def get_override_parameters(self) -> list[OpenApiParameter]:
        takes = self.view.takes() if hasattr(self.view, "takes") else set()
        described = dict(DESCRIPTIONS)
        if "fields" in takes:
            described["fields"] = sparse.parameter(self.view.get_serializer())
        return [
            OpenApiParameter(
                name,
                shape,
                OpenApiParameter.QUERY,
                description=description,
                explode=False if name == "fields" else None,
            )
            for name, (shape, description) in described.items()
            if name in takes
        ]

    def _get_parameters(self) -> list[dict[str, Any]]:
        """Those that will go are marked, filters among them."""
        going = getattr(self.view, "deprecated_parameters", {})
        parameters = super()._get_parameters()
        for parameter in parameters:
            if parameter["in"] == "query" and (told := going.get(parameter["name"])):
                said = f"{parameter.get('description', '')} {told}".strip()
                parameter |= {"deprecated": True, "description": said}
        return parameters

    def get_filter_backends(self) -> list[Any]:
        return self.view.filter_backends if self.format else super().get_filter_backends()

    def get_response_serializers(self) -> Any:
        if not self.format:
            return super().get_response_serializers()
        return OpenApiResponse(FILES[self.format], EXPORTS[self.format], EXAMPLES[self.format])

    def _map_basic_serializer(self, serializer: Any, direction: Any) -> dict[str, Any]:
        """With `fields` an object has only what was asked for."""
        described = super()._map_basic_serializer(serializer, direction)
        plain = force_instance(serializer)
        if isinstance(plain, Row):
            described.pop("required", None)
        if isinstance(plain, Body):
            described |= {"type": "object", "additionalProperties": False, **plain.shape}
        return described

    def get_auth(self) -> list[dict[str, Any]]:
        named = [auth for auth in super().get_auth() if "cookieAuth" not in auth]
        return [*named, {}] if self.method == "GET" else named

    def _get_paginator(self) -> Any:
        return getattr(self.view, "paginator", None)

    def get_paginated_name(self, serializer_name: str) -> str:
        return f"{serializer_name}Page"


def finish(result: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
    """A hook of drf-spectacular: the errors of every operation, each described once; no marks."""
    components = result["components"]
    components["schemas"] = dict(sorted({**components["schemas"], "Problem": PROBLEM}.items()))
    components["responses"] = dict(
        [("Unchanged", UNCHANGED), *ERRORS.values(), WRONG_BODY, ROWS_REFUSED, *BAD_PIECES]
    )
    components["securitySchemes"].pop("cookieAuth", None)
    components["parameters"] = {}
    for path, operations in result["paths"].items():
        for method, operation in operations.items():
            operation["parameters"] = [
                _shared(parameter, components["parameters"]) for parameter in operation.get("parameters", [])
            ]
            for status, name in _errors(path, method).items():
                operation["responses"][status] = {"$ref": f"#/components/responses/{name}"}
            if is_export(path):
                operation["responses"]["200"] |= {"headers": HEADERS}
            if method == "get":
                tell_of_tags(operation)
            if is_conditional(path, method) or method == "patch":
                condition = IF_MATCH | {"required": method != "patch"}
                operation["parameters"].append(_shared(condition, components["parameters"]))
            if method == "post":
                operation["parameters"].append(_shared(IDEMPOTENCY_KEY, components["parameters"]))
                name_headers(operation["responses"])
                _share_examples(operation["responses"], components.setdefault("examples", {}))
    return result


def _share_examples(responses: dict[str, Any], components: dict[str, Any]) -> None:
    """Every verb answers with the same object: it is shown once."""
    for response in responses.values():
        for content in response.get("content", {}).values():
            for name, example in content.get("examples", {}).items():
                components[name] = example
                content["examples"][name] = {"$ref": f"#/components/examples/{name}"}


def _errors(path: str, method: str) -> dict[str, str]:
    """The errors that an operation may answer, and what each is called."""
    writes = method in {"post", "patch", "delete"}
    absent = set() if "{" in path else {"404", "410"}
    absent |= set() if is_conditional(path, method) else {"428"} if method == "patch" else {"412", "428"}
    absent |= {"413", "415", "422"} if method == "delete" else set() if writes else WRITING
    named = {status: name for status, (name, _document) in ERRORS.items() if status not in absent}
    if method == "patch":
        return named | OF_A_PIECE
    if path.endswith("/bulk/"):
        named["422"] = ROWS_REFUSED[0]
    return named | ({"400": "WrongBody"} if method == "post" else {})


def _shared(parameter: dict[str, Any], components: dict[str, Any]) -> dict[str, Any]:
    """What many addresses take is described once."""
    parameter["schema"].pop("x-spec-enum-id", None)  # a mark of the library for its own hook
    name = parameter["name"]
    shared = {*DESCRIPTIONS, *KeysetPagination.parameters, IDEMPOTENCY_KEY["name"], IF_MATCH["name"]}
    if name not in shared or parameter == IF_MATCH | {"required": False}:
        return parameter
    components[name] = parameter
    return {"$ref": f"#/components/parameters/{name}"}


class EnglishGenerator(SchemaGenerator):
    """Labels of codes are translated when they are read: the description takes the English ones."""

    def get_schema(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        with translation.override("en"):
            return super().get_schema(*args, **kwargs)


@cache
def openapi() -> dict[str, Any]:
    """The description of the whole API. It depends on the code alone, so a process makes it once."""
    return EnglishGenerator().get_schema(request=None, public=True)
