"""All that belongs to an account: shown, given out as a file, and gone with it."""

import json
from datetime import date

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from psycopg.types.range import DateRange

from accounts.models import ApiClient, Session, Substitution, User, WebhookEndpoint
from core.models import AccessLog, Erasure
from tests.factories import (
    ApiClientFactory,
    SilenceFactory,
    SubstitutionFactory,
    UserFactory,
    WebhookEndpointFactory,
)

pytestmark = pytest.mark.django_db

PERSON, EMAIL = "/en/review/personal-data/person/", "aigerim@canary.example"
KINDS = {
    "accounts.user",
    "identities",
    "second_factors",
    "sessions",
    "accounts.apiclient",
    "accounts.webhookendpoint",
    "core.silence",
    "accounts.substitution",
}


@pytest.fixture
def person():
    user = UserFactory(username="aigerim", email=EMAIL, may_sign=True, valid_until=date(2099, 12, 31))
    browser = Client(headers={"user-agent": "X11; Linux Firefox/140.0"}, REMOTE_ADDR="198.51.100.7")
    browser.post("/en/accounts/login/", {"login": "aigerim", "password": "a password of tests"})
    SocialAccount.objects.create(user=user, provider="oidc-x", uid="citizen-7")
    Authenticator.objects.create(
        user=user, type="webauthn", data={"name": "phone of Aigerim", "credential": {"key": "proof"}}
    )
    ApiClientFactory(owner=user, name="BI of Aigerim")
    WebhookEndpointFactory(user=user, target="https://hook.example.kz/aigerim")
    SilenceFactory(owner=user)
    days = DateRange(date(2026, 11, 2), date(2026, 11, 9))
    SubstitutionFactory(person=UserFactory(username="away"), substitute=user, during=days, act="Order № 7")
    return user


@pytest.fixture
def desk(office):
    client = Client()
    client.force_login(office)
    return client


def test_the_file_holds_everything_of_the_account(desk, person):
    answer = desk.post(PERSON, {"email": EMAIL, "do": "export"})

    held = json.loads(answer.content)["held"]
    assert held.keys() - {"letters", "core.notice", "accesses"} == KINDS
    account, session = held["accounts.user"][0], held["sessions"][0]
    assert (account["may_sign"], account["valid_until"]) == (True, "2099-12-31")
    assert account["last_seen_on"] == str(User.objects.get(pk=person.pk).last_seen_on)
    assert (session["network"], session["browser"]) == ("198.51.100.0/24", "Firefox, Linux")
    assert session.keys() == {"network", "browser", "since", "seen"}
    assert (held["identities"][0]["provider"], held["identities"][0]["uid"]) == ("oidc-x", "citizen-7")
    factor = held["second_factors"][0]
    assert (factor["type"], factor["name"]) == ("webauthn", "phone of Aigerim")
    assert held["accounts.apiclient"][0]["name"] == "BI of Aigerim"
    assert held["accounts.webhookendpoint"][0]["target"] == "https://hook.example.kz/aigerim"
    assert (held["accounts.substitution"][0]["act"]) == "Order № 7"


def test_neither_file_nor_page_nor_log_holds_what_opens_anything(desk, person):
    key = Session.objects.get(user=person).session_key
    secrets = [key, "proof", person.password, WebhookEndpoint.objects.get().secret]
    secrets.append(ApiClient.objects.get().token_hash)

    told = desk.post(PERSON, {"email": EMAIL, "do": "export"}).content.decode()
    told += desk.post(PERSON, {"email": EMAIL}).content.decode()

    assert "phone of Aigerim" in told
    assert [secret for secret in secrets if secret in told] == []
    assert not AccessLog.objects.filter(model="accounts.session").exists()
    assert AccessLog.objects.filter(model="accounts.apiclient", action="open").exists()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("kk", ("Браузерлер мен құрылғылар", "API токендері", "Екі қадамды кіру")),
        ("en", ("Browsers and devices", "Tokens of the API", "Links with the identity provider")),
    ],
)
def test_the_page_shows_the_same_in_words(desk, person, language, words):
    page = desk.post(PERSON.replace("/en/", f"/{language}/"), {"email": EMAIL}).content.decode()

    for word in (*words, "citizen-7", "BI of Aigerim", "198.51.100.0/24", "Order № 7"):
        assert word in page


def test_with_the_account_everything_goes_but_what_proves_the_deeds_of_another(desk, person):
    told = {"email": EMAIL, "do": "erase", "ground": "By letter № 5", "sure": "on"}

    assert desk.post(PERSON, told).status_code == 302

    assert not any(
        rows.objects.filter(user=person).exists()
        for rows in (SocialAccount, Authenticator, Session, WebhookEndpoint)
    )
    token = ApiClient.objects.get(owner=person)
    assert (token.name, token.is_active) == (f"erased-{token.pk}", False)
    assert str(Substitution.objects.get().substitute) == f"erased-{person.pk}"
    report = Erasure.objects.get().report
    assert report["cleared"].keys() - {"letters", "core.notice"} == KINDS - {"accounts.substitution"}
    assert report["kept"]["accounts.substitution"] == 1
