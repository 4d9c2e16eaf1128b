"""Investors, talks and enquiries."""

from datetime import date
from uuid import uuid4

from django.utils import timezone
from factory import LazyFunction, Sequence, SubFactory
from factory.django import DjangoModelFactory

from core.choices import Confidence
from investors.choices import ENQUIRY_MOVES, ConsentPurpose, EnquiryState, InvestorStage
from investors.models import (
    ConsentRecord,
    ConsentText,
    Contact,
    Enquiry,
    EnquiryFile,
    EnquiryReply,
    Investor,
    Talk,
)
from investors.receipts import new_receipt
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.factories.core import SourceFactory
from tests.factories.values import dated, way


class InvestorFactory(DjangoModelFactory):
    organisation = SubFactory(OrganisationFactory)
    stage = InvestorStage.IN_TALKS
    source = SubFactory(SourceFactory)
    confidence = Confidence.HIGH
    locals().update(dated("as_of"))

    class Meta:
        model = Investor


class TalkFactory(DjangoModelFactory):
    organisation = SubFactory(OrganisationFactory)
    subject_kk, subject_ru = "Логистика", "Логистика"
    source = SubFactory(SourceFactory)
    locals().update(dated("held"))

    class Meta:
        model = Talk


class ConsentTextFactory(DjangoModelFactory):
    purpose = ConsentPurpose.ENQUIRY
    number = Sequence(lambda n: n + 1001)  # those that the portal is loaded with have the first
    text_kk, text_ru, text_en = "Келісемін.", "Согласен.", "I agree."
    in_force_from = date(2025, 1, 1)

    class Meta:
        model = ConsentText


class ConsentRecordFactory(DjangoModelFactory):
    text = SubFactory(ConsentTextFactory)
    language = "en"

    class Meta:
        model = ConsentRecord


class EnquiryFactory(DjangoModelFactory):
    """As it came in. To another state it goes by `enter_enquiry`."""

    receipt = LazyFunction(new_receipt)
    client_uuid = LazyFunction(uuid4)
    language = "en"
    organisation_name = Sequence(lambda n: f"Silk Road Cold Chain {n}")
    country = "SG"
    person_name = "Mei Lin"
    position = "Director"
    email = Sequence(lambda n: f"mei{n}@example.org")
    domain = "example.org"
    text = "We look for ten hectares with power."
    consent = SubFactory(ConsentRecordFactory)
    promised_on = date(2026, 12, 7)

    class Meta:
        model = Enquiry


class EnquiryReplyFactory(DjangoModelFactory):
    enquiry = SubFactory(EnquiryFactory)
    text = "Thank you: we have two such plots."
    language = "en"
    by = SubFactory(UserFactory)

    class Meta:
        model = EnquiryReply


class ContactFactory(DjangoModelFactory):
    investor = SubFactory(InvestorFactory)
    person_name = "Mei Lin"
    position = "Director"
    email = Sequence(lambda n: f"contact{n}@example.org")
    language = "en"
    retention_until = date(2027, 11, 29)

    class Meta:
        model = Contact


class EnquiryFileFactory(DjangoModelFactory):
    client_uuid = LazyFunction(uuid4)
    name = "plan.txt"
    content = b"Our plan"

    class Meta:
        model = EnquiryFile


def enter_enquiry(enquiry: Enquiry, state: str) -> Enquiry:
    """Take it there by the moves that lead there, with what each state needs."""
    for step in way(ENQUIRY_MOVES, [enquiry.state], state)[1:]:
        enquiry.state = step
        if step == EnquiryState.ANSWERED:
            enquiry.answered_at = timezone.now()
        if step == EnquiryState.CONVERTED:
            enquiry.investor = enquiry.investor or InvestorFactory()
        if step == EnquiryState.CLOSED:
            enquiry.close_reason = enquiry.close_reason or "Answered in full."
        enquiry.save()
    return enquiry
