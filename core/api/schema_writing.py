"""How the OpenAPI file describes what goes with a request that changes something, and with its answer."""

from typing import Any

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


def name_headers(responses: dict[str, Any]) -> None:
    """Of every answer of an operation that changes something."""
    for status in sorted({"200", "201", "204"} & set(responses)):
        responses[status] |= {"headers": REPLAYED | (LOCATION if status == "201" else {})}
