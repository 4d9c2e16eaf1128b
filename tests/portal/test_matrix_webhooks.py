"""Role × address × method of webhooks; who may do what to somebody else's is in tests/webhooks/test_api.py."""

import pytest

from accounts.services import digest
from tests.factories import ApiClientFactory, WebhookEndpointFactory
from tests.personas import EVERYBODY, HOUSE, reader

pytestmark = pytest.mark.django_db

METHODS = ["get", "head", "post", "put", "patch", "delete"]
VERBS = ["amend", "rotate", "pause", "resume", "test", "replay", "remove"]
ROUTES = {"webhook-list", "webhook-detail", "api-deliveries", *(f"webhook-{verb}" for verb in VERBS)}
#: Programs come with a token.
PEOPLE = [one for one in EVERYBODY if one != "client_of_investor"]
TOKENS = {"token": ["read", "write"], "token_that_reads": ["read"], "token_that_writes": ["write"]}


@pytest.mark.parametrize("persona", [*PEOPLE, *TOKENS])
def test_addresses_of_webhooks(client, request, persona, executor):
    row, headers = WebhookEndpointFactory(user=executor), {"if-match": "*"}
    if persona in TOKENS:
        ApiClientFactory(token_hash=digest(persona), owner=executor, scopes=TOKENS[persona])
        headers["authorization"] = f"Bearer {persona}"
    elif persona != "anonymous":
        client.force_login(reader(persona, request))
    one = f"webhooks/{row.public_id}"
    verbs = [f"{one}/{verb}" for verb in VERBS]
    addresses = ["webhooks", one, f"{one}/deliveries", *verbs]

    answers = {
        (address, method): getattr(client, method)(f"/api/v1/{address}/", headers=headers).status_code
        for address in addresses
        for method in METHODS
    }

    assert answers == {
        (address, method): _expected(persona, address, method, address in verbs)
        for address in addresses
        for method in METHODS
    }


def _expected(persona, address, method, is_verb):
    reads, writes = "read" in TOKENS.get(persona, ["read"]), "write" in TOKENS.get(persona, ["write"])
    knows = persona in {*HOUSE, "executor", *TOKENS} or address == "webhooks"
    if method in {"get", "head"} and not is_verb:
        return 403 if not reads else 200 if knows else 404
    if method != "post" or not (is_verb or address == "webhooks"):
        return 405
    if persona == "anonymous":
        return 401
    if not (reads and writes):  # what it adds would tell it what it may not read
        return 403
    return 415 if knows else 404  # a form, not JSON
