"""What is owed to webhooks: signed, sent at least once, tried for three days, given up aloud, sent again on demand."""

import json
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone
from standardwebhooks import Webhook, WebhookVerificationError

from accounts import services
from accounts.models import WebhookDelivery, WebhookEndpoint
from accounts.services.deliveries import PAUSES
from core import outbox, outward
from core.models import Change, Notice
from core.sealed import unseal
from tests.factories import (
    ApiClientFactory,
    OrganisationFactory,
    WebhookDeliveryFactory,
    WebhookEndpointFactory,
)
from tests.failing import frozen_server
from tests.receiver import status
from tests.webhooks.conftest import verified
from tests.webhooks.sending import send

pytestmark = pytest.mark.django_db


def test_the_reference_library_verifies_what_the_receiver_got(receiver, owed):
    assert send() == 1

    (got,) = receiver.got
    assert verified(got) == json.loads(owed.payload)
    assert got.headers["Content-Type"] == "application/json"
    assert got.headers["webhook-id"] == owed.message_id
    assert got.headers["User-Agent"].startswith("AlatauPortal")
    owed.refresh_from_db()
    assert (owed.state, owed.tries, owed.response_status, owed.error) == ("delivered", 1, 204, "")
    assert owed.delivered_at
    assert owed.duration_ms is not None
    assert send() == 0


@pytest.mark.parametrize("header", ["webhook-id", "webhook-timestamp", "webhook-signature"])
def test_what_was_tampered_with_is_not_verified(receiver, owed, header):
    send()
    (got,) = receiver.got

    with pytest.raises(WebhookVerificationError):
        verified(got._replace(body=got.body.replace(b"changed", b"removed")))
    with pytest.raises(WebhookVerificationError):
        verified(got._replace(headers={**got.headers, header: "v1," + "A" * 43 + "="}))
    with pytest.raises(WebhookVerificationError):
        verified(got, "whsec_" + "B" * 44)


def test_a_new_secret_signs_beside_the_former_one_for_a_day(receiver, endpoint, office):
    now = timezone.now()
    endpoint, second = services.rotate_webhook_secret(endpoint, by=office)
    services.ping_webhook(endpoint, by=office)
    send()
    assert verified(receiver.got[-1]) == verified(receiver.got[-1], second)
    assert receiver.got[-1].headers["webhook-signature"].count("v1,") == 2

    with time_machine.travel(now + timedelta(hours=25), tick=False):
        services.ping_webhook(endpoint, by=office)
        send()
        assert verified(receiver.got[-1], second)
        with pytest.raises(WebhookVerificationError):
            verified(receiver.got[-1])

    endpoint, third = services.rotate_webhook_secret(endpoint, by=office)
    endpoint, fourth = services.rotate_webhook_secret(endpoint, by=office)
    services.ping_webhook(endpoint, by=office)
    send()
    assert verified(receiver.got[-1], third) == verified(receiver.got[-1], fourth)
    with pytest.raises(WebhookVerificationError):
        verified(receiver.got[-1], second)


def test_the_secret_is_kept_sealed_and_never_in_the_ledger(office):
    endpoint, secret = services.add_webhook(
        by=office, target="https://hook.example.kz/", watches=[{"resource": "projects"}]
    )
    endpoint, second = services.rotate_webhook_secret(endpoint, by=office)

    assert (unseal(endpoint.former_secret), unseal(endpoint.secret)) == (secret, second)
    assert len(Webhook(secret)._whsecret) == 32
    assert secret.removeprefix("whsec_") not in endpoint.former_secret
    told = str(list(Change.objects.of(endpoint).values_list("old", "new")))
    assert "former_until" in told
    for hidden in (secret, second, endpoint.secret, endpoint.former_secret):
        assert hidden not in told
    assert [change.verb for change in Change.objects.of(endpoint)] == ["add_webhook", "rotate_webhook_secret"]


def test_pauses_grow_the_message_stays_the_same_and_in_the_end_it_is_given_up(receiver, owed):
    receiver.answers = status(500, "қате".encode())
    now, pauses = timezone.now(), []
    for _ in PAUSES:
        assert send(now) == 1
        owed.refresh_from_db()
        assert (owed.state, owed.response_status, owed.error) == ("failed", 500, "қате")
        pauses.append(owed.next_try_at - now)
        assert send(owed.next_try_at - timedelta(seconds=1)) == 0
        now = owed.next_try_at
    assert send(now) == 1

    owed.refresh_from_db()
    assert (owed.state, owed.tries) == ("dead", len(PAUSES) + 1)
    assert send(now + timedelta(days=9)) == 0
    for pause, meant in zip(pauses, PAUSES, strict=True):
        assert meant * 0.9 <= pause <= meant * 1.1
    assert timedelta(days=2) < sum(PAUSES, timedelta()) < timedelta(days=4)
    assert {got.headers["webhook-id"] for got in receiver.got} == {owed.message_id}
    assert {got.body for got in receiver.got} == {owed.payload.encode()}


