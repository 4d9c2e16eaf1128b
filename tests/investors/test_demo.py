"""Invented enquiries: in every state, marked, without a mail, and taken out whole."""

import pytest
from django.utils import timezone

from core.models import Outbox
from investors.choices import EnquiryState
from investors.demo import load_enquiries, remove_enquiries
from investors.models import ConsentRecord, Enquiry, EnquiryReply
from tests.factories import ConsentTextFactory, EnquiryFactory

pytestmark = pytest.mark.django_db


def test_they_are_in_every_state_and_nobody_is_written_to(office):
    ConsentTextFactory()
    today = timezone.localdate()

    assert load_enquiries(office, today) == 6
    assert load_enquiries(office, today) == 0

    rows = Enquiry.objects.all()
    assert all(row.is_demo and row.email.endswith(".example.org") for row in rows)
    assert set(rows.values_list("state", flat=True)) == set(EnquiryState) - {EnquiryState.CONVERTED}
    assert rows.waiting().filter(promised_on__lt=today).exists()
    assert not Outbox.objects.exists()


def test_they_go_and_what_is_real_stays(office):
    ConsentTextFactory()
    load_enquiries(office, timezone.localdate())
    real = EnquiryFactory()

    assert remove_enquiries() == 6

    assert Enquiry.objects.get() == real
    assert ConsentRecord.objects.get() == real.consent
    assert not EnquiryReply.objects.exists()


def test_without_a_text_of_consent_nobody_has_asked(office):
    assert load_enquiries(office, timezone.localdate()) == 0
