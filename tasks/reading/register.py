"""The names that the register and the table of aliases give: the only part of the reader that asks the database."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from accounts.models import Organisation
from districts.models import District, Project
from tasks.reading.names import AfterCompany, Names, latin_core
from tasks.reading.text import fold

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
    projects = {
        row.public_id: [*_called(row, "name"), *aliases["projects"].get(row.code, [])]
        for row in Project.objects.real()
    }
    return names_of(organisations, districts, projects, aliases["outside"])


def names_of(
    organisations: dict[str, list[str]],
    districts: dict[str, list[str]],
    projects: dict[str, list[str]],
    outside: Iterable[str],
) -> Names:
    """Names with what follows from them: a project is also called by the Latin words of its name, if no company is."""
    companies = {
        fold(core): code
        for code, names in organisations.items()
        for name in names
        if (core := latin_core(name))
    }
    companies |= {fold(name): code for code, names in organisations.items() for name in names}
    after: list[AfterCompany] = []
    for project, names in projects.items():
        for name in list(names):
            company = next(
                (
                    known
                    for known in sorted(companies, key=len, reverse=True)
                    if known and known in fold(name)
                ),
                None,
            )
            core = latin_core(name)
            if company:
                words = [
                    word
                    for word in fold(name).replace(company, " ").split()
                    if len(word) > 2 and not word.startswith(("жоба", "проект", "project"))
                ]
                after.append(AfterCompany(project, companies[company], tuple(words)))
            elif core:
                names.append(core)
    return Names(organisations, districts, projects, outside, after)


def _called(row: Any, *fields: str) -> list[str]:
    return [text for name in fields for text in getattr(row, name) if text]
