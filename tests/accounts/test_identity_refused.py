"""All that an identity provider, or whoever pretends to be one, may say wrongly."""

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client

from tests.accounts.identity import BACK, REFUSED, SIGN_IN, come_back, is_in, led_to
from tests.accounts.identity_provider import CLIENT, SECRET, IdentityProvider

pytestmark = pytest.mark.django_db

FOREIGN = rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.mark.parametrize(
    "bent",
    [
        {"nonce": "of another request"},
        {"nonce": None},
        {"iss": "https://other.example"},
        {"aud": "another program"},
        {"aud": [CLIENT, "another"], "azp": "another"},
        {"exp": 1_700_000_000},
        {"exp": None},
        {"sub": None},
        {"iat": None},
        {"nbf": 4_000_000_000},
    ],
    ids=str,
)
def test_a_token_that_is_not_for_this_request_is_refused(linked, provider, bent):
    provider.bent = bent
    client = Client()

    assert REFUSED in come_back(client, provider, "citizen-7").content.decode()
    assert not is_in(client)


def public_pem(provider: IdentityProvider) -> bytes:
    forms = (serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    return provider.key.public_key().public_bytes(*forms)


@pytest.mark.parametrize("kind", ["none", "foreign key", "shared secret", "public key as secret"])
def test_a_signature_that_is_not_the_providers_is_refused(linked, provider, kind, monkeypatch):
    match kind:
        case "none":
            provider.algorithm, provider.signs_with = "none", None
        case "foreign key":
            provider.signs_with = FOREIGN
        case "shared secret":
            provider.algorithm, provider.signs_with = "HS256", SECRET * 3
        case _:
            monkeypatch.setattr(jwt.algorithms.HMACAlgorithm, "prepare_key", lambda self, key: key)
            provider.algorithm, provider.signs_with = "HS256", public_pem(provider)
    client = Client()

    assert REFUSED in come_back(client, provider, "citizen-7").content.decode()
    assert not is_in(client)


def test_an_answer_to_nothing_that_was_asked_is_refused(linked, provider):
    asked, other = Client(), Client()
    query = provider.authorize(led_to(asked, SIGN_IN), "citizen-7")

    for stray in (query, query.replace("state=", "state=x"), "?code=a", "", "?error=access_denied"):
        answer = other.get(BACK + stray, follow=True, headers={"accept-language": "en"})
        assert REFUSED in answer.content.decode()
    assert not is_in(other)
    asked.get(BACK + query)
    assert is_in(asked)
    assert REFUSED in asked.get(BACK + query, follow=True).content.decode()  # once


def test_a_code_is_of_use_to_nobody_without_its_proof(linked, provider):
    client = Client()
    query = provider.authorize(led_to(client, SIGN_IN), "citizen-7")
    next(iter(provider.codes.values()))["code_challenge"] = "of another browser"

    assert REFUSED in client.get(BACK + query, follow=True).content.decode()
    assert not is_in(client)
