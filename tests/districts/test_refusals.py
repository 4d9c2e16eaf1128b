"""What the database refuses of districts, projects and what is said of them, by name."""

from datetime import date

import pytest

from tests.factories import (
    ClaimFactory,
    ClaimSourceFactory,
    DistrictFactory,
    FigureFactory,
    FigureSourceFactory,
    MilestoneFactory,
    MilestoneMoveFactory,
    OrganisationFactory,
    PlaceBoundFactory,
    PlaceFactory,
    PlaceSourceFactory,
    ProjectFactory,
    ProjectPartyFactory,
    ProjectSourceFactory,
    SourceFactory,
    StageChangeFactory,
)
from tests.refusals import Wrong, parameters

LATE_DAY = date(2029, 12, 31)
CITY = {"project": None}
LEGAL_STEP = {"from_status": "preparation", "to_status": "implementation"}


def partial(factory, rule, name, **how):
    """A day that is missing, and 31 December for “2029”."""
    return {
        rule: [
            Wrong(factory, {f"{name}_day": None, f"{name}_precision": "day"}, **how),
            Wrong(factory, {f"{name}_day": LATE_DAY, f"{name}_precision": "year"}, **how),
        ]
    }


def outside(factory, rule, column):
    """Places that are no place in Kazakhstan, whatever the shape."""
    shapes = {
        "Point": [[43.7, 77.1], [0, 0], [], [77.1], ["77.1", "43.7"], [77.1, 39.9], [88.1, 43.7]],
        "LineString": [[[77.1, 43.7], [43.7, 77.1]], []],
        "Polygon": [[[[77.1, 43.7], [77.2, 43.7], [10, 43.8], [77.1, 43.7]]]],
        "MultiPolygon": [
            [[[[77.1, 43.7], [77.2, 43.7], [77.1, 43.7]]], [[[77.1, 43.7], [77.2, 93.7], [77.1, 43.7]]]]
        ],
    }
    places = [{"type": shape, "coordinates": place} for shape, given in shapes.items() for place in given]
    return {rule: [Wrong(factory, {column: place}) for place in [*places, {"type": "Point"}, {}]]}


