"""A session that ends while its own request is answered: what was done is done, and nobody is told of a failure."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core import mail
from django.test import Client

from accounts import middleware
from accounts.models import Session, User
from core.jobs import deliver_outbox
from tests.admin.forms import filled

pytestmark = pytest.mark.django_db

PASSWORD, NEW = "a password of tests", "entirely new words"
SIGN_IN = "/{}/accounts/login/"


def signed_in(name: str = "executor", language: str = "en") -> Client:
    client = Client(raise_request_exception=False)
    answer = client.post(SIGN_IN.format(language), {"login": name, "password": PASSWORD})
    assert answer.status_code == 302
    return client


def led_to(answer: Any) -> tuple[int, str, str]:
    """Status, where to, and what the browser keeps of the session."""
    return answer.status_code, answer["Location"], answer.cookies[settings.SESSION_COOKIE_NAME].value


@pytest.fixture
def ended_from_elsewhere(executor, monkeypatch) -> Callable[[Client, str], Any]:
    """Asks for an address six minutes later; another request ends the session between its reading and its writing."""
    noted = middleware.services.note_seen

    def note_and_end(user: User, today: Any) -> None:
        noted(user, today)
        Session.objects.filter(user=user).delete()

    def ask(client: Client, address: str) -> Any:
        monkeypatch.setattr(middleware.services, "note_seen", note_and_end)
        with time_machine.travel(timedelta(minutes=6)):
            return client.get(address)

    return ask


@pytest.mark.parametrize("is_signed_in", [True, False])
def test_a_new_password_by_the_mailed_link_is_set_and_said_so(executor, is_signed_in):
    User.objects.filter(pk=executor.pk).update(language="en")
    client = signed_in() if is_signed_in else Client(raise_request_exception=False)
    client.post("/en/accounts/password/reset/", {"email": executor.email})
    deliver_outbox()
    link = re.search(r"/en/accounts/password/reset/key/\S+/", mail.outbox[0].body)[0]
    form = client.get(link)["Location"]

    answer = client.post(form, {"password1": NEW, "password2": NEW}, follow=True)

    assert answer.status_code == 200
    assert "<h1>The new password is set</h1>" in answer.content.decode()
    assert client.get("/en/accounts/profile/").status_code == 302
    assert not Session.objects.filter(user=executor).exists()
    executor.refresh_from_db()
    assert executor.check_password(NEW)


def test_who_ends_the_session_he_is_in_is_led_to_the_sign_in_page(executor):
    client = signed_in()
    other = signed_in()
    seen_there = other.get("/en/accounts/sessions/").content.decode()
    mark = re.search(r"/sessions/([0-9a-f]{24})/end/", seen_there)[1]

    answer = client.post(f"/en/accounts/sessions/{mark}/end/")

    assert led_to(answer) == (302, "/en/accounts/login/", "")
    assert Session.objects.filter(user=executor).count() == 1


def test_an_administrator_who_closes_his_own_account_is_led_to_the_sign_in_page(office):
    client = signed_in("office")
    address = f"/admin/accounts/user/{office.pk}/change/"
    data = filled(client.get(address))
    del data["is_active"]

    answer = client.post(address, data)

    assert led_to(answer)[0::2] == (302, "")
    assert answer["Location"].endswith("/accounts/login/")
    office.refresh_from_db()
    assert not office.is_active


def test_who_takes_off_his_own_second_factors_is_led_to_the_sign_in_page(office):
    client = signed_in("office")
    address = client.get(f"/admin/accounts/user/{office.pk}/reset-second-factors/", follow=True).request

    answer = client.post(address["PATH_INFO"], {"note": "lost the phone"})

    assert led_to(answer)[0::2] == (302, "")
    assert answer["Location"].endswith("/accounts/login/")
    assert not Session.objects.filter(user=office).exists()


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_session_ended_from_elsewhere_meanwhile_leads_to_the_sign_in_page(ended_from_elsewhere, language):
    client = signed_in(language=language)
    address = f"/{language}/accounts/profile/"

    answer = ended_from_elsewhere(client, address)

    assert led_to(answer) == (302, address, "")
    after = client.get(address)
    assert (after.status_code, after["Location"]) == (302, f"{SIGN_IN.format(language)}?next={address}")


def test_a_public_page_is_shown_without_the_session_that_ended(ended_from_elsewhere):
    client = signed_in()

    answer = ended_from_elsewhere(client, "/en/projects/?q=a")

    assert led_to(answer) == (302, "/en/projects/?q=a", "")
    assert client.get("/en/projects/?q=a").status_code == 200


def test_below_the_api_it_is_a_problem_document(ended_from_elsewhere):
    answer = ended_from_elsewhere(signed_in(), "/api/v1/projects/")

    assert answer.status_code == answer.json()["status"] == 401
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["WWW-Authenticate"] == 'Bearer realm="api"'
    assert answer.json()["code"] == "not_authenticated"
