"""Requests by the API: the same services, the same refusals, and nothing of others."""

from typing import Any

import pytest

from investors.models import Message, Request
from tests.api.conftest import path_of
from tests.factories import (
    ApiClientFactory,
    MessageFactory,
    MessageFileFactory,
    OrganisationFactory,
    RequestFactory,
)
from tests.personas import EVERYBODY, HOUSE, reader

pytestmark = pytest.mark.django_db
HERE = path_of("requests")


@pytest.fixture
def row(investor: Any) -> Request:
    made = RequestFactory(organisation=investor.organisation, title="Су тарту")
    MessageFactory(request=made, text="Құпия сұрақ")
    return made


def test_from_the_question_to_its_end(ask: Any, get: Any, row: Any, office: Any, investor: Any) -> None:
    shown = get(path_of("requests", row.public_id), investor)
    assert [one["text"] for one in shown["messages"]] == ["Құпия сұрақ"]

    answered = ask(office, path_of("requests", row.public_id, "reply"), {"text": "Қыркүйекте"})
    assert answered.status_code == 200, answered.content
    assert (answered.json()["state"], answered.json()["holder"]) == ("answered", "investor")

    stale = {"text": "Тағы", "version": shown["version"]}
    assert ask(office, path_of("requests", row.public_id, "reply"), stale).status_code == 409
    closed = ask(investor, path_of("requests", row.public_id, "close"))
    assert (closed.status_code, closed.json()["state"], closed.json()["holder"]) == (200, "closed", None)
    assert ask(investor, path_of("requests", row.public_id, "withdraw")).status_code == 409
    assert [one["public_id"] for one in get(HERE, office, state="closed")["results"]] == [row.public_id]


@pytest.mark.parametrize("persona", EVERYBODY)
def test_each_reads_its_own(api: Any, request: pytest.FixtureRequest, row: Any, persona: str) -> None:
    user = reader(persona, request)
    asked = api(None if persona == "anonymous" else user)
    sees = persona in (*HOUSE, "investor", "client_of_investor")

    listed, found = asked.get(HERE), asked.get(path_of("requests", row.public_id))

    assert len(listed.json()["results"]) == sees
    assert found.status_code == (200 if sees else 404)
    if not sees:
        assert "Құпия" not in (listed.content + found.content).decode()
        probed = asked.get(HERE, {"organisation": "caspian_group"})
        assert probed.status_code in (200, 400) and not probed.json().get("results")


def test_who_may_not_write(ask: Any, row: Any, leadership: Any, auditor: Any, executor: Any) -> None:
    foreign = ApiClientFactory(role="investor", organisation=OrganisationFactory(), scopes=["read", "write"])
    reply = path_of("requests", row.public_id, "reply")

    assert [
        ask(user, reply, {"text": "Т"}).status_code for user in (leadership, auditor, executor, foreign)
    ] == [*(403, 403, 404, 404)]
    assert Message.objects.count() == 1


def test_a_key_makes_one_message(ask: Any, row: Any, office: Any, api: Any) -> None:
    read = api(office).get(path_of("requests", row.public_id))["ETag"]
    for _ in range(2):
        sent = api(office).post(
            path_of("requests", row.public_id, "reply"),
            {"text": "Бір рет"},
            format="json",
            headers={"Idempotency-Key": "a-1", "If-Match": read},
        )
        assert sent.status_code == 200
    assert Message.objects.filter(text="Бір рет").count() == 1


@pytest.mark.parametrize(
    "said", [{"text": " "}, {"text": "a\x00"}, {"text": 5}, {"version": 0, "text": "Т"}, {"x": 1}]
)
def test_bad_input(ask: Any, row: Any, office: Any, said: Any) -> None:
    assert ask(office, path_of("requests", row.public_id, "reply"), said).status_code == 400
    assert Message.objects.count() == 1


def test_the_list_costs_the_same_for_one_and_for_many(
    get: Any, office: Any, row: Any, django_assert_max_num_queries: Any
) -> None:
    for _ in range(5):
        MessageFileFactory(message__request=RequestFactory())
    with django_assert_max_num_queries(4):
        assert len(get(HERE, office)["results"]) == 6
