"""Asking for a new password by mail: the page tells nobody whose address is known, in no way."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from core import outbox
from core.jobs import deliver_outbox
from core.models import Outbox
from tests.accounts.test_guessing import HERE, plain
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

RESET = "/en/accounts/password/reset/"
#: Where in a query stands what differs from one request to the next.
VARYING = re.compile(r" VALUES | WHERE |(?<=SAVEPOINT) ")


@pytest.fixture(autouse=True)
def _still() -> Iterator[None]:
    """All within one minute, however slow the machine."""
    with time_machine.travel("2026-11-23 10:00:01+05:00", tick=False):
        yield


def mailbox() -> list[str]:
    """To whom letters were sent."""
    deliver_outbox()
    return [letter.to[0] for letter in mail.outbox]


def test_a_reset_tells_nobody_whose_address_is_known(executor):
    User.objects.filter(pk=executor.pk).update(email="somebody@example.kz")
    UserFactory(username="closed", email="closed@example.kz", is_active=False)
    answers = [
        Client().post(RESET, {"email": address}, REMOTE_ADDR=HERE, follow=True)
        for address in ("somebody@example.kz", "nobody@example.kz", "closed@example.kz")
    ]

    assert {answer.status_code for answer in answers} == {200}
    assert len({plain(answer) for answer in answers}) == 1
    assert mailbox() == ["somebody@example.kz"]


def test_letters_to_one_address_are_few_known_or_not(executor):
    User.objects.filter(pk=executor.pk).update(email="somebody@example.kz")
    for address in ("somebody@example.kz", "nobody@example.kz"):
        answers = [
            Client().post(RESET, {"email": address}, REMOTE_ADDR=f"198.51.{number}.1") for number in range(7)
        ]
        assert [answer.status_code for answer in answers] == [*[302] * 5, 429, 429]

    assert len(mailbox()) == 5


def test_the_page_does_the_same_work_for_every_address(executor):
    User.objects.filter(pk=executor.pk).update(email="somebody@example.kz")
    UserFactory(username="closed", email="closed@example.kz", is_active=False)
    asked = {}
    for number, whose in enumerate(("anybody", "somebody", "nobody", "closed")):
        with CaptureQueriesContext(connection) as queries:
            Client().post(RESET, {"email": f"{whose}@example.kz"}, REMOTE_ADDR=f"198.51.{number}.1")
        asked[whose] = [VARYING.split(query["sql"])[0] for query in queries]
        assert "accounts_user" not in str(asked[whose]) and "account_emailaddress" not in str(asked[whose])

    assert asked["somebody"] == asked["nobody"] == asked["closed"]


def test_no_link_stands_in_the_database_and_of_an_unknown_address_nothing_is_left(executor):
    User.objects.filter(pk=executor.pk).update(email="somebody@example.kz")
    for whose in ("somebody", "nobody"):
        Client().post(RESET, {"email": f"{whose}@example.kz"})
    before = str(list(Outbox.objects.values()))

    assert mailbox() == ["somebody@example.kz"]

    assert "/password/reset/key/" in mail.outbox[0].body and "/password/reset/key/" not in before
    known, unknown = Outbox.objects.filter(channel="mail").order_by("pk")
    assert known.payload == {"to": "somebody@example.kz", "subject": mail.outbox[0].subject}
    assert unknown.payload == {}
    assert known.delivered_at is not None and unknown.delivered_at is not None


def test_who_may_not_come_in_gets_no_letter(executor):
    facts = {"email": "somebody@example.kz", "valid_until": date(2026, 11, 22)}
    User.objects.filter(pk=executor.pk).update(**facts)
    Client().post(RESET, {"email": "somebody@example.kz"})

    assert mailbox() == []
    User.objects.filter(pk=executor.pk).update(valid_until=date(2026, 11, 23))
    Client().post(RESET, {"email": "Somebody@Example.KZ"})
    assert mailbox() == ["somebody@example.kz"]


def test_a_letter_that_could_not_be_sent_is_written_again(executor, monkeypatch):
    User.objects.filter(pk=executor.pk).update(email="somebody@example.kz")
    Client().post(RESET, {"email": "somebody@example.kz"})

    with monkeypatch.context() as patched:
        patched.setattr(outbox.EmailMessage, "send", lambda self: 1 / 0)
        deliver_outbox()
    assert mail.outbox == []
    assert Outbox.objects.get(channel="mail").payload.keys() == {"to", "letter"}
    with time_machine.travel("2026-11-23 10:01:01+05:00", tick=False):
        assert mailbox() == ["somebody@example.kz"]
