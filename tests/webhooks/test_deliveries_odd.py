"""Addresses, answers and workers that do what they should not: nothing is lost, nobody else waits."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import WebhookDelivery
from accounts.services import deliveries
from accounts.services.deliveries import PAUSES, deliver_one
from tests.receiver import status
from tests.webhooks.sending import anything, send

pytestmark = pytest.mark.django_db


def test_an_address_that_became_private_is_not_called(receiver, owed, settings):
    settings.OUTWARD_LOOPBACK = False

    assert send() == 1
    owed.refresh_from_db()
    assert (owed.state, owed.response_status, receiver.got) == ("failed", None, [])
    assert owed.error.startswith("Refused")


def test_a_secret_that_cannot_be_read_is_a_failure_with_a_reason(receiver, owed, settings):
    settings.SECRET_KEY = "another " * 8

    send()
    owed.refresh_from_db()
    assert owed.error == "Unreadable: sealed with another SECRET_KEY"


def test_a_worker_that_dies_between_call_and_mark_sends_it_twice_and_never_not(receiver, owed, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(deliveries, "_close", lambda *args: exit())
        with pytest.raises(SystemExit):
            deliver_one(anything)
    owed.refresh_from_db()
    assert (owed.state, owed.tries) == ("pending", 1)
    assert send() == 0  # until the lease is over nobody else takes it

    assert send(timezone.now() + timedelta(minutes=2)) == 1
    owed.refresh_from_db()
    assert owed.state == "delivered"
    assert [got.headers["webhook-id"] for got in receiver.got] == [owed.message_id] * 2


def test_a_worker_that_comes_back_late_does_not_undo_what_another_did(receiver, owed):
    facts = {"response_status": 500, "error": "late", "duration_ms": 1}
    mine = deliveries._lease(timezone.now())
    send(timezone.now() + timedelta(minutes=2))

    deliveries._close(mine, timezone.now(), facts)
    owed.refresh_from_db()
    assert owed.state == "delivered"


def test_what_may_not_be_told_any_more_is_dropped(receiver, owed):
    assert deliver_one(lambda delivery: False)

    assert receiver.got == []
    assert not WebhookDelivery.objects.exists()


@pytest.mark.parametrize("facts", [{"is_active": False}])
def test_nothing_is_sent_for_somebody_who_may_not_come_in(receiver, owed, office, facts):
    type(office).objects.filter(pk=office.pk).update(**facts)

    assert send() == 0
    owed.refresh_from_db()
    assert (owed.state, owed.tries) == ("pending", 0)


def test_an_answer_of_any_bytes_ends_like_any_failure(receiver, owed):
    """What the host says goes into the error: PostgreSQL takes no NUL, and one host must not stop all others."""
    receiver.answers = lambda handler: handler.wfile.write(b"\x00oops\r\n\r\n")

    assert send() == 1
    owed.refresh_from_db()
    assert (owed.state, owed.tries) == ("failed", 1)
    assert "oops" in owed.error


def test_a_failure_of_long_ago_does_not_switch_off(receiver, endpoint, owed):
    receiver.answers = status(500)
    WebhookDelivery.objects.filter(pk=owed.pk).update(tries=len(PAUSES))
    send()
    owed.refresh_from_db()
    assert owed.state == "dead"
    endpoint.refresh_from_db()
    assert (endpoint.failing_since, endpoint.state) == (None, "active")
