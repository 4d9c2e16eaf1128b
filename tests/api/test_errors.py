"""Every error is a problem document, in the caller's language."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DataError, IntegrityError, OperationalError
from django.db.models import ProtectedError
from django.test import Client
from psycopg.errors import LockNotAvailable
from rest_framework import exceptions
from rest_framework.exceptions import ErrorDetail

from core.api import errors
from core.api.catalogue import CATALOGUE, PLACES
from core.api.views import Register
from core.exceptions import Conflict, DomainError, Forbidden
from tests.api.conftest import EXPORTS, INNER, REGISTERS, faults, path_of

#: Registers to which a POST adds.
WRITTEN = (path_of("instructions"), path_of("figure-disputes"), path_of("progress-reports"))


def problem(response: Any, status: int) -> dict[str, Any]:
    """The body of a problem that is as every problem is."""
    body = response.json()
    assert response.status_code == body["status"] == status, body
    assert response["Content-Type"] == "application/problem+json"
    assert not faults(path_of("projects"), body, "400")
    assert body["title"] and body["detail"]
    assert body["code"] in CATALOGUE and body["type"].endswith(f"/api/docs/errors/#{body['code']}")
    assert {fault["code"] for fault in body["errors"]} <= set(PLACES)
    return body


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
def test_reading_is_all_that_a_register_does(anonymous: Client, db: None, method: str) -> None:
    for register in (*REGISTERS, *INNER):
        for address in (path_of(register), path_of(register, "1")):
            response = getattr(anonymous, method)(address)
            if method == "post" and address in WRITTEN:
                assert problem(response, 401)["code"] == "not_authenticated"
                continue
            assert problem(response, 405)["code"] == "method_not_allowed"
            assert response["Allow"] == _allowed(address)


def test_a_signed_in_writer_is_told_the_same(office: Any) -> None:
    client = Client(raise_request_exception=False, enforce_csrf_checks=True)
    client.force_login(office, "accounts.backends.Passwords")

    problem(client.post(path_of("projects"), {}), 405)


def test_head_and_options_are_answered(anonymous: Client, db: None) -> None:
    for address in (*map(path_of, REGISTERS), *EXPORTS):
        assert anonymous.head(address).status_code == 200
        response = anonymous.options(address)
        assert (response.status_code, response["Allow"], response.content) == (204, _allowed(address), b"")


def _allowed(address: str) -> str:
    return "GET, POST, HEAD, OPTIONS" if address in WRITTEN else "GET, HEAD, OPTIONS"


@pytest.mark.parametrize(
    "address",
    [
        "/api/",
        "/api/v2/",
        "/api/v1/nothing/",
        "/api/v1/projects/%00/",
        "/api/v1/projects/ALT-P-9999/",
        "/api/v1/projects/a%2Fb/",
        "/api/v1/districts/Ә/",
        "/api/v1/projects/" + "9" * 5000 + "/",
        "/api/docs/more",
    ],
)
@pytest.mark.parametrize("method", ["get", "head"])
def test_where_nothing_is_there_is_a_problem(anonymous: Client, db: None, address: str, method: str) -> None:
    response = getattr(anonymous, method)(address)

    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"


def test_no_method_makes_something_of_nothing(anonymous: Client, db: None) -> None:
    problem(anonymous.post("/api/v1/nothing/"), 404)


def test_a_forgotten_slash_is_added(anonymous: Client, db: None) -> None:
    response = anonymous.get("/api/v1/projects?limit=5")

    assert (response.status_code, response["Location"]) == (301, "/api/v1/projects/?limit=5")


@pytest.mark.parametrize(
    ("language", "title"),
    [("kk", "Табылмады"), ("ru", "Не найдено"), ("en", "Not found"), ("ru-RU,en;q=0.5", "Не найдено")],
)
@pytest.mark.parametrize("address", ["/api/v1/nothing/", "/api/v1/projects/ALT-P-9999/"])
def test_a_problem_speaks_the_language_of_the_caller(
    anonymous: Client, db: None, address: str, language: str, title: str
) -> None:
    response = anonymous.get(address, headers={"accept-language": language})

    assert problem(response, 404)["title"] == title
    assert "Accept-Language" in response["Vary"]


@pytest.mark.parametrize("address", [path_of("projects"), "/api/v1/", "/api/docs/"])
def test_the_answer_is_json(anonymous: Client, db: None, address: str) -> None:
    wrong = "application/xml" if address == "/api/docs/" else "text/html"

    assert problem(anonymous.get(address, headers={"accept": wrong}), 406)["code"] == "not_acceptable"


def _busy() -> OperationalError:
    """As Django gives it where a lock was not had in time."""
    error = OperationalError("canceling statement due to lock timeout")
    error.__cause__ = LockNotAvailable()
    return error


#: What a view may raise, and the answer to it.
RAISED = [
    (Forbidden("Only the office."), 403, "forbidden", "Only the office."),
    (Conflict("It is closed."), 409, "conflict", "It is closed."),
    (DomainError("Name it."), 400, "invalid", "Name it."),
    (PermissionDenied(), 403, "forbidden", None),
    (ProtectedError("x", set()), 409, "protected", None),
    (IntegrityError("duplicate key value"), 409, "conflict", None),
    (DataError("integer out of range"), 400, "invalid", None),
    (_busy(), 409, "busy", None),
    (OperationalError("canceling statement"), 503, "unavailable", None),
    (ZeroDivisionError("a secret"), 500, "error", None),
    (exceptions.UnsupportedMediaType("text/csv"), 415, "unsupported_media_type", None),
    (exceptions.ParseError("at line 1"), 400, "parse_error", None),
    (exceptions.NotAuthenticated(), 401, "not_authenticated", None),
    (exceptions.Throttled(wait=7), 429, "throttled", None),
]


@pytest.mark.parametrize(
    ("raised", "status", "code", "detail"), RAISED, ids=lambda value: type(value).__name__
)
def test_whatever_a_view_raises_becomes_a_problem(
    anonymous: Client,
    db: None,
    monkeypatch: Any,
    raised: Exception,
    status: int,
    code: str,
    detail: str | None,
) -> None:
    def fail(*_args: Any, **_kwargs: Any) -> None:
        raise raised

    monkeypatch.setattr(Register, "list", fail)
    response = anonymous.get(path_of("projects"))
    body = problem(response, status)

    assert body["code"] == code
    assert body["detail"] == detail if detail else (str(raised) or "None") not in body["detail"]
    assert ("WWW-Authenticate" in response) == (status == 401)
    assert response.get("Retry-After") == {429: "7", 503: "5"}.get(status)


def test_an_unforeseen_error_is_noted(anonymous: Client, db: None, monkeypatch: Any, caplog: Any) -> None:
    monkeypatch.setattr(Register, "list", lambda *_args, **_kwargs: 1 / 0)
    anonymous.get(path_of("projects"))

    assert "ZeroDivisionError: /api/v1/projects/" in caplog.text


def test_what_is_wrong_in_a_body_is_pointed_at(rf: Any) -> None:
    required = ErrorDetail("Give it.", "required")
    detail = {"name": {"kk": [required]}, "a/b": [{}, {"c~d": [required]}], "non_field_errors": [required]}

    answer = errors.handle(exceptions.ValidationError(detail), {"request": rf.get("/api/")})

    assert b'"pointer": "/name/kk"' in answer.content
    assert b'"pointer": "/a~1b/1/c~0d"' in answer.content
    assert b'"pointer": "", "code": "required", "detail": "Give it."' in answer.content


def test_a_rule_of_a_model_is_pointed_at(rf: Any) -> None:
    answer = errors.handle(ValidationError({"bin": ["Look at it."]}), {"request": rf.get("/api/")})

    assert (answer.status_code, b'"pointer": "/bin"' in answer.content) == (400, True)
