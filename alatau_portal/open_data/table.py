"""The register of projects as a table: the CSV of the API, with a Table Schema that says what stands in each column."""

from datetime import datetime
from hashlib import sha256
from io import BytesIO
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import serializers

from alatau_portal.open_data import rows as of_api
from alatau_portal.open_data.geojson import in_each_language
from core.api.columns import Column, Table, columns
from core.api.exports import write_csv
from core.api.fields import CodeField, PartialDateField, UrlField
from core.text import LANGUAGES
from districts.api.serializers import ProjectSerializer
from districts.models import Project

NAME = "projects.csv"
#: A day, a month, a season (ISO 8601-2) or a year.
PARTIAL_DATE = PartialDateField.shape["pattern"]
ABOUT = gettext_lazy(
    "One row a project. Lists stand in one cell, their items divided by “; ” and the parts of an item by “:”. An empty "
    "cell is unknown."
)


def _columns() -> list[Column]:
    return columns(ProjectSerializer(context=of_api.context()), Project)


def csv(rows: list[dict[str, Any]]) -> bytes:
    out = BytesIO()
    write_csv(Table("projects", _columns(), rows, "geometry", "public_id"), out)
    return out.getvalue()


def package(table: bytes, at: datetime) -> dict[str, Any]:
    """A Data Package of one resource (Frictionless Data, version 1)."""
    return {
        "profile": "tabular-data-package",
        "name": "alatau-city-projects",
        "title": str(_title("en")),
        "titles": {language: _title(language) for language in LANGUAGES},
        "created": timezone.localtime(at).isoformat(timespec="seconds"),
        "licenses": [
            {
                "name": "CC-BY-4.0",
                "path": "https://creativecommons.org/licenses/by/4.0/",
                "title": "Creative Commons Attribution 4.0 International",
            }
        ],
        "resources": [
            {
                "profile": "tabular-data-resource",
                "name": "projects",
                "path": NAME,
                "descriptions": in_each_language(ABOUT),
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "bytes": len(table),
                "hash": f"sha256:{sha256(table).hexdigest()}",
                "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "header": True},
                "schema": schema(),
            }
        ],
    }


def schema() -> dict[str, Any]:
    labels: dict[str, list[str]] = {}
    for language in LANGUAGES:
        with translation.override(language):
            labels[language] = [column.label for column in _columns()]
    with translation.override("en"):
        fields = [
            {
                **_field(column),
                "title": labels["en"][place],
                "titles": {of: labels[of][place] for of in LANGUAGES},
            }
            for place, column in enumerate(_columns())
        ]
    return {"fields": fields, "primaryKey": "public_id", "missingValues": [""]}


def _title(language: str) -> str:
    with translation.override(language):
        return _("Projects of Alatau City")


#: What kind of cell a field of the API makes, where it is not a text.
KINDS: tuple[tuple[type[Any], dict[str, Any]], ...] = (
    (UrlField, {"format": "uri"}),
    (PartialDateField, {"constraints": {"pattern": PARTIAL_DATE}}),
    (serializers.BooleanField, {"type": "boolean"}),
    (serializers.IntegerField, {"type": "integer"}),
    (serializers.DateTimeField, {"type": "datetime", "format": "any"}),
    (serializers.DateField, {"type": "date"}),
)
REQUIRED = set("url public_id name_kk name_ru kind status confidence demo version updated_at".split())
#: One cell, several codes.
LISTS = {"sectors"}


def _field(column: Column) -> dict[str, Any]:
    """Type, format and what is allowed, of what stands in the column."""
    kind = next((told for field, told in KINDS if isinstance(column.field, field)), {})
    told = {"name": column.name, "type": "number" if column.is_number else "string", **kind}
    rules = dict(kind.get("constraints", {}))
    if isinstance(column.field, CodeField) and column.name not in LISTS:
        rules["enum"] = list(column.field.codes.values)
    if column.name in REQUIRED:
        rules["required"] = True
    if column.name == "public_id":
        rules["unique"] = True
    return told | ({"constraints": rules} if rules else {})
