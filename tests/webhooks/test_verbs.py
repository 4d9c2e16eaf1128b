"""What people do with webhooks and their deliveries: replay, resume, remove; and what is forgotten."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.utils import timezone

from accounts import services
from accounts.models import WebhookDelivery
from accounts.services.deliveries import forget_deliveries
from core.exceptions import Conflict, Forbidden
from core.models import Change
from tests.factories import (
    UserFactory,
    WebhookDeliveryFactory,
    WebhookEndpointFactory,
)
from tests.webhooks.sending import send

pytestmark = pytest.mark.django_db


def test_what_was_given_up_is_sent_again_under_the_same_message_id(receiver, endpoint, office):
    old = WebhookDeliveryFactory(endpoint=endpoint, state="dead", tries=9)
    done = WebhookDeliveryFactory(endpoint=endpoint, state="delivered", delivered_at=timezone.now(), tries=1)
    alien = WebhookDeliveryFactory(state="dead")

    services.replay_deliveries(endpoint, by=office)
    send()
    assert [got.headers["webhook-id"] for got in receiver.got] == [old.message_id]
    old.refresh_from_db()
    assert (old.state, old.tries) == ("delivered", 1)

    services.replay_deliveries(endpoint, by=office, message=done.message_id)
    send()
    assert receiver.got[-1].headers["webhook-id"] == done.message_id
    services.replay_deliveries(endpoint, by=office, since=timezone.now() - timedelta(hours=1))
    assert send() == 2
    services.replay_deliveries(endpoint, by=office, since=timezone.now())
    assert send() == 0
    alien.refresh_from_db()
    assert alien.state == "dead"


def test_what_is_off_is_neither_tried_nor_replayed_until_it_is_resumed(receiver, endpoint, owed, office):
    endpoint = services.pause_webhook(endpoint, by=office)
    assert send() == 0
    for verb in (services.replay_deliveries, services.ping_webhook, services.pause_webhook):
        with pytest.raises(Conflict):
            verb(endpoint, by=office)

    endpoint = services.resume_webhook(endpoint, by=office)
    with pytest.raises(Conflict):
        services.resume_webhook(endpoint, by=office)
    assert send() == 1


def test_only_its_owner_and_the_office_change_a_webhook_and_an_auditor_none(
    endpoint, office, auditor, leadership
):
    own = WebhookEndpointFactory(user=leadership)
    second = UserFactory(role="office")
    for person in (auditor, leadership):
        with pytest.raises(Forbidden):
            services.pause_webhook(endpoint, by=person)
    with pytest.raises(Forbidden):
        services.add_webhook(by=auditor, target="https://a.example.kz/", watches=[{"resource": "projects"}])

    assert services.pause_webhook(own, by=leadership).state == "paused"
    assert services.resume_webhook(own, by=second).state == "active"


def test_an_owner_has_twenty_webhooks_at_the_most(office):
    WebhookEndpointFactory.create_batch(20, user=office)
    WebhookEndpointFactory()

    with pytest.raises(Conflict):
        services.add_webhook(by=office, target="https://a.example.kz/", watches=[{"resource": "projects"}])


def test_a_removed_webhook_leaves_nothing_owed_and_its_history(endpoint, owed, office):
    services.remove_webhook(endpoint, by=office)

    assert not WebhookDelivery.objects.exists()
    assert Change.objects.of(endpoint).last().verb == "remove_webhook"


def test_what_is_over_is_forgotten_after_a_month(endpoint):
    long_ago = timezone.now() - timedelta(days=31)
    WebhookDeliveryFactory(endpoint=endpoint, created_at=long_ago, state="delivered", delivered_at=long_ago)
    WebhookDeliveryFactory(endpoint=endpoint, created_at=long_ago, state="dead")
    waits = WebhookDeliveryFactory(endpoint=endpoint, created_at=long_ago, state="failed")
    new = WebhookDeliveryFactory(endpoint=endpoint, state="dead")

    assert forget_deliveries() == 2
    assert set(WebhookDelivery.objects.all()) == {waits, new}


@pytest.mark.django_db(transaction=True)
def test_eight_workers_at_once_send_each_message_once(receiver):
    endpoint = WebhookEndpointFactory(target=receiver.url)
    WebhookDeliveryFactory.create_batch(40, endpoint=endpoint)
    gate = Barrier(8)

    def work():
        gate.wait()
        send()
        connection.close()

    threads = [Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    sent = [got.headers["webhook-id"] for got in receiver.got]
    assert len(sent) == len(set(sent)) == 40
