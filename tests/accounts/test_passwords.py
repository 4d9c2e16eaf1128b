"""What a password may be, how it is kept, and how a forgotten one is set anew."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import Argon2PasswordHasher, check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client

from accounts.models import Session, User
from accounts.passwords import HOUSE
from alatau_portal import sign_in_settings
from core.jobs import deliver_outbox

PASSWORD, NEW = "a password of tests", "жаңа сөз, ешкім білмейді"
CHANGE, LOGIN, RESET = "/en/accounts/password/change/", "/en/accounts/login/", "/en/accounts/password/reset/"


def refused(password: str) -> set[str]:
    try:
        validate_password(password, User(username="somebody"))
    except ValidationError as error:
        return {str(one.code) for one in error.error_list}
    return set()


@pytest.mark.parametrize("password", ["qazwsxedcrf", "ұзын емес!!", "x9"])
def test_fewer_than_twelve_signs_are_no_password(password: str) -> None:
    assert "password_too_short" in refused(password)


@pytest.mark.parametrize(
    "password",
    [
        *(
            "тек кіші әріптер ғана",
            "тек  бос орын   көп",
            "ONLY CAPITALS HERE",
            "830471029385",
            "…!?…!?…!?…!?—",
        ),
        *("correct horse battery staple", "x" * 10 + "🏔" * 60, "tulpar zhuldyz " * 16),
    ],
)
def test_any_signs_make_a_password_and_many_of_them(password: str) -> None:
    assert refused(password) == set()


@pytest.mark.parametrize(
    "password",
    [
        *("qwertyuiop123", "passwordpassword", "Password12345678", "qwertyqwerty", "123456789qwerty"),
        *("dragonmonkey", "iloveyou2007", "sunshineprincess", "MichaelJordan", "qazwsxqazwsx"),
    ],
)
def test_what_is_most_common_is_refused_and_two_of_it_in_a_row(password: str) -> None:
    assert refused(password) == {"password_too_common"}


@pytest.mark.parametrize(
    "password",
    ["alatau-city-2026", "AlatauPortal!!2026", "АлатауСити2026!", "office_akimat_1", "қазақстан-портал-7"],
)
def test_words_of_the_house_and_little_else_are_refused(password: str) -> None:
    assert refused(password) == {"password_too_common"}


def test_words_of_the_house_within_a_longer_sentence_are_no_fault() -> None:
    assert refused("the golden eagle over alatau at noon") == set()


def test_the_words_of_the_house_are_documented() -> None:
    told = Path("docs/sign-in.md").read_text().split("## Passwords")[1].split("\n## ")[0]

    assert [word for word in HOUSE if f"`{word}`" not in told] == []


def changed(client: Client, new: str, old: str = PASSWORD) -> Any:
    return client.post(CHANGE, {"oldpassword": old, "password1": new, "password2": new})


def signed_in(password: str = PASSWORD) -> bool:
    return Client().post(LOGIN, {"login": "executor", "password": password}).status_code == 302


@pytest.mark.django_db
def test_a_person_changes_his_password_by_naming_the_present_one(client: Client, executor: User) -> None:
    client.force_login(executor)

    assert changed(client, NEW, old="another word of tests").status_code == 200
    assert signed_in() and not signed_in(NEW)
    assert changed(client, NEW).status_code == 302
    assert signed_in(NEW) and not signed_in()


@pytest.mark.django_db
@pytest.mark.parametrize("new", ["too short", "qwertyqwerty", "alatau-city-2026"])
def test_the_rules_are_asked_where_a_password_is_changed(client: Client, executor: User, new: str) -> None:
    client.force_login(executor)

    assert changed(client, new).status_code == 200
    assert signed_in() and not signed_in(new)


@pytest.mark.django_db
def test_a_password_is_judged_to_its_last_sign(executor: User) -> None:
    long = "Ұзақ " * 30 + "соңы"
    executor.set_password(long)
    executor.save()

    wrong = [long[:-1], long.lower(), long + " ", " " + long, long[:72], long.replace("  ", " ") + "x"]
    assert [signed_in(password) for password in (long, *wrong[:4])] == [True, False, False, False, False]
    assert not any(check_password(password, executor.password) for password in wrong)


def test_passwords_are_kept_by_argon2id_as_strong_as_is_advised(settings: Any) -> None:
    settings.PASSWORD_HASHERS = sign_in_settings.PASSWORD_HASHERS

    kept = make_password(PASSWORD)

    assert kept.startswith("argon2$argon2id$v=19$") and check_password(PASSWORD, kept)
    told = dict(part.split("=") for part in kept.split("$")[3].split(","))
    assert int(told["t"]) >= 2 and int(told["m"]) >= 19456
    assert settings.PASSWORD_HASHERS[0].endswith(Argon2PasswordHasher.__name__)


@pytest.mark.django_db
@pytest.mark.parametrize("page", [LOGIN, CHANGE])
def test_fields_of_passwords_are_masked_and_open_to_password_managers(
    client: Client, executor: User, page: str
) -> None:
    if page == CHANGE:
        client.force_login(executor)

    fields = re.findall(
        r'<input[^>]*autocomplete="(?:current|new)-password"[^>]*>', client.get(page).content.decode()
    )

    assert len(fields) == (1 if page == LOGIN else 3)
    assert all('type="password"' in field and "onpaste" not in field for field in fields)


@pytest.mark.django_db
def test_no_password_runs_out(executor: User) -> None:
    with time_machine.travel(timedelta(days=5 * 365)):
        assert signed_in()


def link_of_the_reset(person: User) -> str:
    User.objects.filter(pk=person.pk).update(email="executor@example.kz")
    Client().post(RESET, {"email": "executor@example.kz"})
    deliver_outbox()
    letter = mail.outbox[-1].body
    return re.search(r"https?://[^/]+(/\S+/accounts/password/reset/key/\S+)", letter)[1]  # type: ignore[index]


def follow(client: Client, link: str) -> Any:
    page = client.get(link, follow=True)
    here = page.redirect_chain[-1][0] if page.redirect_chain else link
    return client.post(here, {"password1": NEW, "password2": NEW})


@pytest.mark.django_db
def test_a_link_that_resets_holds_an_hour_and_once(executor: User) -> None:
    link = link_of_the_reset(executor)
    with time_machine.travel(timedelta(minutes=61)):
        follow(Client(), link)
    assert signed_in() and not signed_in(NEW)

    follow(Client(), link)
    assert signed_in(NEW)
    executor.refresh_from_db()
    kept = executor.password
    follow(Client(), link)
    executor.refresh_from_db()
    assert executor.password == kept


@pytest.mark.django_db
def test_whoever_resets_a_password_still_owes_the_second_factor(executor: User) -> None:
    Authenticator.objects.create(user=executor, type="totp", data={"secret": "A" * 32})
    browser = Client()

    assert follow(browser, link_of_the_reset(executor)).status_code == 302

    assert browser.get("/en/accounts/profile/").status_code == 302
    answer = browser.post(LOGIN, {"login": "executor", "password": NEW})
    assert answer["Location"].endswith("/accounts/second-factor/sign-in/")
    assert not Session.objects.filter(user=executor).exists()
