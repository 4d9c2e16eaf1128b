"""Guessing at the door: held up by the database, the same for everybody, and no way to lock anybody out."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.services import attempts
from core import rates
from core.exceptions import TooMany
from core.models import RateCount
from core.retention import keep
from tests.accounts.test_tokens import owned
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

PASSWORD = "a password of tests"
LOGIN = "/en/accounts/login/"
HERE, NEXT_DOOR, ELSEWHERE = "198.51.100.7", "198.51.100.99", "203.0.113.5"


@pytest.fixture(autouse=True)
def _still() -> Iterator[None]:
    """All within one minute, however slow the machine."""
    with time_machine.travel("2026-11-23 10:00:01+05:00", tick=False):
        yield


def knock(login: str, password: str, address: str = HERE, client: Client | None = None, **more: Any) -> Any:
    client = client or Client()
    return client.post(LOGIN, {"login": login, "password": password}, REMOTE_ADDR=address, **more)


def is_in(answer: Any) -> bool:
    return answer.status_code == 302


def test_two_hundred_wrong_passwords_and_the_right_one_from_elsewhere(executor):
    for name in ("executor", "nobody-of-this-name"):
        answers = [knock(name, f"wrong {number}") for number in range(200)]
        delayed = [answer for answer in answers if answer.status_code == 429]
        assert len(delayed) >= 180
        assert all(int(answer["Retry-After"]) > 0 for answer in delayed)
        assert "Too many attempts of late. Try again in" in delayed[-1].content.decode()

    assert knock("executor", PASSWORD).status_code == 429  # not judged, so that it tells nothing
    assert is_in(knock("executor", PASSWORD, ELSEWHERE))


def test_the_wait_grows_and_ends_by_itself(executor):
    waits = []
    with time_machine.travel("2026-11-23 10:00:01+05:00", tick=False) as clock:
        for _ in range(3):
            while (answer := knock("executor", "wrong")).status_code == 200:
                pass
            waits.append(int(answer["Retry-After"]))
            clock.shift(timedelta(seconds=waits[-1]))
        assert waits[0] <= 60 < waits[1] <= 15 * 60 < waits[2] + 15 * 60
        clock.shift(timedelta(hours=1))
        assert is_in(knock("executor", PASSWORD))


def test_a_right_password_clears_what_was_held_against_its_person(executor):
    for _ in range(4):
        knock("executor", "wrong")
    assert is_in(knock("executor", PASSWORD))
    assert all(knock("executor", "wrong").status_code == 200 for _ in range(5))


def test_one_network_is_counted_whatever_names_it_tries(office):
    answers = [knock(f"name-{number}", "wrong", NEXT_DOOR) for number in range(60)]

    assert sum(answer.status_code == 429 for answer in answers) >= 10
    assert knock("office", PASSWORD).status_code == 429
    assert is_in(knock("office", PASSWORD, ELSEWHERE))


def test_a_guesser_does_not_clear_his_network_with_his_own_account(executor, office):
    for number in range(45):
        knock(f"name-{number}", "wrong")
    assert is_in(knock("executor", PASSWORD))

    assert [knock(f"other-{number}", "wrong").status_code for number in range(6)] == [*[200] * 5, 429]


def test_nobody_is_locked_out_of_a_browser_that_knows_him_by_his_neighbours(executor):
    own = Client()
    assert is_in(knock("executor", PASSWORD, client=own))
    own.post("/en/accounts/logout/")
    for number in range(80):
        knock("executor" if number % 2 else f"name-{number}", "wrong", NEXT_DOOR)
    assert knock("executor", PASSWORD).status_code == 429

    assert is_in(knock("executor", PASSWORD, client=own))


def test_a_browser_is_known_for_its_own_person_alone_and_only_by_a_mark_of_ours(executor, office):
    own = Client()
    knock("executor", PASSWORD, client=own)
    own.post("/en/accounts/logout/")
    answers = [knock("office", "wrong", client=own).status_code for _ in range(7)]
    assert answers[-1] == 429

    forged = Client()
    forged.cookies["known"] = f"[{office.pk}, 1]:forged:mark"
    assert knock("office", PASSWORD, client=forged).status_code == 429


def test_guessing_in_a_known_browser_is_held_up_too(executor):
    own = Client()
    knock("executor", PASSWORD, client=own)
    own.post("/en/accounts/logout/")

    assert [knock("executor", "wrong", client=own).status_code for _ in range(7)][-1] == 429


@pytest.mark.parametrize("proxies", [0, 1])
def test_what_a_client_says_of_its_address_changes_nothing(executor, settings, proxies):
    """Without a proxy nothing of it is believed; behind one, only what the proxy added."""
    settings.REST_FRAMEWORK = settings.REST_FRAMEWORK | {"NUM_PROXIES": proxies}
    answers = [
        knock("executor", "wrong", HTTP_X_FORWARDED_FOR=f"192.0.2.{number}, {HERE}") for number in range(8)
    ]

    assert answers[-1].status_code == 429


def test_neither_names_nor_addresses_are_kept(executor):
    knock("executor", "wrong")

    assert RateCount.objects.count() == 6
    kept = str(list(RateCount.objects.values()))
    assert "executor" not in kept and "198.51" not in kept
    with time_machine.travel(timedelta(days=3)):
        keep(timezone.now())
    assert not RateCount.objects.exists()


def test_the_counts_hold_without_a_cache(executor, settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}

    assert [knock("executor", "wrong").status_code for _ in range(6)] == [*[200] * 5, 429]


def test_what_is_refused_is_counted_on_no_rung():
    for _ in range(5):
        attempts.password("somebody", "net")
    for _ in range(30):
        with pytest.raises(TooMany):
            attempts.password("somebody", "net")

    assert set(RateCount.objects.filter(scope__startswith="password").values_list("count", flat=True)) == {5}


def test_the_highest_rung_that_is_full_says_when_again():
    with time_machine.travel("2026-11-23 10:00:01+05:00", tick=False) as clock:
        for _ in range(10):
            rates.climb("x", "who", ((6, timedelta(minutes=1)), (10, timedelta(minutes=15))))
            clock.shift(timedelta(seconds=20))
        with pytest.raises(TooMany) as refusal:
            rates.climb("x", "who", ((6, timedelta(minutes=1)), (10, timedelta(minutes=15))))

    assert refusal.value.retry_after > timedelta(minutes=5)


def plain(answer: Any, *words: str) -> str:
    """The page without what differs by chance, and without what was typed."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", answer.content.decode())
    for word in words:
        text = text.replace(f'value="{word}"', "")
    return text


