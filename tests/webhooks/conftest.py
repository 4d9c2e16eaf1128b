"""A receiver on this machine, and webhooks that lead to it."""

import pytest
from standardwebhooks import Webhook

from alatau_portal.jobs import deliver_webhooks
from tests.factories import SECRET, WebhookDeliveryFactory, WebhookEndpointFactory
from tests.receiver import receiving


@pytest.fixture
def receiver(settings):
    settings.OUTWARD_LOOPBACK = True
    with receiving() as one:
        yield one


@pytest.fixture
def hook(receiver):
    """hook(user, watch, …): a webhook of this person that leads to the receiver."""

    def make(owner, *watches, **facts):
        whose = {"client": owner, "user": None} if hasattr(owner, "token_hash") else {"user": owner}
        return WebhookEndpointFactory(target=receiver.url, watches=list(watches), **whose, **facts)

    return make


@pytest.fixture
def told(receiver):
    """told(): what became visible since the last time, as the receiver got it and the reference library verified it."""

    def work():
        receiver.got.clear()
        deliver_webhooks()
        return [verified(got) for got in receiver.got]

    return work


def verified(got, secret=SECRET):
    return Webhook(secret).verify(got.body, got.headers)


@pytest.fixture
def endpoint(receiver, office):
    return WebhookEndpointFactory(user=office, target=receiver.url)


@pytest.fixture
def owed(endpoint):
    return WebhookDeliveryFactory(
        endpoint=endpoint, payload='{"type":"project.changed","text":"Құрылыс — «А»"}'
    )