DEMO = {"is_demo": True}
CASES = {
    "districts_project_demo_apart": [
        Wrong(ProjectFactory, {"source_id": None}),
        Wrong(ProjectFactory, {"source_id": lambda: SourceFactory().pk}, DEMO),
        Wrong(ProjectFactory, {"district_id": lambda: DistrictFactory().pk}, DEMO),
        Wrong(ProjectFactory, {"visibility": "public"}, DEMO),
        Wrong(ProjectFactory, {"visibility": "investor"}, DEMO),
    ],
    "districts_project_demo_for_ever": [
        Wrong(ProjectFactory, {"is_demo": True, "source_id": None}),
        Wrong(ProjectFactory, {"is_demo": False}, DEMO),
    ],
    "districts_district_code_known": [Wrong(DistrictFactory, {"code": "fifth"})],
    "districts_district_named": [
        Wrong(DistrictFactory, {"name_kk": ""}),
        Wrong(DistrictFactory, {"name_ru": ""}),
    ],
    **partial(DistrictFactory, "districts_district_as_of_partial", "as_of"),
    **outside(DistrictFactory, "districts_district_boundary_in_kazakhstan", "boundary"),
    **outside(PlaceFactory, "districts_place_in_kazakhstan", "geometry"),
    "districts_place_public_in_kk_and_ru": [
        Wrong(PlaceFactory, {"name_ru": ""}, given={"visibility": "public"}),
        Wrong(PlaceFactory, {"visibility": "public"}, given={"name_kk": ""}),
    ],
    "districts_place_airfield_not_public": [
        Wrong(PlaceFactory, {"visibility": "public"}, given={"kind": "airfield"}),
        Wrong(PlaceFactory, {"kind": "airfield"}, given={"visibility": "public"}),
    ],
    "districts_placebound_once": [Wrong(PlaceBoundFactory, twin=("place_id", "district_id"))],
    "districts_placesource_once": [Wrong(PlaceSourceFactory, twin=("place_id", "source_id"))],
    "districts_project_kind_known": [Wrong(ProjectFactory, {"kind": "dream"})],
    "districts_project_sectors_known": [Wrong(ProjectFactory, {"sectors": ["energy", "magic"]})],
    "districts_project_suspended_with_reason": [Wrong(ProjectFactory, {"suspended_since": date(2026, 1, 1)})],
    **outside(ProjectFactory, "districts_project_in_kazakhstan", "geometry"),
    "districts_project_public_in_kk_and_ru": [
        Wrong(ProjectFactory, {"name_ru": ""}, given={"visibility": "public"}),
        Wrong(ProjectFactory, {"visibility": "public"}, given={"name_kk": ""}),
    ],
    "districts_projectsource_once": [Wrong(ProjectSourceFactory, twin=("project_id", "source_id"))],
    "districts_projectparty_role_known": [Wrong(ProjectPartyFactory, {"role": "friend"})],
    "districts_projectparty_share_percent": [
        Wrong(ProjectPartyFactory, {"share": -1}),
        Wrong(ProjectPartyFactory, {"share": 101}, given={"until": date(2026, 1, 1)}),
    ],
    "districts_projectparty_until_after_since": [
        Wrong(ProjectPartyFactory, {"until": date(2025, 1, 1)}, given={"since": date(2026, 1, 1)})
    ],
    "districts_projectparty_one_live_authority": [
        Wrong(ProjectPartyFactory, twin=("project_id",), given={"role": "public_authority"})
    ],
    "districts_projectparty_one_live_role": [
        Wrong(ProjectPartyFactory, twin=("project_id", "organisation_id"))
    ],
    "districts_stagechange_basis": [Wrong(StageChangeFactory, LEGAL_STEP | {"basis": ""}, copied=True)],
    "districts_stagechange_on_partial": [
        Wrong(StageChangeFactory, LEGAL_STEP | {"on_precision": "day"}, copied=True),
        Wrong(StageChangeFactory, LEGAL_STEP | {"on_day": LATE_DAY, "on_precision": "year"}, copied=True),
    ],
    "districts_milestone_one_per_code": [Wrong(MilestoneFactory, twin=("project_id", "code"))],
    "districts_milestone_status_known": [Wrong(MilestoneFactory, {"status": "soon"})],
    "districts_milestone_met_with_date": [
        Wrong(MilestoneFactory, {"status": "met"}),
        Wrong(MilestoneFactory, {"met_day": date(2026, 1, 1), "met_precision": "day"}),
    ],
    **partial(MilestoneFactory, "districts_milestone_baseline_partial", "baseline"),
    **partial(MilestoneFactory, "districts_milestone_forecast_partial", "forecast"),
    **partial(MilestoneFactory, "districts_milestone_met_partial", "met"),
    **partial(MilestoneFactory, "districts_milestone_as_of_partial", "as_of"),
    "districts_milestonemove_reason_known": [Wrong(MilestoneMoveFactory, {"reason": "weather"}, copied=True)],
    **partial(MilestoneMoveFactory, "districts_milestonemove_old_partial", "old", copied=True),
    **partial(MilestoneMoveFactory, "districts_milestonemove_new_partial", "new", copied=True),
    "districts_figure_one_chosen": [
        Wrong(FigureFactory, twin=("project_id",), given={"chosen": True}),
        Wrong(
            FigureFactory, twin=("district_id",), given={"chosen": True, "district": DistrictFactory} | CITY
        ),
    ],
    "districts_figure_published_with_source_and_date": [
        Wrong(FigureFactory, {"visibility": "public"}, given={"source": None}),
        Wrong(FigureFactory, {"visibility": "investor"}, given={"source": None}),
        Wrong(
            FigureFactory, {"visibility": "public"}, given={"as_of_day": None, "as_of_precision": "unknown"}
        ),
        Wrong(FigureFactory, {"source_id": None}, given={"visibility": "public"}),
    ],
    "districts_figure_has_value": [Wrong(FigureFactory, {"value": None})],
    "districts_figure_range_upwards": [Wrong(FigureFactory, {"value_max": 20}, given={"value": 20})],
    "districts_figure_money_with_currency": [
        Wrong(FigureFactory, {"unit": "money"}),
        Wrong(FigureFactory, {"unit": "money", "currency": "usd"}),
        Wrong(FigureFactory, {"currency": "USD"}),
    ],
    "districts_figure_qualifier_known": [Wrong(FigureFactory, {"qualifier": "maybe"})],
    **partial(FigureFactory, "districts_figure_as_of_partial", "as_of"),
    "districts_figuresource_once": [Wrong(FigureSourceFactory, twin=("figure_id", "source_id"))],
    "districts_claim_one_chosen": [
        Wrong(ClaimFactory, twin=("project_id",), given={"chosen": True}),
        Wrong(
            ClaimFactory, twin=("district_id",), given={"chosen": True, "district": DistrictFactory} | CITY
        ),
        Wrong(
            ClaimFactory,
            twin=("organisation_id",),
            given={"chosen": True, "organisation": OrganisationFactory} | CITY,
        ),
    ],
    "districts_claim_says_something": [Wrong(ClaimFactory, {"text_kk": "", "text_ru": ""})],
    "districts_claim_published_with_source_and_date": [
        Wrong(ClaimFactory, {"visibility": "public"}, given={"source": None}),
        Wrong(
            ClaimFactory, {"visibility": "investor"}, given={"as_of_day": None, "as_of_precision": "unknown"}
        ),
    ],
    **partial(ClaimFactory, "districts_claim_as_of_partial", "as_of"),
    "districts_claimsource_once": [Wrong(ClaimSourceFactory, twin=("claim_id", "source_id"))],
}


@pytest.mark.django_db
@pytest.mark.parametrize(("door", "rule", "case"), parameters(CASES))
def test_the_wrong_row_is_refused_by_name(door, rule, case):
    door(rule, case)
