"""What the database refuses of investors and talks, by name."""

from datetime import date

import pytest

from tests.factories import InvestorFactory, TalkFactory
from tests.refusals import Wrong, parameters

CASES = {
    "investors_investor_organisation_id_key": [Wrong(InvestorFactory, twin=("organisation_id",))],
    "investors_investor_stage_known": [Wrong(InvestorFactory, {"stage": "dreaming"})],
    "investors_investor_sectors_known": [Wrong(InvestorFactory, {"sectors": ["energy", "magic"]})],
    "investors_investor_as_of_partial": [Wrong(InvestorFactory, {"as_of_day": None})],
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
