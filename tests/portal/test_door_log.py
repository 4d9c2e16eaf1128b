"""What the log says of the door: who came in, who tried, who was held up, and who was refused within."""

import json
import logging
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from core import logs
from tests.accounts.test_second_factor import code_of
from tests.portal.test_logs import lines

__all__ = ["lines"]

pytestmark = pytest.mark.django_db

PASSWORD, LOGIN = "a password of tests", "/en/accounts/login/"


def told(lines):
    return [(one["level"], one["event"]) for one in lines.told if one["logger"] == "portal.door"]


def knock(password, client=None):
    return (client or Client()).post(LOGIN, {"login": "executor", "password": password})


def test_each_attempt_is_a_line_and_so_is_what_came_of_it(executor, lines):
    knock("wrong")
    assert told(lines) == [("info", "password: tried")]
    lines.written.clear()

    knock(PASSWORD)

    assert told(lines) == [("info", "password: tried"), ("info", "password: right"), ("info", "signed in")]
    (signed_in,) = lines.of("signed in")
    assert signed_in["user"] == f"user:{executor.pk}"
    assert {one["request_id"] for one in lines.told} == {signed_in["request_id"]}
    assert "executor" not in "".join(lines.written) and "wrong" not in "".join(lines.written)


def test_whoever_is_held_up_is_a_warning(executor, lines):
    for _ in range(6):
        knock("wrong")

    assert told(lines) == [*[("info", "password: tried")] * 5, ("warning", "password: held up")]
    assert lines.of("answered")[-1]["status"] == 429


def test_the_second_step_is_told_by_its_name(executor, lines):
    executor.authenticator_set.create(type="totp", data={"secret": "A" * 32})
    browser = Client()
    knock(PASSWORD, browser)
    lines.written.clear()

    browser.post("/en/accounts/second-factor/sign-in/", {"code": "000000"})
    browser.post("/en/accounts/second-factor/sign-in/", {"code": code_of("A" * 32)})

    said = [event for _level, event in told(lines)]
    assert said == ["factor: tried", "factor: tried", "factor: right", "signed in"]


def test_a_wrong_token_is_a_line(lines):
    answer = Client(headers={"authorization": "Bearer alt_wrong"}).get("/api/v1/projects/")

    assert (answer.status_code, told(lines)) == (401, [("info", "token: tried")])
    assert "alt_wrong" not in "".join(lines.written)


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/admin/", 302),
        ("/en/accounts/access/", 403),
        ("/en/review/personal-data/", 403),
        ("/api/v1/projects/?as_of=2025-12-01", 403),
    ],
)
def test_who_was_refused_where_is_told(client, executor, lines, address, status):
    client.force_login(executor)

    assert client.get(address).status_code == status

    (line,) = lines.of("answered")
    assert (line["status"], line["user"]) == (status, f"user:{executor.pk}")
    assert line["route"] != "unmatched" and line["request_id"]


def test_a_forged_form_and_a_strange_host_are_told(executor, lines, settings):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(executor)
    strict.post("/en/accounts/profile/", {"full_name": "x", "language": "kk"})
    strict.get("/en/", headers={"host": "evil.example"})

    assert [line["status"] for line in lines.of("answered")] == [403, 400]
    assert any(one["logger"] == "django.security.DisallowedHost" for one in lines.told)


def test_the_time_of_a_line_is_utc():
    formatter = logs.configuration(as_json=True)["formatters"]["line"]
    written = formatter.pop("()")(**formatter).format(
        logging.LogRecord("portal", logging.INFO, __file__, 1, "it works", (), None)
    )

    at = datetime.fromisoformat(json.loads(written)["at"])

    assert at.utcoffset() == timedelta(0) and abs(datetime.now(UTC) - at) < timedelta(minutes=1)