@pytest.fixture
def cases(executor):
    """All ways to be wrong: (what is typed, password)."""
    UserFactory(username="closed", is_active=False)
    UserFactory(username="ended", valid_until="2020-01-01")
    unusable = UserFactory(username="without")
    unusable.set_unusable_password()
    unusable.save()
    return [
        ("unknown", "wrong"),
        ("executor", "wrong"),
        ("closed", "wrong"),
        ("closed", PASSWORD),
        ("ended", PASSWORD),
        ("without", "wrong"),
    ]


def test_all_ways_to_be_wrong_look_alike_and_cost_one_hash(cases, monkeypatch):
    hashed = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(
        MD5PasswordHasher, "encode", lambda self, *args: hashed.append(1) or encode(self, *args)
    )
    pages, work = set(), []
    for name, password in cases:
        hashed.clear()
        answer = knock(name, password)
        assert answer.status_code == 200
        pages.add(plain(answer, name))
        work.append(len(hashed))

    assert len(pages) == 1
    assert set(work) == {1}


def test_an_address_costs_as_much_as_a_name(executor, monkeypatch):
    User.objects.filter(pk=executor.pk).update(email="somebody@example.kz")
    hashed = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(
        MD5PasswordHasher, "encode", lambda self, *args: hashed.append(1) or encode(self, *args)
    )
    pages, work = set(), []
    for address in ("somebody@example.kz", "nobody@example.kz"):
        hashed.clear()
        pages.add(plain(knock(address, "wrong"), address))
        work.append(len(hashed))

    assert (len(pages), work) == (1, [1, 1])


def test_the_present_password_is_not_guessed_in_an_open_browser(client, executor):
    client.force_login(executor)
    wrong = {"oldpassword": "wrong", "password1": "entirely new words", "password2": "entirely new words"}
    answers = [client.post("/en/accounts/password/change/", wrong).status_code for _ in range(6)]

    assert answers == [*[200] * 5, 429]


@pytest.mark.parametrize("nonsense", ["{}", "[]", "1", '"x"', "null", "not json", '{"id": "a", "rawId": 1}'])
def test_what_no_browser_sends_for_a_passkey_is_refused(client, executor, nonsense):
    keys = "/en/accounts/second-factor/keys/"
    assert client.post(f"{keys}sign-in/", {"credential": nonsense}).status_code == 302
    knock("executor", PASSWORD, client=client)
    assert client.post(f"{keys}add/", {"credential": nonsense}).status_code == 200
    assert client.post(f"{keys}confirm/", {"credential": nonsense}).status_code in {200, 302}


def test_passkeys_are_counted_by_network():
    answers = [
        Client().post(
            "/en/accounts/second-factor/keys/sign-in/", {"credential": '{"id": "none"}'}, REMOTE_ADDR=HERE
        )
        for _ in range(51)
    ]

    assert answers[0].status_code == 302 and answers[-1].status_code == 429


def test_a_flood_of_wrong_tokens_is_held_up_and_a_right_one_is_not(monkeypatch, executor):
    monkeypatch.setattr(attempts, "TOKENS", ((3, timedelta(minutes=1)),))
    owned(executor)

    def ask(what: str) -> Any:
        return Client(headers={"authorization": f"Bearer {what}"}).get("/api/v1/projects/", REMOTE_ADDR=HERE)

    answers = [ask("alt_wrong") for _ in range(5)]
    assert [answer.status_code for answer in answers] == [401, 401, 401, 429, 429]
    assert int(answers[-1]["Retry-After"]) > 0
    assert ask("old").status_code == 200
