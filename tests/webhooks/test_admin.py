"""Webhooks in the admin: the office reads how it went, tries, pauses and sends again; an auditor looks."""

import pytest

from accounts import services
from core.models import Change
from tests.admin.conftest import browse
from tests.admin.rows import address
from tests.factories import UserFactory, WebhookDeliveryFactory, WebhookEndpointFactory

__all__ = ["browse"]

pytestmark = pytest.mark.django_db

WATCHES = [{"resource": "projects", "field": "status", "to": "completion"}, {"resource": "instructions"}]


@pytest.fixture
def endpoint():
    return WebhookEndpointFactory(user=UserFactory(role="leadership"), watches=WATCHES)


def test_the_office_reads_how_it_went_and_sends_again(browse, office, endpoint):
    dead = WebhookDeliveryFactory(endpoint=endpoint, state="dead", error="HTTP 500", object_id="ALT-P-0017")
    client = browse(office)

    page = client.get(address("accounts.WebhookEndpoint", "change", endpoint.pk)).content.decode()
    assert "projects: status, … → &quot;completion&quot;" in page
    listed = client.get(address("accounts.WebhookDelivery", "changelist")).content.decode()
    assert "ALT-P-0017" in listed
    assert "HTTP 500" in client.get(address("accounts.WebhookDelivery", "change", dead.pk)).content.decode()

    assert client.post(f"/admin/accounts/webhookdelivery/{dead.pk}/replay/").status_code == 302
    dead.refresh_from_db()
    assert dead.state == "pending"


@pytest.mark.parametrize(("name", "state"), [("pause", "paused"), ("test", "active"), ("replay", "active")])
def test_the_verbs_are_the_services(browse, office, endpoint, name, state):
    WebhookDeliveryFactory(endpoint=endpoint, state="dead")

    answer = browse(office).post(f"/admin/accounts/webhookendpoint/{endpoint.pk}/{name}/")
    assert answer.status_code == 302
    endpoint.refresh_from_db()
    assert endpoint.state == state
    assert endpoint.deliveries.waiting().count() == {"pause": 0, "test": 1, "replay": 1}[name]


def test_what_a_service_refuses_stands_on_the_page(browse, office, endpoint):
    services.pause_webhook(endpoint, by=office)
    before = Change.objects.count()

    answer = browse(office).post(f"/admin/accounts/webhookendpoint/{endpoint.pk}/pause/")
    assert answer.status_code == 200
    assert Change.objects.count() == before
    assert browse(office).post(f"/admin/accounts/webhookendpoint/{endpoint.pk}/resume/").status_code == 302


def test_an_auditor_looks(browse, auditor, endpoint):
    delivery = WebhookDeliveryFactory(endpoint=endpoint)
    client = browse(auditor)

    for model, row in (("webhookendpoint", endpoint), ("webhookdelivery", delivery)):
        page = client.get(f"/admin/accounts/{model}/{row.pk}/change/")
        assert page.status_code == 200
        assert "/replay/" not in page.content.decode()
        assert client.post(f"/admin/accounts/{model}/{row.pk}/replay/").status_code == 403
