"""An enquiry comes in once, with its consent, its promise and its mail."""

from datetime import date
from uuid import uuid4

import pytest

from core.models import Notice, Outbox
from investors.models import ConsentRecord, Enquiry
from investors.services import submit_enquiry
from tests.factories import ConsentTextFactory, UserFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 30)


def sent(**facts):
    given = {
        "client_uuid": uuid4(),
        "language": "en",
        "consent": None,
        "address": "203.0.113.7",
        "today": TODAY,
        "organisation_name": "Silk Road Cold Chain",
        "country": "SG",
        "person_name": "Mei Lin",
        "email": "mei@example.org",
        "text": "We look for ten hectares with power.",
    } | facts
    given["consent"] = given["consent"] or ConsentTextFactory()
    return submit_enquiry(**given)


def test_it_is_promised_and_acknowledged():
    UserFactory()
    enquiry = sent()
    mails = list(Outbox.objects.filter(channel="mail").order_by("pk"))

    assert enquiry.promised_on == date(2026, 12, 7)
    assert enquiry.consent.language == "en"
    assert mails[0].payload["to"] == "mei@example.org"
    assert enquiry.receipt in mails[0].payload["body"]
    assert len(mails) == 2


def test_sent_twice_it_is_one():
    number, text = uuid4(), ConsentTextFactory()
    first, second = (sent(client_uuid=number, consent=text) for _ in range(2))

    assert first == second
    assert (Enquiry.objects.count(), ConsentRecord.objects.count()) == (1, 1)
    assert Outbox.objects.count() == 1
    assert not Notice.objects.exists()
