"""What goes wrong with the identity provider leaves a line in the log: the page tells nobody why."""

import logging

import pytest
from django.test import Client

from accounts import oidc
from tests.accounts.identity import BACK, REFUSED, SIGN_IN, come_back
from tests.accounts.identity_provider import SECRET

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(caplog):
    """Level, words and traceback of what the door to the provider said."""
    caplog.set_level(logging.INFO, "accounts.oidc")

    def lines():
        return [
            (record.levelname, record.getMessage(), record.exc_info is not None)
            for record in caplog.records
            if record.name == "accounts.oidc"
        ]

    return lines


def test_a_provider_that_is_down(provider, told):
    provider.is_down = True

    assert REFUSED in Client().post(SIGN_IN, follow=True).content.decode()

    ((level, words, has_traceback),) = told()
    assert (level, has_traceback) == ("WARNING", True)
    assert words.startswith("identity provider: HTTPError: 503")


def test_keys_that_do_not_fit_the_token(linked, provider, told):
    provider.bent = {"iss": "https://other.example"}

    assert REFUSED in come_back(Client(), provider, "citizen-7").content.decode()

    words = "identity provider: OAuth2Error: the token is not one of the provider for this portal"
    assert told() == [("WARNING", words, True)]


def test_a_secret_that_the_provider_does_not_know(linked, provider, told, settings):
    app = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]
    app["secret"] = "a former secret of the portal"

    assert REFUSED in come_back(Client(), provider, "citizen-7").content.decode()

    ((level, words, has_traceback),) = told()
    assert (level, has_traceback) == ("WARNING", True)
    assert "invalid_grant" in words and "a former secret" not in words and SECRET not in words


def test_a_fault_of_ours_is_not_taken_for_a_refusal(linked, provider, told, monkeypatch):
    def fail(*args, **kwargs):
        raise KeyError("a fault of ours")

    monkeypatch.setattr(oidc.Provider, "extract_uid", fail)

    assert REFUSED in come_back(Client(), provider, "citizen-7").content.decode()

    assert told() == [("WARNING", "identity provider: KeyError: 'a fault of ours'", True)]


@pytest.mark.parametrize("query", ["?error=access_denied", "", "?code=a&state=b"])
def test_what_anybody_may_send_is_no_warning(provider, told, query):
    answer = Client().get(BACK + query, follow=True, headers={"accept-language": "en"})

    assert REFUSED in answer.content.decode()
    words = "identity provider: cancelled, or an answer to nothing that was asked"
    assert told() == [("INFO", words, False)]
