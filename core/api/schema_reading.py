"""What the description says of tags: each answer has one, and who has its bytes already is told so."""

from typing import Any

ETAG = {
    "ETag": {
        "description": "The name of exactly these bytes; for “If-None-Match”, and for “If-Match” of what is written.",
        "schema": {"type": "string"},
    }
}
UNCHANGED = {
    "description": "The caller has these bytes already: “If-None-Match” names them.",
    "headers": ETAG,
}


def tell_of_tags(operation: dict[str, Any]) -> None:
    """Of one that reads."""
    operation["responses"]["304"] = {"$ref": "#/components/responses/Unchanged"}
    operation["responses"]["200"]["headers"] = ETAG | operation["responses"]["200"].get("headers", {})
