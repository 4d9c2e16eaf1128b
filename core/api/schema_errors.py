"""How the OpenAPI file describes errors."""

from typing import Any

from core.api.catalogue import CATALOGUE
from core.api.errors import MEDIA_TYPE

PROBLEM = {
    "description": "An error (RFC 9457): `title` and `detail` in the language of the caller, `code` for programs.",
    "type": "object",
    "required": ["type", "title", "status", "detail", "code", "errors"],
    "properties": {
        "type": {
            "type": "string",
            "format": "uri-reference",
            "description": "The place of the code in /api/docs/errors/.",
        },
        "title": {"type": "string"},
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": {"type": "string"},
        "code": {
            "type": "string",
            "description": "What happened, for programs: /api/docs/errors/ lists the codes. New ones may come.",
            "x-extensible-enum": sorted(CATALOGUE),
        },
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["code", "detail"],
                "properties": {
                    "parameter": {"type": "string", "description": "The query parameter that is wrong."},
                    "pointer": {
                        "type": "string",
                        "description": "The place in the body that is wrong (RFC 6901).",
                    },
                    "code": {"type": "string"},
                    "detail": {"type": "string"},
                },
            },
        },
    },
}


def answer(
    status: int, title: str, detail: str, code: str, *errors: dict[str, str], **more: Any
) -> dict[str, Any]:
    """A response of the description: what the error means, with an example of it."""
    example = {
        "type": f"/api/docs/errors/#{code}",
        "title": title,
        "status": status,
        "detail": detail,
        "code": code,
    }
    shape = {
        "schema": {"$ref": "#/components/schemas/Problem"},
        "example": {**example, "errors": list(errors)},
    }
    return {"description": detail, "content": {MEDIA_TYPE: shape}, **more}
