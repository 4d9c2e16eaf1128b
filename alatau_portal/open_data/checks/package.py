"""An OC4IDS package: the shape of what we publish, closed lists, references, and the same facts in each language."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from jsonschema import Draft4Validator

from alatau_portal.open_data.checks.profile import PACKAGE
from alatau_portal.open_data.checks.reading import Files

JUDGE = Draft4Validator(PACKAGE)
#: What is not text: the same in each language.
FACTS = ("id", "status", "type", "sector", "period", "identifiers", "updated")
#: A field that nothing refers to is a party's own.
ORGANISATIONS = ("publicAuthority", "sourceParty", "financingParty", "payer", "payee", "suppliers")


def faults(files: Files) -> Iterator[str]:
    for language, package in files.packages.items():
        for fault in _of_package(package, language):
            yield f"oc4ids.{language}.json: {fault}"
    first = [_facts(project) for project in files.packages["kk"]["projects"]]
    for language, package in files.packages.items():
        if [_facts(project) for project in package["projects"]] != first:
            yield f"oc4ids.{language}.json: other facts than in Kazakh"


def _of_package(package: dict[str, Any], language: str) -> Iterator[str]:
    for error in JUDGE.iter_errors(package):
        yield f"{'/'.join(map(str, error.absolute_path)) or 'package'}: {error.message[:160]}"
    projects = [one for one in package.get("projects", ()) if isinstance(one, dict)]
    ids = Counter(project.get("id") for project in projects)
    yield from (f"{one} stands twice" for one, number in ids.items() if number > 1)
    for project in projects:
        for fault in _of_project(project, language):
            yield f"{project.get('id')}: {fault}"


def _of_project(project: dict[str, Any], language: str) -> Iterator[str]:
    if not str(project.get("id")).startswith(f"{settings.OC4IDS_PREFIX}-"):
        yield "the prefix is not that of this publisher"
    if project.get("language") != language:
        yield "is in another language than its package"
    parties = {party.get("id"): party for party in project.get("parties", ())}
    if len(parties) != len(project.get("parties", ())):
        yield "a party stands twice"
    for reference in references(project):
        if reference.get("id") not in parties:
            yield f"refers to {reference.get('id')}, which is not among its parties"
        elif reference.get("name") != parties[reference["id"]].get("name"):
            yield f"calls {reference['id']} by another name than its parties do"
    for name in ("milestones", "documents", "forecasts", "metrics", "locations"):
        twice = [one for one, n in Counter(row.get("id") for row in project.get(name, ())).items() if n > 1]
        yield from (f"{name}: {one} stands twice" for one in twice)


def references(node: Any) -> Iterator[dict[str, Any]]:
    """Every reference to an organisation, however deep it stands."""
    if isinstance(node, list):
        for one in node:
            yield from references(one)
    elif isinstance(node, dict):
        for name, value in node.items():
            if name in ORGANISATIONS:
                yield from value if isinstance(value, list) else [value]
            else:
                yield from references(value)


def _facts(project: dict[str, Any]) -> dict[str, Any]:
    """Codes, days and numbers without the words around them."""
    told: dict[str, Any] = {name: project.get(name) for name in FACTS}
    told["parties"] = [(one["id"], one.get("roles")) for one in project.get("parties", ())]
    told["amount"] = project.get("budget", {}).get("amount")
    told["milestones"] = [
        [one.get(name) for name in ("id", "code", "status", "dueDate", "dateMet")]
        for one in project.get("milestones", ())
    ]
    for name in ("forecasts", "metrics"):
        told[name] = [
            (
                metric["id"],
                [[o["id"], o.get("measure"), o.get("value")] for o in metric.get("observations", ())],
            )
            for metric in project.get(name, ())
        ]
    return told


def coverage(packages: dict[str, Any]) -> dict[str, dict[str, int]]:
    """Of each field of a project, in how many projects it stands, by language."""
    return {
        field: {
            language: sum(1 for project in package["projects"] if field in project)
            for language, package in packages.items()
        }
        for field in PACKAGE["properties"]["projects"]["items"]["properties"]
    }
