"""What the database refuses of plots, what leads to them and what they are held for, by name."""

from datetime import date

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from districts.plot_choices import ALLOCATION_MOVES, AllocationState
from tests.districts.test_refusals import partial
from tests.factories import (
    SQUARE,
    DistrictFactory,
    LandPlotFactory,
    OrganisationFactory,
    PlotAllocationFactory,
    PlotUtilityFactory,
    ProjectFactory,
    SourceFactory,
    allocation_in,
)
from tests.refusals import Wrong, parameters, refused

DEMO = {"is_demo": True}
PRICE = {"price_amount": 5, "price_currency": "KZT", "price_basis": "per_ha"}
INVENTED = {
    "plot": lambda: LandPlotFactory(is_demo=True),
    "project": lambda: ProjectFactory(is_demo=True),
}
NOBODYS = {"geometry": {"type": "LineString", "coordinates": [[77.1, 43.7], [77.2, 43.7]]}}
BEFORE = DateRange(date(2024, 1, 1), date(2024, 2, 1))
JANUARY = DateRange(date(2025, 1, 1), date(2025, 2, 1))
CASES = {
    "districts_landplot_sectors_known": [Wrong(LandPlotFactory, {"sectors": ["alchemy"]})],
    "districts_landplot_area_positive": [
        Wrong(LandPlotFactory, {"area_ha": 0}),
        Wrong(LandPlotFactory, {"area_ha": -1}),
    ],
    "districts_landplot_price_complete": [
        Wrong(LandPlotFactory, {"price_amount": 5}),
        Wrong(LandPlotFactory, {"price_currency": ""}, PRICE),
        Wrong(LandPlotFactory, {"price_basis": ""}, PRICE),
        Wrong(LandPlotFactory, {"price_amount": None}, PRICE),
        Wrong(LandPlotFactory, {"price_amount": -1}, PRICE),
        Wrong(LandPlotFactory, {"price_currency": "тг."}, PRICE),
    ],
    "districts_landplot_cadastral_form": [
        Wrong(LandPlotFactory, {"cadastral_number": number})
        for number in (
            "03-045-123",
            "03:045:123:456",
            "3-045-123-456",
            "03-045-123-456789012",
            "03-045-123-4a",
        )
    ],
    "districts_landplot_cadastral_once": [
        Wrong(
            LandPlotFactory,
            {"cadastral_number": lambda: LandPlotFactory(cadastral_number="03-045-123-7").cadastral_number},
        )
    ],
    "districts_landplot_demo_apart": [
        Wrong(LandPlotFactory, {"source_id": None}),
        Wrong(LandPlotFactory, {"source_id": lambda: SourceFactory().pk}, DEMO),
        Wrong(LandPlotFactory, {"cadastral_number": "03-045-123-456"}, DEMO),
    ],
    "districts_landplot_is_demo_for_ever": [
        Wrong(LandPlotFactory, {"is_demo": True, "source_id": None}),
        Wrong(LandPlotFactory, {"is_demo": False, "source_id": lambda: SourceFactory().pk}, DEMO),
    ],
    "districts_landplot_district_id_for_ever": [
        Wrong(
            LandPlotFactory,
            {"district_id": lambda: DistrictFactory(code="green").pk},
            {"district": lambda: DistrictFactory(code="gate")},
        )
    ],
    "districts_landplot_published_with_date": [
        Wrong(LandPlotFactory, {"as_of_day": None, "as_of_precision": "unknown"}, {"visibility": "public"}),
        Wrong(LandPlotFactory, {"visibility": "investor"}, {"as_of_day": None, "as_of_precision": "unknown"}),
    ],
    "districts_landplot_has_area": [
        Wrong(LandPlotFactory, NOBODYS),
        Wrong(
            LandPlotFactory,
            {"geometry": {"type": "Point", "coordinates": [77.1, 43.7]}},
            {"geometry": SQUARE},
        ),
    ],
    "districts_landplot_in_kazakhstan": [
        Wrong(LandPlotFactory, {"geometry": {"type": "Polygon", "coordinates": rings}})
        for rings in ([[[43.7, 77.1], [43.8, 77.1], [43.8, 77.2], [43.7, 77.1]]], [], [[["77.1", "43.7"]]])
    ],
    "districts_landplot_public_in_kk_and_ru": [
        Wrong(LandPlotFactory, {"name_ru": ""}, {"visibility": "public"}),
        Wrong(LandPlotFactory, {"visibility": "public"}, {"name_kk": ""}),
    ],
    **partial(LandPlotFactory, "districts_landplot_ready_on_partial", "ready_on"),
    **partial(LandPlotFactory, "districts_landplot_as_of_partial", "as_of"),
    "districts_plotutility_once": [Wrong(PlotUtilityFactory, copied=True)],
    "districts_plotutility_capacity_not_negative": [Wrong(PlotUtilityFactory, {"capacity": -1})],
    "districts_plotutility_capacity_in_its_unit": [
        Wrong(PlotUtilityFactory, {"unit": ""}),
        Wrong(PlotUtilityFactory, {"unit": "m3_day"}),
        Wrong(PlotUtilityFactory, {"capacity": None}),
        Wrong(PlotUtilityFactory, {"utility": "rail"}),
        Wrong(PlotUtilityFactory, {"utility": "water"}),
    ],
    "districts_plotutility_none_is_nothing": [
        Wrong(PlotUtilityFactory, {"state": "none"}),
        Wrong(
            PlotUtilityFactory,
            {"state": "none"},
            {"capacity": None, "unit": "", "ready_on_day": date(2027, 1, 1), "ready_on_precision": "year"},
        ),
    ],
    **partial(PlotUtilityFactory, "districts_plotutility_ready_on_partial", "ready_on"),
    "districts_plotallocation_has_days": [
        Wrong(PlotAllocationFactory, {"during": DateRange(empty=True)}),
        Wrong(PlotAllocationFactory, {"during": DateRange(None, date(2025, 1, 1))}),
    ],
    "districts_plotallocation_for_somebody": [Wrong(PlotAllocationFactory, {"project_id": None})],
    "districts_plotallocation_basis": [Wrong(PlotAllocationFactory, {"basis": ""})],
    "districts_plotallocation_plot_id_for_ever": [
        Wrong(PlotAllocationFactory, {"plot_id": lambda: LandPlotFactory().pk})
    ],
    "districts_plotallocation_demo_apart": [
        Wrong(PlotAllocationFactory, {"project_id": lambda: ProjectFactory(is_demo=True).pk}),
        Wrong(PlotAllocationFactory, {"project_id": lambda: ProjectFactory().pk}, INVENTED),
        Wrong(PlotAllocationFactory, {"organisation_id": lambda: OrganisationFactory().pk}, INVENTED),
    ],
    "districts_plotallocation_no_overlap": [
        Wrong(PlotAllocationFactory, copied=True),
        Wrong(PlotAllocationFactory, {"during": JANUARY}, copied=True),
        Wrong(PlotAllocationFactory, {"during": DateRange(date(2024, 1, 1), date(2025, 1, 2))}, copied=True),
    ],
    "districts_plotallocation_first_state": [
        Wrong(
            PlotAllocationFactory,
            {"state": "allocated", "during": DateRange(date(2024, 1, 1), date(2024, 2, 1))},
            copied=True,
        ),
        Wrong(PlotAllocationFactory, {"state": "released"}, copied=True),
    ],
    "districts_plotallocation_move_state": [
        Wrong(lambda state=state: allocation_in(state), {"state": str(goal)})
        for state in AllocationState
        for goal in AllocationState
        if goal != state and goal not in ALLOCATION_MOVES[state]
    ],
}


@pytest.mark.django_db
@pytest.mark.parametrize(("door", "rule", "case"), parameters(CASES))
def test_the_database_refuses(door, rule, case):
    door(rule, case)


@pytest.mark.django_db
def test_what_touches_does_not_overlap():
    """The day after the last is free; what was released holds nothing."""
    plot = LandPlotFactory()
    PlotAllocationFactory(plot=plot, during=JANUARY)
    PlotAllocationFactory(plot=plot, during=DateRange(date(2025, 2, 1), date(2025, 3, 1)))
    allocation_in("released", plot=plot, during=DateRange(date(2025, 3, 1), None))
    PlotAllocationFactory(plot=plot, during=DateRange(date(2025, 3, 1), None))

    with refused("districts_plotallocation_no_overlap"):
        PlotAllocationFactory(plot=plot, during=DateRange(date(2030, 1, 1), None))
