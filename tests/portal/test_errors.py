"""Error pages: in the reader's language, useful, and answered even where the database or the templates fail."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import InterfaceError, OperationalError, connection
from django.template import engines
from django.test import Client

from alatau_portal import errors

pytestmark = pytest.mark.django_db

NOWHERE = {"kk": "Мұндай бет жоқ", "ru": "Такой страницы нет", "en": "There is no such page"}
BROKEN = {
    "kk": "Біздің тарапта қате болды",
    "ru": "Ошибка на нашей стороне",
    "en": "Something went wrong on our side",
}
STOPPED = {
    "kk": "Портал қазір жауап бермейді",
    "ru": "Портал сейчас не отвечает",
    "en": "The portal does not answer right now",
}
LANGUAGES = ["kk", "ru", "en"]


@pytest.fixture
def visitor() -> Client:
    """As a browser: an exception is an answer."""
    return Client(raise_request_exception=False)


@contextmanager
def failing(error: BaseException) -> Iterator[list[str]]:
    """Every query fails; what was asked."""
    asked: list[str] = []

    def fail(execute, sql, params, many, context):
        asked.append(sql)
        raise error

    with connection.execute_wrapper(fail):
        yield asked


def says(answer, status, words):
    text = answer.content.decode()
    assert answer.status_code == status
    assert f"<h1>{words}</h1>" in text.replace("&#x27;", "'"), text
    return text


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_not_there_is_said_with_a_way_on(visitor, language):
    text = says(visitor.get(f"/{language}/nothing/"), 404, NOWHERE[language])

    assert f'<html lang="{language}"' in text
    assert f'href="/{language}/projects/"' in text
    assert f'action="/{language}/search/"' in text
    assert 'content="noindex"' in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_stopped_database_is_a_503_that_says_when_to_come_back(visitor, language):
    with failing(OperationalError("the server closed the connection")):
        answer = visitor.get(f"/{language}/")

    says(answer, 503, STOPPED[language])
    assert answer["Retry-After"] == "30"
    assert answer["Cache-Control"] == "no-store"
    assert "Content-Security-Policy" in answer


def test_a_page_that_is_not_there_is_a_503_too_when_its_frame_needs_the_database(visitor):
    with failing(InterfaceError("connection already closed")):
        says(visitor.get("/ru/nothing/"), 503, STOPPED["ru"])


def test_a_signed_in_reader_does_not_wait_for_a_stopped_database_twice(visitor, office):
    visitor.force_login(office, "accounts.backends.Passwords")

    with failing(OperationalError("timeout")) as asked:
        answer = visitor.get("/kk/")

    says(answer, 503, STOPPED["kk"])
    assert len(asked) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_failure_is_a_500_without_a_query(visitor, language, monkeypatch):
    with failing(ZeroDivisionError()) as asked:
        answer = visitor.get(f"/{language}/")

    says(answer, 500, BROKEN[language])
    assert len(asked) == 1


def test_a_failure_of_the_templates_is_answered_as_well(visitor, monkeypatch):
    def fail(*_: object) -> None:
        raise OSError("the disk is gone")

    monkeypatch.setattr(engines["django"].engine, "find_template", fail)
    answer = visitor.get("/ru/")

    assert answer.status_code == 500
    assert "Портал сейчас не отвечает" in answer.content.decode()


def test_below_the_api_a_failure_is_a_problem_document(visitor):
    with failing(OperationalError("stopped")):
        stopped = visitor.get("/api/v1/projects/")
    nothing = visitor.get("/api/nothing/")

    for answer, status in ((stopped, 503), (nothing, 404)):
        assert answer.status_code == answer.json()["status"] == status
        assert answer["Content-Type"] == "application/problem+json"
    assert stopped["Retry-After"]


def test_a_visitor_is_offered_to_sign_in_and_comes_back(visitor, office):
    address = "/ru/projects/?as_of=2025-12-01"
    text = visitor.get(address).content.decode()

    assert 'href="/ru/accounts/login/?next=/ru/projects/%3Fas_of%3D2025-12-01"' in text


def test_one_who_is_signed_in_is_not_offered_to_sign_in(visitor, executor):
    visitor.force_login(executor, "accounts.backends.Passwords")

    answer = visitor.get("/ru/projects/?as_of=2025-12-01")

    assert answer.status_code == 403
    assert "/accounts/login/" not in answer.content.decode()


def test_a_bad_address_is_explained_within_the_portal(visitor, office):
    visitor.force_login(office, "accounts.backends.Passwords")

    answer = visitor.get("/kk/projects/?as_of=someday")

    assert answer.status_code == 400
    assert "as_of" in answer.content.decode()
    assert 'href="/kk/projects/"' in answer.content.decode()


def test_what_django_suspects_is_not_explained(visitor, settings):
    settings.ALLOWED_HOSTS = ["alatau.example"]

    answer = visitor.get("/kk/", headers={"host": "evil.example"})

    assert answer.status_code == 400
    assert "evil" not in answer.content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_that_takes_nothing_says_so_and_what_it_takes(visitor, language):
    answer = visitor.post(f"/{language}/projects/")

    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")
    assert f'<html lang="{language}"' in answer.content.decode()


def test_a_form_without_its_token_is_told_how_to_go_on():
    answer = Client(enforce_csrf_checks=True).post("/ru/accounts/login/", {})

    assert answer.status_code == 403
    assert "Срок действия формы истёк" in answer.content.decode()


def test_one_who_tries_too_often_is_told_how_long_to_wait(visitor, settings):
    settings.ACCOUNT_RATE_LIMITS = {"reset_password": "1/h/ip"}
    address, form = "/kk/accounts/password/reset/", {"email": "nobody@example.kz"}
    visitor.post(address, form)

    answer = visitor.post(address, form)

    assert (answer.status_code, answer["Retry-After"]) == (429, "60")
    assert "<h1>" in answer.content.decode()


def test_the_words_of_a_refusal_reach_the_page(rf, office):
    request = rf.get("/kk/")
    request.user = office

    assert "біреу" in errors.forbidden(request, PermissionDenied("біреу")).content.decode()
    assert "бірдеңе" in errors.bad_request(request, BadRequest("бірдеңе")).content.decode()


@pytest.mark.parametrize(("who", "megabytes"), [("", 26), ("office", 75)])
def test_more_than_a_page_takes_is_refused_before_it_is_read(visitor, office, who, megabytes):
    if who:
        visitor.force_login(office)
    for more, status in ((0, 405), (1, 413)):
        told = {
            "CONTENT_LENGTH": str(megabytes * 2**20 + more),
            "CONTENT_TYPE": "multipart/form-data; boundary=x",
        }
        answer = visitor.generic("POST", "/ru/projects/", **told)
        assert answer.status_code == status

    says(answer, 413, "Это слишком много за один раз")
