"""The second step of signing in: set up and used."""

import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY, format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client

from accounts.models import User
from core.jobs import deliver_outbox
from core.models import Change, Notice, Outbox

pytestmark = pytest.mark.django_db

PASSWORD = "a password of tests"
HERE = "/kk/accounts/second-factor/"


@pytest.fixture(autouse=True)
def _fresh_limits() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel("2026-11-22 12:00:05+05:00", tick=False) as moved:
        yield moved


def code_of(secret: str, step: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + step))


def sign_in(client: Client, name: str) -> Any:
    return client.post("/kk/accounts/login/", {"login": name, "password": PASSWORD})


def set_up(client: Client) -> str:
    """The secret of the app, taken from the page as a person takes it."""
    assert client.get(f"{HERE}app/").status_code == 200
    secret = client.session[SECRET_SESSION_KEY]
    answer = client.post(f"{HERE}app/", {"code": code_of(secret)})
    assert (answer.status_code, answer["Location"]) == (302, f"{HERE}codes/")
    return secret


def codes_on(client: Client) -> list[str]:
    return client.get(f"{HERE}codes/").context["unused_codes"]


@pytest.fixture
def executor_with_app(client: Client, executor: User, clock: Any) -> str:
    sign_in(client, "executor")
    secret = set_up(client)
    clock.shift(timedelta(seconds=60))
    return secret


def test_the_page_draws_the_code_itself_and_writes_the_key(client, executor, clock):
    sign_in(client, "executor")

    html = client.get(f"{HERE}app/").content.decode()

    secret = client.session[SECRET_SESSION_KEY]
    assert "<svg" in html and "<?xml" not in html and "style=" not in html
    assert f"<span>{secret[:4]}</span> <span>{secret[4:8]}</span>" in html
    assert 'autocomplete="one-time-code"' in html


def test_setting_up_is_in_the_ledger_and_told_without_any_secret(client, executor, clock):
    sign_in(client, "executor")
    secret = set_up(client)

    executor.refresh_from_db()
    assert executor.second_factors == 1
    change = Change.objects.of(executor).last()
    assert (change.actor, change.verb) == (f"user:{executor.pk}", "add_second_factor")
    assert (change.old["second_factors"], change.new["second_factors"]) == (0, 1)
    assert secret not in str(list(Change.objects.values("old", "new", "note"))) + str(
        list(Outbox.objects.values("payload"))
    )
    assert {debt.channel for debt in Outbox.objects.all()} == {"mail", "bell"}
    deliver_outbox()
    assert Notice.objects.get().recipient == executor


def test_recovery_codes_are_shown_once(client, executor, clock):
    sign_in(client, "executor")
    set_up(client)

    first = client.get(f"{HERE}codes/").content.decode()
    codes = Authenticator.objects.get(type="recovery_codes").wrap().generate_codes()
    assert all(code in first for code in codes) and len(codes) == 10
    assert "data:text/plain" in first

    second = client.get(f"{HERE}codes/").content.decode()
    assert not any(code in second for code in codes)


def test_a_wrong_code_sets_nothing_up(client, executor, clock):
    sign_in(client, "executor")
    client.get(f"{HERE}app/")

    answer = client.post(f"{HERE}app/", {"code": "000000"})

    assert answer.status_code == 200
    assert 'aria-invalid="true"' in answer.content.decode()
    assert not Authenticator.objects.exists()
    assert not Outbox.objects.exists()


def test_the_second_step_lets_in_only_with_the_code_of_the_moment(client, executor_with_app):
    door = Client()

    answer = sign_in(door, "executor")
    assert answer["Location"] == f"{HERE}sign-in/"
    assert door.get("/kk/accounts/profile/").status_code == 302  # not in yet

    wrong = door.post(f"{HERE}sign-in/", {"code": "123456"})
    assert wrong.status_code == 200 and "мерзімі өтіп кетті" in wrong.content.decode()
    typed = code_of(executor_with_app)
    assert door.post(f"{HERE}sign-in/", {"code": f"{typed[:3]} {typed[3:]}"}).status_code == 302
    assert door.get("/kk/accounts/profile/").status_code == 200


def test_a_code_works_once_even_where_the_cache_forgets(client, executor_with_app, clock):
    code = code_of(executor_with_app)
    first, second = Client(), Client()
    sign_in(first, "executor")
    assert first.post(f"{HERE}sign-in/", {"code": code}).status_code == 302

    cache.clear()
    clock.shift(timedelta(seconds=30))  # the tolerance still takes it
    sign_in(second, "executor")
    assert second.post(f"{HERE}sign-in/", {"code": code}).status_code == 200

    assert second.post(f"{HERE}sign-in/", {"code": code_of(executor_with_app)}).status_code == 302


