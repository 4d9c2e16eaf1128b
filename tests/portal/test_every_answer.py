"""Every route is read once, by the office and by a visitor: what is said of all of these answers."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from django.db import transaction
from django.test import Client

from core.models import Change
from tests.factories import UserFactory
from tests.portal.every_route import addresses, known_rows
from tests.portal.test_headers import CSP, bare

READERS = ["office", "a visitor"]
#: Object-src falls back on the first.
POLICY = ("default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'")


class Answer(NamedTuple):
    route: str
    address: str
    answer: Any

    @property
    def has_body(self) -> bool:
        return bool(self.answer.streaming or self.answer.content)


class Walk(NamedTuple):
    """`answers` to each reader, and what of the ledger (relation, operation, verb) was written meanwhile."""

    answers: dict[str, list[Answer]]
    written: list[tuple[str, str, str]]


@pytest.fixture(scope="module")
def walk(django_db_setup: None, django_db_blocker: Any) -> Iterator[Walk]:
    with django_db_blocker.unblock(), transaction.atomic():
        known, browsers = known_rows(), {name: Client(raise_request_exception=False) for name in READERS}
        browsers["office"].force_login(UserFactory(role="office"), "accounts.backends.Passwords")
        before = set(Change.objects.values_list("pk", flat=True))
        answers = {
            name: [
                Answer(route, address, browser.get(address))
                for route, address in addresses(known)
                if "logout" not in route  # tests/portal/test_headers.py
            ]
            for name, browser in browsers.items()
        }
        made = Change.objects.exclude(pk__in=before).values_list("relation", "op", "verb")
        yield Walk(answers, list(made))
        transaction.set_rollback(True)


def test_every_route_is_asked(walk: Walk) -> None:
    statuses = {name: {one.answer.status_code for one in answers} for name, answers in walk.answers.items()}

    assert {200, 302, 404} <= statuses["office"] and {200, 302, 404} <= statuses["a visitor"]
    assert all(len(answers) > 300 for answers in walk.answers.values())


def test_nothing_that_a_signed_in_reader_gets_is_kept_by_a_cache(walk: Walk) -> None:
    wrong = {}
    for route, address, answer in walk.answers["office"]:
        kept = {part.strip() for part in answer.get("Cache-Control", "").split(",")}
        if not {"private", "no-store"} <= kept or answer.status_code >= 500:
            wrong[route] = (address, answer.status_code, answer.get("Cache-Control"))

    assert wrong.keys() <= {"health-ready"}  # 503 here, without the real data


@pytest.mark.parametrize("reader", READERS)
def test_every_answer_says_what_all_must_say(walk: Walk, reader: str) -> None:
    assert {one.address: bare(one.answer) for one in walk.answers[reader] if bare(one.answer)} == {}


@pytest.mark.parametrize("reader", READERS)
def test_every_answer_has_a_policy_that_lets_nothing_in(walk: Walk, reader: str) -> None:
    lacking = {}
    for route, _address, answer in walk.answers[reader]:
        policy = answer.get(CSP, "")
        if "object-src" in policy or not all(part in policy for part in POLICY):
            lacking[route] = policy

    assert lacking == {}


@pytest.mark.parametrize("reader", READERS)
def test_every_answer_says_what_it_is(walk: Walk, reader: str) -> None:
    wrong = {}
    for one in walk.answers[reader]:
        kind, _semi, more = one.answer.get("Content-Type", "").partition(";")
        is_text = kind.startswith("text/") or kind.endswith(("+xml", "/xml"))
        if (one.has_body and not kind) or (is_text and "charset=utf-8" not in more.lower().replace('"', "")):
            wrong[one.route] = (one.answer.status_code, one.answer.get("Content-Type"))

    assert wrong == {}


def test_reading_changes_nothing(walk: Walk) -> None:
    """Open data are packed when they are first asked for: what is public anyway."""
    assert [one for one in walk.written if not one[0].startswith("alatau_portal_opendata")] == []
