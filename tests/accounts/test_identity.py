"""Signing in through an identity provider, and linking an account with it."""

import time
from urllib.parse import parse_qsl, urlsplit

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from accounts import services
from accounts.models import User
from alatau_portal import identity
from core.exceptions import Conflict
from core.models import Outbox
from tests.accounts.identity import (
    BACK,
    LINK,
    REFUSED,
    SIGN_IN,
    UNKNOWN,
    UNLINK,
    come_back,
    identity_id,
    is_in,
    led_to,
    with_password,
)
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_without_a_provider_there_is_none_of_it(client, executor):
    assert "Sign in through" not in client.get("/en/accounts/login/").content.decode()
    for address in (SIGN_IN, BACK):
        assert Client().post(address).status_code in {404, 405}
    client.force_login(executor)
    assert client.post(LINK).status_code == 404
    assert "identity/link" not in client.get("/en/accounts/profile/").content.decode()


@pytest.mark.parametrize(
    ("language", "word"), [("en", "Sign in through Mekeme ID"), ("kk", "Mekeme ID"), ("ru", "Mekeme ID")]
)
def test_the_sign_in_page_offers_it_and_loads_nothing_from_there(client, provider, language, word):
    page = client.get(f"/{language}/accounts/login/").content.decode()

    assert word in page and provider.url not in page


def test_the_provider_is_asked_for_no_more_than_who_it_is(provider):
    asked = dict(parse_qsl(urlsplit(led_to(Client(), SIGN_IN)).query))

    assert asked["scope"] == "openid" and asked["response_type"] == "code"
    assert asked["code_challenge_method"] == "S256" and len(asked["nonce"]) >= 40 and asked["state"]
    assert asked["redirect_uri"].endswith(BACK)


def test_nothing_of_the_address_reaches_the_provider(provider):
    there = led_to(Client(), f"{SIGN_IN}?auth_params=nonce%3Dknown&scope=all&process=connect")

    asked = dict(parse_qsl(urlsplit(there).query))
    assert asked["scope"] == "openid" and asked["nonce"] != "known"


def test_a_linked_person_comes_in(linked, provider):
    client = Client()

    come_back(client, provider, "citizen-7")

    assert is_in(client)
    assert SocialAccount.objects.get().extra_data == {}


def test_whoever_is_linked_with_nobody_does_not_come_in_and_gets_no_account(executor, provider):
    client, before = Client(), User.objects.count()

    answer = come_back(client, provider, "a stranger")

    assert UNKNOWN in answer.content.decode() and not is_in(client)
    assert User.objects.count() == before and not SocialAccount.objects.exists()


def test_an_equal_address_links_nobody(executor, provider):
    provider.bent = {"email": executor.email, "email_verified": True, "preferred_username": "executor"}
    client = Client()

    assert UNKNOWN in come_back(client, provider, "executor").content.decode()
    assert not is_in(client)


@pytest.mark.parametrize("facts", [{"is_active": False}, {"valid_until": "2020-01-01"}])
def test_whose_account_is_closed_is_told_the_same(linked, provider, facts):
    User.objects.filter(pk=linked.pk).update(**facts)
    client = Client()

    assert UNKNOWN in come_back(client, provider, "citizen-7").content.decode()
    assert not is_in(client)


def test_the_second_factor_is_asked_for_as_ever(linked, provider):
    Authenticator.objects.create(user=linked, type="totp", data={"secret": "A" * 32})
    client = Client()

    answer = come_back(client, provider, "citizen-7")

    assert answer.redirect_chain[-1][0].endswith("/accounts/second-factor/sign-in/")
    assert not is_in(client)


def test_a_role_that_owes_one_is_led_to_set_it_up(linked, provider, settings):
    settings.MFA_ROLES = ["executor"]
    client = Client()
    come_back(client, provider, "citizen-7")

    assert client.get("/en/projects/")["Location"] == "/en/accounts/second-factor/"


def test_another_issuer_in_the_discovery_is_refused(linked, provider):
    provider.discovered = {"issuer": "https://other.example"}

    answer = Client().post(SIGN_IN, follow=True)

    assert REFUSED in answer.content.decode()


