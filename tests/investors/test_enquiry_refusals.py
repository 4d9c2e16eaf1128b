"""What the database refuses of enquiries and of consents, by name."""

from datetime import date
from uuid import uuid4

import pytest
from django.utils import timezone

from investors.models import ConsentRecord
from tests.factories import (
    ConsentRecordFactory,
    ConsentTextFactory,
    EnquiryFactory,
    InvestorFactory,
    RateCountFactory,
    enter_enquiry,
)
from tests.refusals import Wrong, parameters, refused, refuses

#: Made for tests and dated in the future (alatau-facts.md 8.3): a company's, and a number in the form of a person's.
BIN, PERSONAL = "491240900016", "061211600012"


def in_state(state):
    return lambda **facts: enter_enquiry(EnquiryFactory(**facts), state)


def agreed():
    return ConsentRecordFactory().text


def withdrawn():
    return ConsentRecordFactory(withdrawn_at=timezone.now())


def another_consent():
    return ConsentRecordFactory(text=ConsentTextFactory()).pk


def fresh(**columns):
    """A copy of a row that differs in all columns that are unique, but these."""
    made = {"receipt": "AAAA-BBBB-CCCC", "client_uuid": uuid4, "consent_id": another_consent}
    return {name: value for name, value in made.items() if name not in columns}


CASES = {
    "investors_consenttext_one_per_number": [Wrong(ConsentTextFactory, twin=("purpose", "number"))],
    "investors_consenttext_in_three_languages": [Wrong(ConsentTextFactory, {"text_en": ""})],
    "investors_consenttext_kept": [Wrong(agreed, {"text_en": "I agree to more."})],
    "investors_consentrecord_kept": [
        Wrong(ConsentRecordFactory, {"language": "kk"}),
        Wrong(withdrawn, {"withdrawn_at": None}),
    ],
    "investors_enquiry_receipt_key": [Wrong(EnquiryFactory, fresh(receipt=1), copied=True)],
    "investors_enquiry_client_uuid_key": [Wrong(EnquiryFactory, fresh(client_uuid=1), copied=True)],
    "investors_enquiry_consent_id_key": [Wrong(EnquiryFactory, fresh(consent_id=1), copied=True)],
    "investors_enquiry_receipt_shape": [
        Wrong(EnquiryFactory, fresh() | {"receipt": "OIL1-0000-000U"}, copied=True)
    ],
    "investors_enquiry_country_code": [Wrong(EnquiryFactory, {"country": "sg"})],
    "investors_enquiry_bin_of_a_company": [
        Wrong(EnquiryFactory, {"bin": "491240900017"}, given={"bin": BIN}),
        Wrong(EnquiryFactory, {"bin": PERSONAL[:4] + "0" + PERSONAL[5:]}),
    ],
    "investors_enquiry_sectors_known": [Wrong(EnquiryFactory, {"sectors": ["magic"]})],
    "investors_enquiry_needs_positive": [
        Wrong(EnquiryFactory, {"hectares": 0}),
        Wrong(EnquiryFactory, {"power_mw": -1}),
        Wrong(EnquiryFactory, {"water_m3_day": 0}),
    ],
    "investors_enquiry_whole_or_erased": [
        Wrong(EnquiryFactory, {"email": ""}),
        Wrong(EnquiryFactory, {"erased_at": timezone.now}),
    ],
    "investors_enquiry_answered_when": [Wrong(in_state("answered"), {"answered_at": None})],
    "investors_enquiry_converted_to": [Wrong(in_state("converted"), {"investor_id": None})],
    "investors_enquiry_closed_why": [Wrong(in_state("closed"), {"close_reason": ""})],
    "investors_enquiry_kept": [
        Wrong(EnquiryFactory, {"promised_on": date(2027, 1, 4)}),
        Wrong(EnquiryFactory, {"consent_id": another_consent}),
    ],
    "investors_enquiry_first_state": [Wrong(EnquiryFactory, fresh() | {"state": "triaged"}, copied=True)],
    "investors_enquiry_move_state": [
        Wrong(in_state("closed"), {"state": "new"}),
        Wrong(EnquiryFactory, {"state": "converted", "investor_id": lambda: InvestorFactory().pk}),
    ],
    "core_ratecount_once": [Wrong(RateCountFactory, twin=("scope", "who", "window_start"))],
}

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("door", "rule", "case"), parameters(CASES))
def test_the_wrong_row_is_refused_by_name(door, rule, case):
    door(rule, case)


@refuses("investors_enquiry_duplicate_of_another")
def test_an_enquiry_is_no_duplicate_of_itself():
    enquiry = EnquiryFactory()
    with refused("investors_enquiry_duplicate_of_another"):
        enquiry.duplicate_of = enquiry
        enquiry.save()


def test_the_hour_of_a_consent_is_that_of_the_database():
    record = ConsentRecordFactory(given_at=timezone.now().replace(year=2020))

    assert ConsentRecord.objects.get(pk=record.pk).given_at.year > 2020
