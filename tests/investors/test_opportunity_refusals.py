"""What the database refuses of opportunities, by name."""

import pytest

from investors.choices import OPPORTUNITY_MOVES, OpportunityState
from tests.districts.test_refusals import partial
from tests.factories import (
    DistrictFactory,
    LandPlotFactory,
    OpportunityFactory,
    OpportunityPlotFactory,
    SourceFactory,
    opportunity_in,
)
from tests.refusals import Wrong, parameters

DEMO = {"is_demo": True}
UNDATED = {"as_of_day": None, "as_of_precision": "unknown"}


def opened(**facts):
    return opportunity_in("open", **facts)


CASES = {
    "investors_opportunity_sectors_known": [Wrong(OpportunityFactory, {"sectors": ["alchemy"]})],
    "investors_opportunity_open_is_seen": [
        Wrong(opened, {"visibility": "internal"}),
        Wrong(OpportunityFactory, {"state": "open"}),
    ],
    "investors_opportunity_demo_apart": [
        Wrong(OpportunityFactory, {"source_id": None}),
        Wrong(OpportunityFactory, {"source_id": lambda: SourceFactory().pk}, DEMO),
    ],
    "investors_opportunity_is_demo_for_ever": [
        Wrong(OpportunityFactory, {"is_demo": True, "source_id": None}),
        Wrong(OpportunityFactory, {"is_demo": False, "source_id": lambda: SourceFactory().pk}, DEMO),
    ],
    "investors_opportunity_district_id_for_ever": [
        Wrong(
            OpportunityFactory,
            {"district_id": lambda: DistrictFactory(code="green").pk},
            {"district": lambda: DistrictFactory(code="gate")},
        )
    ],
    "investors_opportunity_published_with_date": [
        Wrong(OpportunityFactory, UNDATED, {"visibility": "public"}),
        Wrong(OpportunityFactory, {"visibility": "investor"}, UNDATED),
    ],
    "investors_opportunity_public_in_kk_and_ru": [
        Wrong(OpportunityFactory, {"name_kk": ""}, {"visibility": "public"}),
        Wrong(OpportunityFactory, {"visibility": "public"}, {"name_ru": ""}),
    ],
    **partial(OpportunityFactory, "investors_opportunity_as_of_partial", "as_of"),
    "investors_opportunity_first_state": [
        Wrong(OpportunityFactory, {"state": str(state)}, {"visibility": "public"}, copied=True)
        for state in OpportunityState
        if state != OpportunityState.DRAFT
    ],
    "investors_opportunity_move_state": [
        Wrong(lambda state=state: opportunity_in(state), {"state": str(goal)})
        for state in OpportunityState
        for goal in OpportunityState
        if goal != state and goal not in OPPORTUNITY_MOVES[state]
    ],
    "investors_opportunityplot_once": [Wrong(OpportunityPlotFactory, copied=True)],
    "investors_opportunityplot_in_its_district": [
        Wrong(
            OpportunityPlotFactory,
            {"plot_id": lambda: LandPlotFactory(district=DistrictFactory(code="green")).pk},
            {"opportunity": lambda: OpportunityFactory(district=DistrictFactory(code="gate"))},
        )
    ],
    "investors_opportunityplot_demo_apart": [
        Wrong(
            OpportunityPlotFactory,
            {"plot_id": lambda: LandPlotFactory(is_demo=True, district=DistrictFactory(code="gate")).pk},
            {"opportunity": lambda: OpportunityFactory(district=DistrictFactory(code="gate"))},
        )
    ],
}


@pytest.mark.django_db
@pytest.mark.parametrize(("door", "rule", "case"), parameters(CASES))
def test_the_database_refuses(door, rule, case):
    door(rule, case)
