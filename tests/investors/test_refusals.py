"""What the database refuses of investors, their contacts and talks, by name."""

from datetime import date

import pytest
from django.utils import timezone

from tests.factories import ContactFactory, InvestorFactory, TalkFactory
from tests.refusals import Wrong, parameters

CASES = {
    "investors_investor_organisation_id_key": [Wrong(InvestorFactory, twin=("organisation_id",))],
    "investors_investor_stage_known": [Wrong(InvestorFactory, {"stage": "dreaming"})],
    "investors_investor_sectors_known": [Wrong(InvestorFactory, {"sectors": ["energy", "magic"]})],
    "investors_investor_as_of_partial": [Wrong(InvestorFactory, {"as_of_day": None})],
    "investors_investor_published_with_source": [
        Wrong(InvestorFactory, {"visibility": "public"}, given={"source": None}),
        Wrong(InvestorFactory, {"source_id": None}, given={"visibility": "investor"}),
    ],
    "investors_investor_needs_something": [
        Wrong(InvestorFactory, {"needs_hectares": 0}),
        Wrong(InvestorFactory, {"needs_mw": -1}),
        Wrong(InvestorFactory, {"needs_water": 0}),
    ],
    "investors_contact_named_until_erased": [
        Wrong(ContactFactory, {"person_name": ""}),
        Wrong(ContactFactory, {"erased_at": timezone.now}),
    ],
    "investors_contact_can_be_reached": [Wrong(ContactFactory, {"email": ""})],
    "investors_contact_one_per_email": [Wrong(ContactFactory, twin=("investor_id", "email"))],
    "investors_talk_held_partial": [
        Wrong(TalkFactory, {"held_day": date(2029, 12, 31), "held_precision": "year"})
    ],
    "investors_talk_public_in_kk_and_ru": [
        Wrong(TalkFactory, {"subject_kk": ""}, given={"visibility": "public"}),
        Wrong(TalkFactory, {"visibility": "public"}, given={"subject_ru": ""}),
    ],
}


@pytest.mark.django_db
@pytest.mark.parametrize(("door", "rule", "case"), parameters(CASES))
def test_the_wrong_row_is_refused_by_name(door, rule, case):
    door(rule, case)
