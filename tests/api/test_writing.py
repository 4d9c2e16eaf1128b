"""Who writes: a token with its scope, a session with its CSRF token, and how often."""

import json
from typing import Any

import pytest
from django.test import Client

from accounts.models import ApiClient
from accounts.services import digest
from core.api.throttles import WriteThrottle
from tasks.models import Instruction
from tests.api.conftest import path_of
from tests.api.control import WHAT, controlled, registered, verb_of
from tests.api.test_errors import problem
from tests.factories import ApiClientFactory

__all__ = ["controlled", "registered"]

pytestmark = pytest.mark.django_db
LIST = path_of("instructions")
RIGHT = {"text": WHAT, "issuer": "mic"}


def test_a_token_writes_with_its_scope(api: Any, ask: Any, mic: Any, office: Any) -> None:
    ApiClientFactory(token_hash=digest("alt_write"), owner=office, scopes=["read"])
    write = api(token="alt_write")

    refused = problem(write.post(LIST, RIGHT, format="json", headers={"accept-language": "en"}), 403)
    assert refused["detail"] == "This token may not write: it needs the scope “write”."
    ApiClient.objects.update(scopes=["read", "write"])
    assert write.post(LIST, RIGHT, format="json").status_code == 201
    ApiClient.objects.update(is_active=False)
    problem(write.post(LIST, RIGHT, format="json"), 401)


def test_a_visitor_is_asked_to_sign_in(ask: Any, controlled: str) -> None:
    Instruction.objects.update(visibility="public")
    for address in (LIST, verb_of(controlled, "start"), verb_of("ALT-E-0001", "grant")):
        response = ask(None, address)
        assert problem(response, 401)["code"] == "not_authenticated"
        assert response["WWW-Authenticate"].startswith("Bearer")


def test_a_session_writes_with_its_csrf_token(office: Any, mic: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(office, "accounts.backends.Passwords")
    how = {"content_type": "application/json"}
    problem(client.post(LIST, json.dumps(RIGHT), **how), 403)
    client.get("/kk/accounts/profile/")
    token = client.get("/kk/accounts/profile/").context["csrf_token"]

    response = client.post(LIST, json.dumps(RIGHT), headers={"x-csrftoken": str(token)}, **how)

    assert response.status_code == 201


def test_changes_are_counted_and_reads_are_not(
    ask: Any, api: Any, office: Any, monkeypatch: Any, own_cache: None
) -> None:
    monkeypatch.setattr(WriteThrottle, "rate", "3/min")
    statuses = [ask(office, LIST).status_code for _ in range(4)]
    refused = ask(office, LIST)

    assert statuses == [400, 400, 400, 429]
    assert problem(refused, 429) and 1 <= int(refused["Retry-After"]) <= 60
    assert "RateLimit-Limit" not in api(office).get(LIST)


@pytest.mark.parametrize(("language", "words"), [("kk", "берілген"), ("ru", "указано")])
@pytest.mark.parametrize("body", ["null", '{"rows": [null]}'])
def test_nothing_at_all_is_refused_in_the_language_of_who_asks(
    api: Any, office: Any, language: str, words: str, body: str
) -> None:
    address = "/api/v1/instructions/" + ("bulk/" if "rows" in body else "")
    answer = api(office).generic(
        "POST", address, body, content_type="application/json", headers={"accept-language": language}
    )

    assert answer.status_code in {400, 422} and words in answer.content.decode(), answer.content.decode()
