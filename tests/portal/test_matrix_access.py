"""Role × page × method of who has access, and of one's own sessions and identities elsewhere."""

import pytest

from tests.portal.asking import METHODS, assert_answers

pytestmark = pytest.mark.django_db

PERSONAS = ["office", "leadership", "auditor", "executor", "akimat_preparer", "investor", "anonymous"]
ROUTES = {
    *("access", "access-file", "sessions", "session-end"),
    *("oidc-sign-in", "oidc-link", "oidc-unlink", "oidc-callback"),
}
HOUSE = dict.fromkeys(("office", "leadership", "auditor"), (200, 405))
#: Page → what GET and POST answer to those named; to everybody else who is signed in: the last pair.
PAGES = {
    "accounts/access/": (HOUSE, (403, 405)),
    "accounts/access/?show=no_factor&role=office": (HOUSE, (403, 405)),
    "accounts/access/?show=nonsense": (HOUSE, (403, 405)),
    "accounts/access.csv": (HOUSE, (403, 405)),
    "accounts/access.xlsx": (HOUSE, (403, 405)),
    "accounts/sessions/": ({}, (200, 405)),
    "accounts/sessions/0123456789abcdef01234567/end/": ({}, (405, 302)),
    # There is no identity provider here; with one: tests/accounts/test_identity.py.
    "accounts/identity/link/": ({}, (405, 404)),
    "accounts/identity/unlink/": ({}, (405, 404)),
}


@pytest.mark.parametrize("persona", PERSONAS)
def test_pages_of_access(client, request, persona):
    if persona != "anonymous":
        client.force_login(request.getfixturevalue(persona))

    assert_answers(client, persona, PAGES)


@pytest.mark.parametrize("persona", PERSONAS)
def test_ways_to_an_identity_provider_that_is_not_there(client, request, persona):
    if persona != "anonymous":
        client.force_login(request.getfixturevalue(persona))

    there = {
        method: getattr(client, method)("/kk/accounts/identity/sign-in/").status_code for method in METHODS
    }
    back = {method: getattr(client, method)("/accounts/identity/callback/").status_code for method in METHODS}

    assert there == dict.fromkeys(METHODS, 405) | {"post": 404}
    assert back == dict.fromkeys(METHODS, 405) | {"get": 404, "head": 404}
