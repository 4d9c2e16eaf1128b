"""How the OpenAPI file describes what goes with a request that changes something, and with its answer."""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter

from core.api.schema_errors import answer

LOCATION = {
    "Location": {
        "description": "Where the new object is.",
        "required": True,
        "schema": {"type": "string", "format": "uri"},
    }
}
#: Of a request that changes something, and of its answer.
IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "schema": {"type": "string", "pattern": "^[!-~]{1,200}$", "maxLength": 200},
    "description": (
        "Made by the caller, an UUID for example. The same request under the same key is done once, and answered as it "
        "was for 24 hours."
    ),
}
REPLAYED = {
    "Idempotency-Replayed": {
        "description": "“true” where the request was done before, and this is the answer of then.",
        "schema": {"type": "string", "const": "true"},
    }
}


IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "schema": {"type": "string", "pattern": '^([*]|"[!#-~]+"(, *"[!#-~]+")*)$', "maxLength": 400},
    "description": (
        "The `ETag` that a GET of the object answered, quotation marks included; `*` for whatever there is. Without it "
        "428, where the object has changed since 412."
    ),
}
TAGGED = [
    OpenApiParameter(
        "ETag",
        str,
        OpenApiParameter.HEADER,
        response=[200, 201],
        description="Of the object as it is now: for the next `If-Match`, or for `If-None-Match`.",
    ),
    OpenApiParameter(
        "Content-Location",
        OpenApiTypes.URI,
        OpenApiParameter.HEADER,
        response=[200],
        description="Where a GET answers just this.",
    ),
]
NOW = {"ETag": {"description": "Of the object as it is now.", "required": True, "schema": {"type": "string"}}}


STALE = answer(
    412,
    "Changed meanwhile",
    "The object has changed since the caller read it: `current` is how it stands now, `ETag` its tag.",
    "stale",
    headers=NOW,
)
UNCONDITIONAL = answer(
    428, "Precondition required", "The request does not say “If-Match”.", "precondition_required"
)
#: Of many rows at once, beside a key that came with another request.
ROWS_REFUSED = (
    "RowsRefused",
    answer(
        422,
        "Cannot be done",
        "Rows are refused, so nothing is written: `errors` names each place, `counts` and `results` are as in a 200, "
        "with what would have become of each row. Or the “Idempotency-Key” came with another request before.",
        "rows_refused",
    ),
)


def is_conditional(path: str, method: str) -> bool:
    """Whether it changes an object that is there: each verb does, and whoever takes one out."""
    return method == "delete" or (method == "post" and "{" in path)


def name_headers(responses: dict[str, Any]) -> None:
    """Of every answer of an operation that changes something."""
    for status in sorted({"200", "201", "204"} & set(responses)):
        own = responses[status].get("headers", {})
        responses[status] |= {"headers": REPLAYED | (LOCATION if status == "201" else {}) | own}
