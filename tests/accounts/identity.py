"""A real identity provider on loopback, and the ways there and back."""

import html
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from accounts import services
from accounts.models import User
from alatau_portal import identity
from alatau_portal.sign_in_settings import identity_providers
from core.models import Outbox
from tests.accounts.identity_provider import CLIENT, SECRET, IdentityProvider, running

PASSWORD = "a password of tests"
BACK = "/accounts/identity/callback/"
SIGN_IN, LINK, UNLINK = (f"/en/accounts/identity/{verb}/" for verb in ("sign-in", "link", "unlink"))
REFUSED = "did not confirm who you are"
UNKNOWN = "No open account is linked with this identity"


@pytest.fixture(scope="module")
def server() -> Iterator[IdentityProvider]:
    with running() as made:
        yield made


@pytest.fixture
def provider(server: IdentityProvider, settings: Any) -> IdentityProvider:
    fresh = IdentityProvider.__init__
    url, key = server.url, server.key
    fresh(server)
    server.url, server.key, server.signs_with = url, key, key
    given = {
        "OIDC_URL": url,
        "OIDC_CLIENT_ID": CLIENT,
        "OIDC_CLIENT_SECRET": SECRET,
        "OIDC_NAME": "Mekeme ID",
    }
    settings.OIDC = identity.read(lambda name: given.get(name, ""))
    settings.SOCIALACCOUNT_PROVIDERS = identity_providers(settings.OIDC)
    settings.LANGUAGE_CODE = "en"
    return server


def led_to(client: Client, address: str, **form: str) -> str:
    """The address of the provider on the page that leads on."""
    answer = client.post(address, form)
    assert answer.status_code == 200, answer
    there = html.unescape(re.search(r'<a class="button" href="([^"]+)"', answer.content.decode())[1])
    assert f'content="0;url={html.escape(there)}"' in answer.content.decode()
    return there


def come_back(client: Client, provider: IdentityProvider, subject: str, address: str = SIGN_IN) -> Any:
    query = provider.authorize(led_to(client, address), subject)
    return client.get(BACK + query, follow=True, headers={"accept-language": "en"})


def is_in(client: Client) -> bool:
    return client.get("/en/accounts/profile/").status_code == 200


def with_password(name: str = "executor") -> Client:
    client = Client()
    assert client.post("/en/accounts/login/", {"login": name, "password": PASSWORD}).status_code == 302
    return client


@pytest.fixture
def linked(executor: User, provider: IdentityProvider) -> User:
    services.link_identity(executor, provider=identity_id(), uid="citizen-7")
    Outbox.objects.all().delete()
    return executor


def identity_id() -> str:
    from django.conf import settings

    return str(settings.OIDC["id"])