def test_the_pauses_of_what_failed_together_differ(receiver, endpoint):
    receiver.answers = status(503)
    now = timezone.now()
    for _ in range(5):
        WebhookDeliveryFactory(endpoint=endpoint)
        WebhookEndpoint.objects.update(quiet_until=None)
        send(now)

    assert WebhookDelivery.objects.values("next_try_at").distinct().count() == 5


def test_an_address_that_fails_is_left_alone_for_a_while_and_others_are_not(receiver, endpoint, office):
    receiver.answers = status(500)
    bad = WebhookDeliveryFactory.create_batch(3, endpoint=endpoint)
    now = timezone.now()
    assert send(now) == 1  # one tells how it is
    receiver.answers = status(204)
    WebhookDeliveryFactory(endpoint=WebhookEndpointFactory(user=office, target=receiver.url))
    assert send() == 1

    assert send(now + timedelta(minutes=2)) == len(bad)
    endpoint.refresh_from_db()
    assert (endpoint.failing_since, endpoint.quiet_until) == (None, None)
    assert Change.objects.of(endpoint).count() == 1  # how it goes is not a fact for the ledger


def test_a_host_that_says_gone_is_called_no_more_and_the_owner_is_told(receiver, endpoint, office):
    receiver.answers = status(410)
    WebhookDeliveryFactory.create_batch(2, endpoint=endpoint)

    assert send() == 1
    endpoint.refresh_from_db()
    assert endpoint.state == "gone"
    assert {one.state for one in endpoint.deliveries.all()} == {"dead"}
    assert Change.objects.of(endpoint).last().actor == "system:webhooks"
    told(office, "gone")


def test_an_address_that_fails_for_days_is_switched_off_and_the_owner_is_told(
    receiver, endpoint, owed, office
):
    receiver.answers = status(500)
    now = timezone.now()
    send(now)
    WebhookDeliveryFactory(endpoint=endpoint, next_try_at=now + timedelta(days=3, minutes=1))
    send(now + timedelta(days=3, minutes=2))

    endpoint.refresh_from_db()
    assert endpoint.state == "failing"
    assert not endpoint.deliveries.waiting().exists()
    told(office, "failing")


def told(person, why):
    while outbox.deliver_one():
        pass
    notice = Notice.objects.get(recipient=person)
    assert (notice.kind, notice.facts) == ("webhook_off", {"why": why})
    assert [message.to for message in mail.outbox] == [[person.email]]
    assert "ALT-W-" in mail.outbox[0].body


def test_of_a_programs_webhook_the_office_is_told(receiver, office):
    client = ApiClientFactory(role="executor", organisation=OrganisationFactory())
    endpoint = WebhookEndpointFactory(user=None, client=client, target=receiver.url)
    WebhookDeliveryFactory(endpoint=endpoint)
    receiver.answers = status(410)

    send()
    told(office, "gone")


@pytest.mark.parametrize(
    ("answer", "code", "said"),
    [
        (status(302, Location="http://127.0.0.1/"), 302, "redirect"),
        (status(404, b"<html>no</html>"), 404, "<html>no</html>"),
        (status(400), 400, "HTTP 400"),
        (lambda handler: None, None, "RemoteDisconnected"),
    ],
)
def test_whatever_is_not_a_success_is_tried_again(receiver, owed, answer, code, said):
    receiver.answers = answer

    assert send() == 1
    owed.refresh_from_db()
    assert (owed.state, owed.response_status) == ("failed", code)
    assert said in owed.error
    assert len(receiver.got) == 1


def test_slow_and_huge_answers_are_cut(receiver, owed, monkeypatch):
    receiver.answers = status(500, b"x" * 200_000)
    send()
    owed.refresh_from_db()
    assert owed.error == "x" * 500

    monkeypatch.setattr(outward, "TOTAL", 0.2)
    monkeypatch.setattr(outward, "CONNECT", 0.2)
    receiver.answers = lambda handler: handler.rfile.read(1)
    send(owed.next_try_at)
    owed.refresh_from_db()
    assert (owed.state, owed.response_status) == ("failed", None)
    assert "Timeout" in owed.error


def test_an_address_that_hangs_holds_up_nobody_else(receiver, owed, office, monkeypatch):
    with frozen_server() as port:
        hanging = WebhookEndpointFactory(user=office, target=f"http://127.0.0.1:{port}/hook")
        first = WebhookDeliveryFactory(endpoint=hanging, next_try_at=owed.next_try_at - timedelta(seconds=1))
        monkeypatch.setattr(outward, "TOTAL", 0.2)
        send()

    first.refresh_from_db()
    owed.refresh_from_db()
    assert (first.state, first.response_status, owed.state) == ("failed", None, "delivered")
    assert first.next_try_at > timezone.now()
