"""The files as whoever downloads them would read them."""

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass
from io import StringIO
from typing import Any, Self

from core.text import LANGUAGES


class Broken(ValueError):
    """A file that cannot be read at all."""


@dataclass(frozen=True)
class Files:
    """`made`: the bytes by name; the rest is what they say."""

    made: Mapping[str, bytes]
    packages: dict[str, Any]
    projects: Any
    districts: Any
    header: list[str]
    rows: list[dict[str, str]]
    schema: dict[str, Any]
    table: dict[str, Any]
    catalogue: dict[str, Any]

    @classmethod
    def read(cls, made: Mapping[str, bytes]) -> Self:
        packages = {language: _json(made, f"oc4ids.{language}.json") for language in LANGUAGES}
        header, rows = _csv(made, "projects.csv")
        table = _json(made, "datapackage.json")["resources"][0]
        maps = [_json(made, f"{name}.geojson") for name in ("projects", "districts")]
        return cls(made, packages, *maps, header, rows, table["schema"], table, _json(made, "dcat.jsonld"))


def _json(made: Mapping[str, bytes], name: str) -> Any:
    if not made.get(name):
        raise Broken(f"{name}: is missing or empty")
    try:
        return json.loads(made[name].decode(), parse_constant=_no_constant)
    except ValueError as error:
        raise Broken(f"{name}: is no JSON: {error}") from error


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no number")


def _csv(made: Mapping[str, bytes], name: str) -> tuple[list[str], list[dict[str, str]]]:
    if not made.get(name):
        raise Broken(f"{name}: is missing or empty")
    try:
        header, *rows = csv.reader(StringIO(made[name].decode(), newline=""), strict=True)
    except (ValueError, csv.Error) as error:
        raise Broken(f"{name}: is no CSV: {error}") from error
    for number, row in enumerate(rows, 2):
        if len(row) != len(header):
            raise Broken(f"{name}: line {number} has {len(row)} cells, the header {len(header)}")
    return header, [dict(zip(header, row, strict=True)) for row in rows]
