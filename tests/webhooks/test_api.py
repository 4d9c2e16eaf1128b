"""Webhooks in the API: added, tried, rotated, replayed; one's own alone; what is wrong is named with its remedy."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from standardwebhooks import Webhook

from accounts.models import WebhookDelivery, WebhookEndpoint
from accounts.services import digest
from accounts.services.deliveries import deliver_one
from core.models import IdempotencyRecord, Outbox
from tests.api.conftest import ask, get
from tests.factories import (
    ApiClientFactory,
    OrganisationFactory,
    UserFactory,
    WebhookDeliveryFactory,
    WebhookEndpointFactory,
)
from tests.receiver import receiving

__all__ = ["ask", "get"]

pytestmark = pytest.mark.django_db

ADDRESS = "/api/v1/webhooks/"
WATCH = {"resource": "projects", "field": "status", "to": "implementation"}
RIGHT = {"target": "https://hook.example.kz/alatau", "watches": [WATCH]}


def of(endpoint, *rest):
    return "/".join([ADDRESS.rstrip("/"), endpoint.public_id, *rest, ""])


def test_a_webhook_is_added_and_its_secret_is_shown_once(ask, get, executor):
    answer = ask(executor, ADDRESS, RIGHT)

    assert answer.status_code == 201
    made = answer.json()
    assert Webhook(made["secret"])
    assert (made["target"], made["watches"], made["state"]) == (RIGHT["target"], [WATCH], "active")
    endpoint = WebhookEndpoint.objects.get()
    assert endpoint.user == executor
    assert answer["Location"] == made["url"] == "http://127.0.0.1:8000" + of(endpoint)
    assert "secret" not in get(of(endpoint), executor)
    assert "secret" not in str(get(ADDRESS, executor))


def test_the_tag_of_what_was_made_is_that_of_a_get(ask, api, executor):
    """Without the secret, which no GET tells."""
    made = ask(executor, ADDRESS, RIGHT)
    client, here = api(executor), made.json()["url"].split(":8000")[1]
    assert client.get(here)["ETag"] == made["ETag"]

    rotated = client.post(f"{here}rotate/", {}, format="json", headers={"if-match": made["ETag"]})
    assert rotated.status_code == 200 and "Content-Location" not in rotated
    assert client.get(here)["ETag"] == rotated["ETag"]
    assert (
        Outbox.objects.filter(key__startswith="mail-add_webhook-").count() == 1
    )  # it may have been somebody else


def test_who_may_not_read_is_told_nothing_later(api, office):
    ApiClientFactory(token_hash=digest("writes"), owner=office, role=office.role, scopes=["write"])

    refused = api(token="writes").post(ADDRESS, RIGHT, format="json")
    assert refused.status_code == 403
    assert not WebhookEndpoint.objects.exists()


def test_the_same_request_under_its_key_is_told_the_same_without_the_secret(ask, executor):
    key = {"HTTP_IDEMPOTENCY_KEY": str(uuid4())}
    first, second = (ask(executor, ADDRESS, RIGHT, **key) for _ in range(2))

    assert second["Idempotency-Replayed"] == "true"
    assert second.json() == {**first.json(), "secret": None}
    assert first.json()["secret"] not in IdempotencyRecord.objects.get().body
    assert WebhookEndpoint.objects.count() == 1


def test_a_program_without_an_owner_has_webhooks_of_its_own(api, caspian_group):
    client = ApiClientFactory(
        token_hash=digest("hook"), role="investor", organisation=caspian_group, scopes=["read", "write"]
    )
    made = api(token="hook").post(ADDRESS, RIGHT, format="json")

    assert made.status_code == 201
    assert WebhookEndpoint.objects.get().client == client
    assert api(token="hook").get(of(WebhookEndpoint.objects.get())).status_code == 200


@pytest.mark.parametrize("scopes", [["read"], []])
def test_a_token_that_may_not_write_adds_none(api, office, scopes):
    ApiClientFactory(token_hash=digest("reads"), owner=office, scopes=scopes)

    assert api(token="reads").post(ADDRESS, RIGHT, format="json").status_code == 403


WRONG = [
    ({}, "/target", "required"),
    ({"target": "https://hook.example.kz/"}, "/watches", "required"),
    ({**RIGHT, "secret": "mine"}, "/secret", "unknown"),
    *(
        ({**RIGHT, "target": url}, "/target", "address")
        for url in ("http://example.kz/", "https://127.0.0.1/", "https://localhost/", "https://[::ffff:10.0.0.1]/",
                    "https://0x7f.1/", "https://a:b@example.kz/", "https://example.kz:22/", "hook")
    ),
    ({**RIGHT, "target": 5}, "/target", "text"),
    ({**RIGHT, "watches": []}, "/watches", "watches"),
    ({**RIGHT, "watches": {}}, "/watches", "watches"),
    ({**RIGHT, "watches": [WATCH] * 21}, "/watches", "watches"),
    ({**RIGHT, "watches": ["projects"]}, "/watches/0/resource", "watches"),
    ({**RIGHT, "watches": [WATCH, {}]}, "/watches/1/resource", "code"),
    ({**RIGHT, "watches": [{"resource": "webhooks"}]}, "/watches/0/resource", "code"),
    ({**RIGHT, "watches": [{"resource": "projects", "when": 1}]}, "/watches/0/when", "unknown"),
    ({**RIGHT, "watches": [{"resource": "projects", "to": "x"}]}, "/watches/0/to", "field_first"),
    ({**RIGHT, "watches": [{"resource": "projects", "field": "search"}]}, "/watches/0/field", "code"),
    ({**RIGHT, "watches": [{"resource": "projects", "field": "version"}]}, "/watches/0/field", "code"),
    ({**RIGHT, "watches": [{**WATCH, "to": "built"}]}, "/watches/0/to", "code"),
    ({**RIGHT, "watches": [{**WATCH, "from": ["x"]}]}, "/watches/0/from", "value"),
    ({**RIGHT, "watches": [{**WATCH, "field": "name", "to": "Қала"}]}, "/watches/0/to", "whole"),
    ({**RIGHT, "watches": [{**WATCH, "field": "district", "to": "gate"}]}, "/watches/0/to", "whole"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "pointer", "code"), WRONG)
def test_what_is_wrong_is_named_at_its_place_with_a_remedy(ask, office, body, pointer, code):
    answer = ask(office, ADDRESS, body)

    assert answer.status_code == 400
    faults = {fault["pointer"]: fault for fault in answer.json()["errors"]}
    assert faults[pointer]["code"] == code
    assert faults[pointer]["detail"]
    assert not WebhookEndpoint.objects.exists()


def test_each_sees_his_own_and_the_house_all(get, api, executor, office, leadership, auditor):
    mine, alien = WebhookEndpointFactory(user=executor), WebhookEndpointFactory(user=office)

    assert [row["public_id"] for row in get(ADDRESS, executor)["results"]] == [mine.public_id]
    for person in (office, leadership, auditor):
        assert {row["public_id"] for row in get(ADDRESS, person)["results"]} == {
            mine.public_id,
            alien.public_id,
        }
    assert api(executor).get(of(alien)).status_code == 404
    assert api(executor).get(of(alien, "deliveries")).status_code == 404
    assert api().get(ADDRESS).json()["results"] == []
    assert api().get(of(mine)).status_code == 404


VERBS = ["amend", "rotate", "pause", "resume", "test", "replay", "remove"]


@pytest.mark.parametrize("verb", VERBS)
def test_who_may_do_what_to_somebody_elses(api, executor, office, auditor, leadership, verb):
    endpoint = WebhookEndpointFactory(user=office, state="paused" if verb == "resume" else "active")
    body = {"watches": [WATCH]} if verb == "amend" else {}
    answers = {
        person and person.role: api(person)
        .post(of(endpoint, verb), body, format="json", headers={"if-match": "*"})
        .status_code
        for person in (None, executor, auditor, leadership)
    }

    assert answers == {None: 401, "executor": 404, "auditor": 403, "leadership": 403}
    second = api(UserFactory(role="office")).post(
        of(endpoint, verb), body, format="json", headers={"if-match": "*"}
    )
    mine_alone = {"amend": 403, "rotate": 403}  # its address, and what it is signed with
    assert second.status_code == mine_alone.get(verb, 204 if verb == "remove" else 200), second.content


def test_the_verbs_answer_with_the_webhook_as_it_is_now(ask, executor):
    endpoint = WebhookEndpointFactory(user=executor)
    other = [{"resource": "instructions"}]

    assert ask(executor, of(endpoint, "amend"), {"watches": other}).json()["watches"] == other
    assert ask(executor, of(endpoint, "amend"), {}).status_code == 400
    assert ask(executor, of(endpoint, "amend"), {"target": "https://10.0.0.1/"}).status_code == 400
    rotated = ask(executor, of(endpoint, "rotate")).json()
    assert Webhook(rotated["secret"])
    assert rotated["former_until"]
    assert ask(executor, of(endpoint, "test")).json()["waiting"] == 1
    assert ask(executor, of(endpoint, "pause")).json()["state"] == "paused"
    for verb in ("pause", "test", "replay"):
        assert ask(executor, of(endpoint, verb)).status_code == 409
    assert ask(executor, of(endpoint, "resume")).json()["state"] == "active"
    assert ask(executor, of(endpoint, "resume")).status_code == 409
    assert ask(executor, of(endpoint, "remove")).status_code == 204
    assert ask(executor, of(endpoint, "test")).status_code == 404


def test_deliveries_are_listed_filtered_and_replayed(ask, get, executor, api):
    endpoint = WebhookEndpointFactory(user=executor)
    WebhookDeliveryFactory()
    dead = WebhookDeliveryFactory(endpoint=endpoint, state="dead", error="HTTP 500", response_status=500)
    done = WebhookDeliveryFactory(endpoint=endpoint, state="delivered", delivered_at=timezone.now())
    address = of(endpoint, "deliveries")

    found = get(address, executor, count=1)
    assert [row["message"] for row in found["results"]] == [done.message_id, dead.message_id]
    assert found["count"] == 2
    assert [row["message"] for row in get(address, executor, state="dead")["results"]] == [dead.message_id]
    assert found["results"][1]["response_status"] == 500
    assert found["results"][1]["next_try_at"] is None
    page = get(address, executor, limit=1)
    assert [row["message"] for row in api(executor).get(page["next"]).json()["results"]] == [dead.message_id]
    assert get(of(endpoint), executor)["dead"] == 1

    again = ask(executor, of(endpoint, "replay")).json()
    assert (again["waiting"], again["dead"]) == (1, 0)
    assert ask(executor, of(endpoint, "replay"), {"message": done.message_id}).json()["waiting"] == 2
    since = {"since": (timezone.now() - timedelta(hours=1)).isoformat()}
    assert ask(executor, of(endpoint, "replay"), since).status_code == 200
    for wrong, pointer in (
        ({"message": "msg_" + "0" * 32}, "/message"),
        ({"since": "yesterday"}, "/since"),
        ({"since": "2026-03-15T09:30:00"}, "/since"),
        ({**since, "message": done.message_id}, ""),
    ):
        answer = ask(executor, of(endpoint, "replay"), wrong)
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, pointer)


@pytest.mark.parametrize("query", ["as_of=2026-01-01", "state=lost", "fields=message", "colour=red"])
def test_parameters_that_deliveries_do_not_take(api, office, query):
    endpoint = WebhookEndpointFactory(user=office)

    assert api(office).get(of(endpoint, "deliveries") + "?" + query).status_code == 400


def test_lists_cost_the_same_for_one_and_for_many(api, office, django_assert_num_queries):
    client = api(office)
    for endpoint in WebhookEndpointFactory.create_batch(5):
        WebhookDeliveryFactory.create_batch(2, endpoint=endpoint)
    WebhookEndpointFactory(
        user=None, client=ApiClientFactory(role="executor", organisation=OrganisationFactory())
    )
    with django_assert_num_queries(1):
        assert len(client.get(ADDRESS).json()["results"]) == 6
    assert len(client.get(ADDRESS + "?as_of=" + str(timezone.localdate())).json()["results"]) == 6
    with django_assert_num_queries(2):
        assert len(client.get(of(endpoint, "deliveries")).json()["results"]) == 2


def test_from_the_api_to_the_receiver(ask, executor, settings):
    """Added, tried and verified with nothing but what the API said."""
    settings.OUTWARD_LOOPBACK = True
    with receiving() as receiver:
        made = ask(executor, ADDRESS, {**RIGHT, "target": receiver.url}).json()
        ask(executor, f"{ADDRESS}{made['public_id']}/test/")
        assert deliver_one(lambda delivery: True)

    (got,) = receiver.got
    message = Webhook(made["secret"]).verify(got.body, got.headers)
    assert (message["type"], message["data"]) == ("webhook.ping", {"webhook": made["public_id"]})
    assert WebhookDelivery.objects.get().state == "delivered"
