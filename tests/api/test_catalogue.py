"""Every machine code is in the catalogue, in three languages; every row of it is raised; the type leads to it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from core.api import catalogue
from core.api.bodies import Said
from core.api.catalogue import CATALOGUE, PLACES, USUAL
from core.exceptions import DomainError
from tests.api.conftest import path_of
from tests.api.test_errors import problem

ROOT = Path(__file__).parents[2]
APPS = ("core", "accounts", "districts", "investors", "tasks", "alatau_portal")
#: Who raises a code, and which argument says it.
RAISE = {"Problem": 1, "AuthenticationFailed": 1, "PermissionDenied": 1}
#: Raised by what only pages do.
OF_PAGES = {"already_imported"}
#: Said by the libraries under the API, not by its own code.
OF_LIBRARIES = {
    "null",
    "max_length",
    "min_length",
    "max_value",
    "min_value",
    "unique",
    "not_a_list",
    "invalid_choice",
}


def calls() -> Iterator[ast.Call]:
    for app in APPS:
        for file in sorted((ROOT / app).rglob("*.py")):
            yield from (node for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.Call))


def raised() -> set[str]:
    found = set(USUAL.values()) | {kind.code for kind in _below(DomainError) if isinstance(kind.code, str)}
    for call in calls():
        name = getattr(call.func, "id", getattr(call.func, "attr", ""))
        if name in RAISE and len(call.args) > RAISE[name]:
            found |= _constant(call.args[RAISE[name]])
        if name == "problem_response":
            found |= {code for word in call.keywords if word.arg == "code" for code in _constant(word.value)}
    return found - OF_PAGES


def said_of_parameters() -> set[str]:
    told = (call for call in calls() if getattr(call.func, "id", "") == "WrongParameters")
    faults = (fault for call in told for fault in call.args if isinstance(fault, ast.Tuple))
    return {code for fault in faults for code in _constant(fault.elts[1])}


def _constant(node: ast.expr) -> set[str]:
    return {node.value} if isinstance(node, ast.Constant) and isinstance(node.value, str) else set()


def _below(kind: type) -> Iterator[Any]:
    yield kind
    for below in kind.__subclasses__():
        yield from _below(below)


def test_every_code_that_is_raised_is_in_the_catalogue_and_no_other() -> None:
    assert raised() == set(CATALOGUE)


def test_every_code_of_a_place_is_in_the_catalogue_and_is_said_somewhere() -> None:
    said = {code for kind in _below(Said) for code in kind.default_error_messages} - {"required", "null"}
    source = "\n".join(file.read_text() for app in APPS for file in (ROOT / app).rglob("*.py"))
    kept = re.sub(r"PLACES: dict.*?\n}", "", source, flags=re.S)

    assert said | said_of_parameters() <= set(PLACES)
    assert {code for code in set(PLACES) - OF_LIBRARIES if f'"{code}"' not in kept} == set()


def test_every_usual_code_has_the_status_that_it_is_usual_for() -> None:
    assert {status: CATALOGUE[code].status for status, code in USUAL.items()} == {
        status: status for status in USUAL
    }


@pytest.mark.parametrize("spoken", ["kk", "ru", "en"])
def test_the_type_of_a_problem_leads_to_its_place_on_a_page(
    anonymous: Client, db: None, settings: Any, spoken: str
) -> None:
    settings.PUBLIC_URL = "https://alatau.example"
    body = problem(anonymous.get(path_of("projects"), {"colour": "red", "lang": spoken}), 400)
    address, _sharp, place = body["type"].partition("#")
    answer = anonymous.get(address.removeprefix("https://alatau.example"), {"lang": spoken})
    page = answer.content.decode()

    assert (answer.status_code, answer["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert answer["Content-Language"] == spoken and f'<html lang="{spoken}">' in page
    assert place == "invalid"
    with translation.override(spoken):
        for code, told in CATALOGUE.items():
            assert page.count(f'id="{code}"') == 1
            assert str(told.title) in page
    assert "style=" not in page and "<script" not in page
    known = anonymous.get(
        answer.request["PATH_INFO"], {"lang": spoken}, headers={"if-none-match": answer["ETag"]}
    )
    assert (known.status_code, known.content) == (304, b"")


def test_the_page_refuses_what_it_does_not_take(anonymous: Client, db: None) -> None:
    problem(anonymous.get("/api/docs/errors/", {"colour": "red"}), 400)
    problem(anonymous.post("/api/docs/errors/"), 405)


def test_the_text_in_git_is_the_catalogue_and_is_served(anonymous: Client, db: None) -> None:
    text = (ROOT / "docs" / "errors.md").read_text()
    with translation.override("en"):
        assert text == catalogue.as_markdown(), "run: manage.py openapi"

    assert anonymous.get("/api/docs/errors.md").content.decode() == text
    assert {f"### {code}" for code in CATALOGUE} <= set(text.splitlines())


def test_a_code_that_nobody_knows_is_told_by_its_status() -> None:
    assert catalogue.entry("nonsense", 409) == CATALOGUE["conflict"]
    assert catalogue.usual(418) == "invalid" and catalogue.usual(502) == "error"
