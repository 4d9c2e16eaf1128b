"""The names of the committed data, read without a database: what tests of the grammar need."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tasks.reading import Reading, read
from tasks.reading.names import Names
from tasks.reading.register import ALIASES, names_of

ROOT = Path(__file__).parents[3]


@cache
def names() -> Names:
    aliases = _load(ALIASES)
    organisations = {
        row["code"]: [*_called(row), *row.get("aliases", []), *aliases["organisations"].get(row["code"], [])]
        for name in ("state_bodies", "companies")
        for row in _load(ROOT / f"accounts/data/{name}.yaml")
    }
    districts = {
        row["code"]: [*_called(row), *aliases["districts"].get(row["code"], [])]
        for row in _load(ROOT / "districts/data/districts.yaml")
    }
    projects = {
        row["code"]: [*_called(row), *aliases["projects"].get(row["code"], [])]
        for row in _load(ROOT / "districts/data/projects.yaml")
    }
    return names_of(organisations, districts, projects, aliases["outside"])


def reading(text: str, language: str = "ru") -> Reading:
    return read(text, language, names())


def _load(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _called(row: dict[str, Any]) -> list[str]:
    return [
        text for field in ("name", "abbreviation", "label") for text in row.get(field, {}).values() if text
    ]