def test_a_code_typed_slowly_is_taken_and_an_old_one_is_not(client, executor_with_app):
    door = Client()
    sign_in(door, "executor")

    assert door.post(f"{HERE}sign-in/", {"code": code_of(executor_with_app, -2)}).status_code == 200
    assert door.post(f"{HERE}sign-in/", {"code": code_of(executor_with_app, -1)}).status_code == 302


def test_a_recovery_code_works_once(client, executor, clock):
    sign_in(client, "executor")
    set_up(client)
    code = codes_on(client)[3]
    first, second = Client(), Client()
    sign_in(first, "executor")
    sign_in(second, "executor")

    assert first.post(f"{HERE}sign-in/", {"code": code}).status_code == 302
    assert second.post(f"{HERE}sign-in/", {"code": code}).status_code == 200


def test_guessing_is_slowed_down(client, executor_with_app):
    door = Client()
    sign_in(door, "executor")
    for guess in range(12):
        answer = door.post(f"{HERE}sign-in/", {"code": f"{guess:06}"})

    assert answer.status_code == 429 and int(answer["Retry-After"]) > 0
    assert door.get("/kk/accounts/profile/").status_code == 302


def test_what_guards_the_account_is_changed_only_by_who_showed_himself_lately(
    client, executor_with_app, clock
):
    clock.shift(timedelta(minutes=11))

    answer = client.get(f"{HERE}app/remove/")
    assert answer["Location"].startswith("/kk/accounts/reauthenticate/")
    wrong = client.post(answer["Location"], {"password": "guess", "next": f"{HERE}app/remove/"})
    assert wrong.status_code == 200
    right = client.post(answer["Location"], {"password": PASSWORD, "next": f"{HERE}app/remove/"})
    assert right["Location"] == f"{HERE}app/remove/"

    assert client.post(f"{HERE}app/remove/").status_code == 302
    user = User.objects.get(username="executor")
    assert user.second_factors == 0
    assert Change.objects.of(user).last().verb == "remove_second_factor"
    assert not Authenticator.objects.exists()  # codes go with the last factor


def test_new_recovery_codes_are_told_and_replace_the_old(client, executor_with_app):
    old = codes_on(client)

    client.post(f"{HERE}codes/renew/")

    assert not set(old) & set(codes_on(client))
    assert Outbox.objects.filter(key__startswith="mail-renew_recovery_codes").exists()


def test_visitors_are_led_to_the_sign_in(client):
    for page in (
        "",
        "app/",
        "app/remove/",
        "codes/",
        "codes/renew/",
        "keys/",
        "keys/add/",
        "keys/1/",
        "confirm/",
    ):
        answer = client.get(HERE + page)
        assert answer.status_code == 302 and "/kk/accounts/login/" in answer["Location"], page
    assert client.get(f"{HERE}sign-in/")["Location"] == "/kk/accounts/login/"


def test_a_key_of_somebody_else_is_not_there(client, executor, office, clock):
    theirs = Authenticator.objects.create(user=office, type="webauthn", data={"name": "theirs"})
    sign_in(client, "executor")

    for page in (f"keys/{theirs.pk}/", f"keys/{theirs.pk}/remove/"):
        assert client.get(HERE + page).status_code == 404
        assert client.post(HERE + page, {"name": "mine"}).status_code == 404
    assert Authenticator.objects.get().data == {"name": "theirs"}


def test_passkeys_are_offered_only_where_browsers_take_them(client, executor, settings):
    client.force_login(executor)
    for host, offered in (("localhost:8000", True), ("127.0.0.1:8000", False)):
        html = client.get(HERE, headers={"host": host}).content.decode()
        assert (f"{HERE}keys/add/" in html) == offered
    assert "http://localhost:8000/kk/accounts/second-factor/" in html


def test_a_listed_role_can_sign_out_and_do_the_set_up(client, office, settings, clock):
    settings.MFA_ROLES = ["office"]
    sign_in(client, "office")
    set_up(client)
    codes_on(client)

    assert client.get("/kk/accounts/profile/").status_code == 200
    assert client.post("/kk/accounts/logout/").status_code == 302


def test_codes_and_keys_cannot_be_guessed(client, executor, clock):
    sign_in(client, "executor")
    secret = set_up(client)
    codes = codes_on(client)

    assert len(secret) == 32 and set(secret) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")  # 160 bits
    assert len(set(codes)) == 10 and all(len(code) == 8 and code.isdigit() for code in codes)  # 26 bits each
