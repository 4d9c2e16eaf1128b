"""The names that the register and the table of aliases give to the reader: the only part of it that asks the database."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from accounts.models import Organisation
from districts.models import District, Project
from tasks.reading.names import Names, is_same_name, latin_core

ALIASES = Path(__file__).parent.parent / "data" / "aliases.yaml"


def names_from_register() -> Names:
    """All organisations, districts and projects, whoever may see them: the draft is read by the project office."""
    aliases = yaml.safe_load(ALIASES.read_text(encoding="utf-8"))
    organisations = {
        row.code: [
            *_called(row, "name", "abbreviation"),
            *row.aliases,
            *aliases["organisations"].get(row.code, []),
        ]
        for row in Organisation.objects.all()
    }
    districts = {
        row.code: [*_called(row, "name", "label"), *aliases["districts"].get(row.code, [])]
        for row in District.objects.all()
    }
    projects = {row.public_id: list(_called(row, "name")) for row in Project.objects.all()}
    return names_of(organisations, districts, projects, aliases["outside"])


def names_of(
    organisations: dict[str, list[str]],
    districts: dict[str, list[str]],
    projects: dict[str, list[str]],
    outside: Iterable[str],
) -> Names:
    """Names with what follows from them: a project is also called by the Latin words of its name, unless a company is."""
    companies = [name for names in organisations.values() for name in names]
    companies += [core for name in companies if (core := latin_core(name))]
    for names in projects.values():
        cores = {core for name in names if (core := latin_core(name))}
        names += [core for core in cores if not any(is_same_name(core, company) for company in companies)]
    return Names(organisations, districts, projects, outside)


def _called(row: Any, *fields: str) -> list[str]:
    return [text for name in fields for text in getattr(row, name) if text]