def test_a_provider_that_is_down_is_said(linked, provider):
    provider.is_down = True

    assert REFUSED in Client().post(SIGN_IN, follow=True).content.decode()


def test_a_person_links_his_own_account_and_ends_it(executor, provider):
    client = with_password()

    answer = come_back(client, provider, "citizen-9", LINK)

    assert "From now on you may sign in this way too." in answer.content.decode()
    row = SocialAccount.objects.get()
    assert (row.user, row.provider, row.uid) == (executor, identity_id(), "citizen-9")
    assert Outbox.objects.filter(key__startswith="mail-link_identity").count() == 1
    assert "End the link" in client.get("/en/accounts/profile/").content.decode()
    client.post(UNLINK)
    assert not SocialAccount.objects.exists()
    assert Outbox.objects.filter(key__startswith="mail-unlink_identity").count() == 1


def test_a_link_with_a_provider_of_before_is_none(executor, provider):
    SocialAccount.objects.create(user=executor, provider="the former one", uid="citizen-9")
    client = with_password()

    assert "Link it with my account" in client.get("/en/accounts/profile/").content.decode()
    come_back(client, provider, "citizen-9", LINK)
    assert "End the link" in client.get("/en/accounts/profile/").content.decode()


def test_whoever_only_found_an_open_browser_links_nothing(executor, provider):
    client = Client()
    client.force_login(executor)  # no password was typed of late

    answer = client.post(LINK)

    assert answer.status_code == 302 and "reauthenticate" in answer["Location"]


def test_an_identity_is_of_one_person_and_a_person_has_one(linked, provider):
    other = UserFactory(username="other")
    client = with_password("other")

    answer = come_back(client, provider, "citizen-7", LINK)

    assert "linked with another account" in answer.content.decode()
    with pytest.raises(Conflict):
        services.link_identity(linked, provider=identity_id(), uid="citizen-8")
    assert SocialAccount.objects.get().user == linked and other.socialaccount_set.count() == 0


def test_the_way_leads_back_to_the_page_that_was_wanted_and_nowhere_else(linked, provider):
    for wanted, reached in (("/en/projects/", "/en/projects/"), ("https://evil.example/", None)):
        client = Client()
        query = provider.authorize(led_to(client, SIGN_IN, next=wanted), "citizen-7")
        answer = client.get(BACK + query)
        assert answer["Location"] == reached if reached else "evil" not in answer["Location"]


def test_who_is_erased_is_linked_no_more(linked, office):
    services.erase_user(linked, by=office)

    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"OIDC_URL": "http://id.example.kz"}, "OIDC_URL"),
        ({"OIDC_URL": "id.example.kz"}, "OIDC_URL"),
        ({"OIDC_URL": "https://[x"}, "OIDC_URL"),
        ({"OIDC_URL": "https://id.example.kz"}, "OIDC_CLIENT_ID"),
        ({"OIDC_URL": "https://id.example.kz", "OIDC_CLIENT_ID": "a"}, "OIDC_CLIENT_SECRET"),
        ({"OIDC_CLIENT_ID": "a"}, "OIDC_URL"),
    ],
)
def test_what_is_given_by_half_stops_the_start(given, said):
    with pytest.raises(SystemExit) as stop:
        identity.read(lambda name: given.get(name, ""))

    assert said in str(stop.value)


def test_another_provider_is_another_identity():
    given = {"OIDC_CLIENT_ID": "a", "OIDC_CLIENT_SECRET": "b"}
    one, other = (
        identity.read(lambda name, url=url: (given | {"OIDC_URL": url}).get(name, ""))
        for url in ("https://one.example", "https://other.example")
    )

    assert one["id"] != other["id"] and one["name"] == "one.example"


def test_a_token_is_taken_with_clocks_that_differ_a_little(linked, provider):
    provider.bent = {"iat": int(time.time()) + 10}
    client = Client()
    come_back(client, provider, "citizen-7")

    assert is_in(client)
