"""Where a person is signed in: what he sees of it, how he ends it, and when it ends by itself."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.test import Client

from accounts import services
from accounts.models import Session, User
from core.jobs import clear_sessions
from core.models import Change

pytestmark = pytest.mark.django_db

HERE = "/en/accounts/sessions/"
PASSWORD = "a password of tests"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605 Version/19 Mobile Safari/604.1"
)


def signed_in(agent: str = FIREFOX, address: str = "198.51.100.7", name: str = "executor") -> Client:
    client = Client(headers={"user-agent": agent}, REMOTE_ADDR=address)
    assert client.post("/en/accounts/login/", {"login": name, "password": PASSWORD}).status_code == 302
    return client


def is_in(client: Client) -> bool:
    return client.get("/en/accounts/profile/").status_code == 200


def marks(client: Client) -> list[str]:
    return re.findall(r"/sessions/([0-9a-f]{24})/end/", client.get(HERE).content.decode())


def test_one_sees_where_one_is_signed_in_and_no_more_is_kept(executor):
    here = signed_in()
    signed_in(PHONE, "203.0.113.9")

    page = here.get(HERE).content.decode()
    assert "Firefox, Linux" in page and "Safari, iPhone" in page
    assert "198.51.100.0/24" in page and "203.0.113.0/24" in page
    assert page.count("this one") == 1 and len(marks(here)) == 1
    kept = str([row.get_decoded() for row in Session.objects.all()])
    assert "198.51.100.7" not in kept and "Gecko" not in kept
    assert not any(row.session_key in page for row in Session.objects.all())


def test_one_session_is_ended_at_once_and_the_others_go_on(executor):
    here, phone, third = signed_in(), signed_in(PHONE), signed_in()
    page = here.get(HERE).content.decode()
    mark = re.search(r"/sessions/([0-9a-f]{24})/end/[^>]+>(?:(?!</form>).)*Safari", page, re.S)[1]

    answer = here.post(f"{HERE}{mark}/end/", follow=True)

    assert "That session is ended." in answer.content.decode()
    assert (is_in(here), is_in(phone), is_in(third)) == (True, False, True)
    assert "ended already" in here.post(f"{HERE}{mark}/end/", follow=True).content.decode()


def test_nobody_sees_or_ends_the_sessions_of_another(executor, office):
    here, other = signed_in(), signed_in(name="office")
    signed_in(PHONE)
    theirs = marks(here)

    assert marks(other) == []
    other.post(f"{HERE}{theirs[0]}/end/")
    assert marks(here) == theirs


def test_all_others_are_ended(executor):
    here, phone = signed_in(), signed_in(PHONE)

    here.post("/en/accounts/profile/sign-out-elsewhere/")

    assert (is_in(here), is_in(phone)) == (True, False)
    assert "You are signed in nowhere else" in here.get(HERE).content.decode()
    assert Change.objects.of(executor).last().verb == "sign_out_elsewhere"


def test_another_password_ends_the_others(executor):
    here, phone = signed_in(), signed_in(PHONE)
    new = "entirely new words"

    answer = here.post(
        "/en/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )

    assert answer.status_code == 302
    assert (is_in(here), is_in(phone)) == (True, False)
    assert Session.objects.filter(user=executor).count() == 1


def test_second_factors_taken_off_by_the_office_end_all(executor, office):
    here = signed_in()

    services.reset_second_factors(executor, by=office, note="lost the phone")

    assert not is_in(here) and not Session.objects.filter(user=executor).exists()


def test_signing_in_gives_the_session_another_key(executor):
    client = Client()
    client.get("/en/accounts/login/")
    client.session["planted"] = 1
    planted = client.session
    planted["by"] = "an attacker"
    planted.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = planted.session_key

    client.post("/en/accounts/login/", {"login": "executor", "password": PASSWORD})

    assert client.cookies[settings.SESSION_COOKIE_NAME].value != planted.session_key
    assert not Session.objects.filter(session_key=planted.session_key).exists()


def test_a_session_ends_eight_hours_after_the_last_request_and_after_a_day(executor):
    with time_machine.travel("2026-11-23 08:00:00+05:00", tick=False) as clock:
        idle, busy = signed_in(), signed_in(PHONE)
        for _ in range(3):
            clock.shift(timedelta(hours=7))
            assert is_in(busy)
        assert not is_in(idle)
        clock.shift(timedelta(hours=4))
        assert not is_in(busy)


def test_a_day_on_which_somebody_came_is_kept_and_is_no_change(executor):
    before = Change.objects.count()
    with time_machine.travel("2026-11-23 23:58:00+05:00", tick=False) as clock:
        client = signed_in()
        executor.refresh_from_db()
        assert str(executor.last_seen_on) == "2026-11-23"
        clock.shift(timedelta(minutes=10))
        client.get("/en/accounts/profile/")
        executor.refresh_from_db()
        assert str(executor.last_seen_on) == "2026-11-24"

    assert Change.objects.count() == before and executor.version == User.objects.get(pk=executor.pk).version


def test_what_is_over_is_swept(executor):
    with time_machine.travel(timedelta(days=-2)):
        signed_in()
    here: Any = signed_in()

    clear_sessions()

    assert Session.objects.count() == 1 and is_in(here)


def test_whoever_only_found_an_open_browser_ends_no_session(executor):
    with time_machine.travel("2026-11-23 08:00:00+05:00", tick=False) as clock:
        here, phone = signed_in(), signed_in(PHONE)
        doors = [f"{HERE}{marks(here)[0]}/end/", "/en/accounts/profile/sign-out-elsewhere/"]
        clock.shift(timedelta(minutes=11))
        asked = [here.post(door)["Location"] for door in doors]
        assert all(one.startswith("/en/accounts/reauthenticate/?next=") for one in asked) and is_in(phone)

        before = here.cookies[settings.SESSION_COOKIE_NAME].value
        here.post(asked[1], {"password": PASSWORD, "next": doors[1]})

        assert (is_in(here), is_in(phone)) == (True, False)
        assert here.cookies[settings.SESSION_COOKIE_NAME].value != before


def test_showing_who_one_is_once_more_gives_the_session_another_key(executor):
    here, thief, door = signed_in(), Client(), "/en/accounts/reauthenticate/"
    thief.cookies[settings.SESSION_COOKIE_NAME] = kept = here.cookies[settings.SESSION_COOKIE_NAME].value

    here.post(door, {"password": "wrong"})
    assert here.cookies[settings.SESSION_COOKIE_NAME].value == kept and is_in(thief)
    here.post(door, {"password": PASSWORD, "next": "/en/accounts/profile/"})

    thief.cookies[settings.SESSION_COOKIE_NAME] = kept
    assert is_in(here) and not is_in(thief)
    assert here.cookies[settings.SESSION_COOKIE_NAME].value != kept


def test_what_signed_out_is_of_no_use_to_whoever_kept_it(executor):
    here, thief = signed_in(), Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = kept = here.cookies[settings.SESSION_COOKIE_NAME].value
    assert is_in(thief)

    here.post("/en/accounts/logout/")

    thief.cookies[settings.SESSION_COOKIE_NAME] = kept
    assert not is_in(thief) and not Session.objects.filter(session_key=kept).exists()


def test_a_key_of_a_session_cannot_be_guessed(executor):
    keys = [signed_in().cookies[settings.SESSION_COOKIE_NAME].value for _ in range(8)]

    assert len(set(keys)) == 8
    assert all(re.fullmatch("[a-z0-9]{32}", key) for key in keys)  # 165 bits of os.urandom
