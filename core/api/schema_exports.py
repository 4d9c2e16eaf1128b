"""How the OpenAPI file describes whole registers as files."""

import re
from typing import Any

from drf_spectacular.utils import OpenApiExample

from core.api.errors import MEDIA_TYPE
from core.api.exports import FORMATS

SUMMARIES = {"csv": "CSV", "xlsx": "a workbook", "geojson": "GeoJSON"}
EXPORTS = {
    "csv": (
        "The whole register as CSV (RFC 4180, UTF-8): the header holds names of fields, a text is a column a language, "
        "a list is written short in one cell. A text that a spreadsheet would take for a formula (it begins with "
        "`=`, `+`, `-`, `@`, a tab or a line end, and is no number) has an apostrophe in front."
    ),
    "xlsx": (
        "The whole register as a workbook: the cells of the CSV, names of columns in the language of the caller, names "
        "of fields in a hidden first row, and a second sheet that says what the codes mean."
    ),
    "geojson": (
        "The whole register as GeoJSON (RFC 7946): the columns of the CSV as properties. `geometry` is null where no "
        "place is published; where `boundary_schematic` is true it shows order and neighbours only."
    ),
}
_FEATURES: dict[str, Any] = {
    "type": "object",
    "required": ["type", "name", "features"],
    "properties": {
        "type": {"const": "FeatureCollection"},
        "name": {"type": "string"},
        "features": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["type", "id", "geometry", "properties"],
                "properties": {
                    "type": {"const": "Feature"},
                    "id": {"type": "string"},
                    "geometry": {"$ref": "#/components/schemas/Geometry"},
                    "properties": {"type": "object"},
                },
            },
        },
    },
}
FILES: dict[str, dict[str, Any]] = {
    "csv": {"type": "string"},
    "xlsx": {"type": "string", "format": "binary"},
    "geojson": _FEATURES,
}
EXAMPLES = {
    "csv": [
        OpenApiExample("With fields=code,name", "code,name_kk,name_ru,name_en\r\ngate,Қақпа,Врата,Gate\r\n")
    ],
    "xlsx": [],
    "geojson": [
        OpenApiExample(
            "With fields=name and lang=en",
            {
                "type": "FeatureCollection",
                "name": "Districts",
                "features": [
                    {
                        "type": "Feature",
                        "id": "gate",
                        "geometry": None,
                        "properties": {"name": "Gate District"},
                    }
                ],
            },
        )
    ],
}


def _count(description: str) -> dict[str, Any]:
    return {"description": description, "schema": {"type": "integer", "minimum": 0}}


_LIMITS = {
    "RateLimit-Limit": _count("How many of these requests a client may send in the time."),
    "RateLimit-Remaining": _count("How many of them are left."),
    "RateLimit-Reset": _count("In how many seconds there is one more."),
}
HEADERS = {
    "Content-Disposition": {"description": "The name of the file.", "schema": {"type": "string"}},
    **_LIMITS,
}
TOO_MANY = {
    "description": "Too many files, changes or unknown tokens in a short time.",
    "headers": {"Retry-After": _count("In how many seconds to try again."), **_LIMITS},
    "content": {
        MEDIA_TYPE: {
            "schema": {"$ref": "#/components/schemas/Problem"},
            "example": {
                "type": "/api/docs/errors/#throttled",
                "title": "Too many requests",
                "status": 429,
                "detail": "Try again later: see “Retry-After”.",
                "code": "throttled",
                "errors": [],
            },
        }
    },
}


def is_export(path: str) -> bool:
    return bool(re.search(rf"\.({'|'.join(FORMATS)})$", path))
