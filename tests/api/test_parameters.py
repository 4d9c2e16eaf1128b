"""Query parameters: what is unknown, malformed or out of range is refused by name."""

from typing import Any

import pytest
from django.core import signing
from django.test import Client

from tests.api.conftest import REGISTERS, path_of
from tests.api.test_errors import problem

WRONG = [
    ("limit", "0", "out_of_range"),
    ("limit", "201", "out_of_range"),
    ("limit", "ten", "out_of_range"),
    ("limit", "-1", "out_of_range"),
    ("limit", "1.0", "out_of_range"),
    ("limit", "٣", "out_of_range"),
    ("limit", "9" * 5000, "out_of_range"),
    ("limit", "", "empty"),
    ("count", "2", "out_of_range"),
    ("count", "true", "out_of_range"),
    ("lang", "de", "invalid_choice"),
    ("lang", "", "empty"),
    ("cursor", "nonsense", "invalid"),
    ("cursor", signing.Signer(salt="another list").sign_object([False, 1]), "invalid"),
    ("cursor", "a\x00b", "invalid"),
    ("as_of", "yesterday", "invalid"),
    ("colour", "red", "unknown"),
    ("format", "json", "unknown"),
]


@pytest.mark.parametrize(("name", "value", "code"), WRONG)
def test_a_wrong_parameter_is_named(anonymous: Client, db: None, name: str, value: str, code: str) -> None:
    for register in REGISTERS:
        (error,) = problem(anonymous.get(path_of(register), {name: value}), 400)["errors"]
        assert (error["parameter"], error["code"]) == (name, code)
        assert error["detail"]


@pytest.mark.parametrize(
    ("register", "name", "value"),
    [
        ("projects", "kind", "factory"),
        ("projects", "district", "Golden"),
        ("projects", "status", "completed"),
        ("projects", "sector", "economy,health"),
        ("projects", "q", "a\x00b"),
        ("projects", "q", "a" * 201),
        ("instructions", "state", "overdue"),
        ("instructions", "overdue", "1"),
        ("instructions", "project", "P" * 61),
        ("instructions", "issuer", "\x00"),
        ("organisations", "kind", "ministry"),
        ("meetings", "kind", "party"),
        ("meetings", "district", "north"),
        ("investors", "stage", "rich"),
        ("investors", "sector", "gold"),
        ("legal-acts", "kind", "letter"),
    ],
)
def test_a_wrong_filter_is_named(anonymous: Client, db: None, register: str, name: str, value: str) -> None:
    body = problem(anonymous.get(path_of(register), {name: value}), 400)

    assert [error["parameter"] for error in body["errors"]] == [name]


def test_all_that_is_unknown_is_named_at_once(anonymous: Client, db: None) -> None:
    body = problem(anonymous.get(path_of("projects") + "?colour=red&lang=kk&lang=ru&size=1"), 400)

    assert [(error["parameter"], error["code"]) for error in body["errors"]] == [
        ("colour", "unknown"),
        ("lang", "repeated"),
        ("size", "unknown"),
    ]


def test_an_object_takes_no_parameter_of_its_list(anonymous: Client, city: None) -> None:
    for name in ("limit", "q", "kind", "count"):
        problem(anonymous.get(path_of("districts", "gate"), {name: "1"}), 400)


@pytest.mark.parametrize("address", ["/api/v1/", "/api/v1/openapi.json"])
def test_other_addresses_take_none(anonymous: Client, db: None, address: str) -> None:
    problem(anonymous.get(address, {"lang": "kk"}), 400)


def test_what_a_program_wrote_wrong_is_said_in_its_language(anonymous: Client, db: None) -> None:
    answer: Any = anonymous.get(path_of("projects"), {"colour": "red"}, headers={"accept-language": "ru"})

    assert answer.json()["errors"][0]["detail"] == "Неизвестный параметр."
