"""Plots and opportunities in the API: what is told, to whom, and how it is found."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.api.conftest import PRICE
from tests.factories import (
    SQUARE,
    DistrictFactory,
    LandPlotFactory,
    OpportunityFactory,
    OpportunityPlotFactory,
    OrganisationFactory,
    PlotAllocationFactory,
    PlotUtilityFactory,
    ProjectFactory,
    UserFactory,
    allocation_in,
    opportunity_in,
)

pytestmark = pytest.mark.django_db
SHOWN = {"visibility": "public"}
PLOTS, OPPORTUNITIES = "/api/v1/plots/", "/api/v1/opportunities/"


def ids(page):
    return [row["public_id"] for row in page["results"]]


def test_a_plot_is_told_with_what_leads_to_it(get):
    plot = LandPlotFactory(geometry=SQUARE, ready_on="2027 autumn", tenure="lease", **PRICE, **SHOWN)
    PlotUtilityFactory(plot=plot, ready_on="2027", distance_m=300)

    row = get(f"{PLOTS}{plot.public_id}/")

    assert row["price"] == {"amount": "1500000.00", "currency": "KZT"}
    assert (row["area_ha"], row["price_basis"], row["tenure"]) == ("12", "per_ha_year", "lease")
    assert (row["ready_on"], row["as_of"], row["cadastral_number"]) == ("2027-23", "2025-09-29", None)
    assert (row["availability"], row["allocations"], row["demo"]) == ("free", [], False)
    assert row["utilities"] == [
        {
            "utility": "power",
            "state": "ready",
            "capacity": "5",
            "unit": "mw",
            "distance_m": 300,
            "ready_on": "2027",
            "source": None,
        }
    ]


def test_what_is_not_known_is_null(get):
    plot = LandPlotFactory(area_ha=None, **SHOWN)

    row = get(f"{PLOTS}{plot.public_id}/")

    for name in ("area_ha", "category", "tenure", "price", "price_basis", "zone", "geometry", "ready_on"):
        assert row[name] is None, name


def test_others_learn_that_a_plot_is_held_and_not_for_whom(get, office):
    secret = ProjectFactory(name_en="Secret works")
    plot = PlotAllocationFactory(plot=LandPlotFactory(**SHOWN), project=secret).plot
    known = allocation_in("allocated", plot=LandPlotFactory(**SHOWN), project=ProjectFactory(**SHOWN))
    company = OrganisationFactory(name_en="Hidden partners")
    hers = PlotAllocationFactory(plot=LandPlotFactory(), project=None, organisation=company)

    told = {row["public_id"]: row for row in get(PLOTS)["results"]}
    assert (told[plot.public_id]["availability"], told[plot.public_id]["allocations"]) == ("reserved", [])
    assert told[known.plot.public_id]["allocations"][0]["project"]["public_id"] == known.project.public_id
    assert hers.plot.public_id not in told
    everything = str(get(PLOTS))
    assert "Secret works" not in everything and "Hidden partners" not in everything
    own = get(f"{PLOTS}{hers.plot.public_id}/", UserFactory(role="investor", organisation=company))
    assert (own["availability"], own["allocations"][0]["state"]) == ("reserved", "reserved")
    seen = get(f"{PLOTS}{plot.public_id}/", office)
    assert seen["allocations"][0]["project"]["name"]["en"] == "Secret works"


def test_plots_are_found_by_what_is_needed(get):
    gate, green = DistrictFactory(code="gate"), DistrictFactory(code="green")
    large = LandPlotFactory(
        district=gate, area_ha=50, tenure="either", sectors=["transport.rail"], ready_on="2027", **SHOWN
    )
    PlotUtilityFactory(plot=large, capacity=20)
    PlotUtilityFactory(plot=large, utility="water", capacity=900, unit="m3_day")
    PlotUtilityFactory(plot=large, utility="rail", capacity=None, unit="", state="planned")
    small = LandPlotFactory(district=green, area_ha=3, tenure="sale", ready_on="2025-05", **SHOWN)
    PlotUtilityFactory(plot=small, capacity=None, unit="", state="none")
    PlotAllocationFactory(plot=small)
    unknown = LandPlotFactory(
        district=green, area_ha=None, is_demo=True, name_en="Sample: by the lake", **SHOWN
    )
    found = {
        "district=gate": [large],
        "sector=transport": [large],
        "availability=free": [large, unknown],
        "availability=reserved": [small],
        "availability=allocated": [],
        "tenure=lease": [large],
        "tenure=sale": [large, small],
        "area_min=10": [large],
        "area_max=10": [small],
        "area_min=3&area_max=50": [large, small],
        "power_min=19.5": [large],
        "power_min=21": [],
        "water_min=900": [large],
        "rail=true": [large],
        "rail=false": [small, unknown],
        "ready_by=2026-01-01": [small],
        "ready_by=2027-12-31": [large, small],
        "demo=true": [unknown],
        "demo=false": [large, small],
        "q=lake sample": [unknown],
        f"q={small.public_id}": [small],
    }

    for query, rows in found.items():
        asked = dict(part.split("=") for part in query.split("&"))
        assert ids(get(PLOTS, **asked)) == [row.public_id for row in rows], query


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("area_min=-1", "area_min"),
        ("power_min=NaN", "power_min"),
        ("area_max=much", "area_max"),
        ("availability=sold", "availability"),
        ("ready_by=soon", "ready_by"),
        ("rail=maybe", "rail"),
        ("nonsense=1", "nonsense"),
    ],
)
def test_what_means_nothing_is_named(api, query, name):
    answer = api().get(f"{PLOTS}?{query}")

    assert answer.status_code == 400
    assert name in str(answer.json()["errors"])


def test_orders(get):
    small, large = (LandPlotFactory(area_ha=area, **SHOWN) for area in (1, 9))

    assert ids(get(PLOTS, ordering="area")) == [small.public_id, large.public_id]
    assert ids(get(PLOTS, ordering="-area")) == [large.public_id, small.public_id]


def test_files_hold_the_same_and_no_more(api):
    secret = PlotAllocationFactory(
        plot=LandPlotFactory(**SHOWN), project=ProjectFactory(name_en="Secret works")
    )
    hidden = LandPlotFactory(name_en="Hidden plot")

    table = b"".join(api().get("/api/v1/plots.csv").streaming_content).decode()
    features = b"".join(api().get("/api/v1/plots.geojson").streaming_content).decode()

    (row,) = csv.DictReader(io.StringIO(table))
    assert (row["public_id"], row["availability"]) == (secret.plot.public_id, "reserved")
    for text in (table, features):
        assert "Secret works" not in text and hidden.name.en not in text


def test_an_opportunity_is_told_with_its_plots(get, office):
    row = opportunity_in("open", closes_on=timezone.localdate())
    shown = OpportunityPlotFactory(opportunity=row, plot=LandPlotFactory(district=row.district, **SHOWN)).plot
    hidden = OpportunityPlotFactory(opportunity=row).plot

    told = get(f"{OPPORTUNITIES}{row.public_id}/")

    assert [plot["public_id"] for plot in told["plots"]] == [shown.public_id]
    assert (told["state"], told["plots"][0]["availability"]) == ("open", "free")
    assert len(get(f"{OPPORTUNITIES}{row.public_id}/", office)["plots"]) == 2
    assert ids(get(OPPORTUNITIES, plot=shown.public_id)) == [row.public_id]
    assert ids(get(OPPORTUNITIES, plot=hidden.public_id)) == []


def test_opportunities_are_found_by_state_and_day(get):
    today = timezone.localdate()
    open_, late = opportunity_in("open"), opportunity_in("open", closes_on=today - timedelta(days=1))
    closed = opportunity_in("closed", is_demo=True)
    OpportunityFactory(**SHOWN)

    assert ids(get(OPPORTUNITIES)) == [open_.public_id, late.public_id, closed.public_id]
    assert ids(get(OPPORTUNITIES, state="closed", demo="true")) == [closed.public_id]
    assert ids(get(OPPORTUNITIES, state="draft")) == []
    assert ids(get(OPPORTUNITIES, taking_answers="true")) == [open_.public_id]
    assert ids(get(OPPORTUNITIES, taking_answers="false")) == [late.public_id, closed.public_id]


@pytest.mark.parametrize("address", [PLOTS, OPPORTUNITIES])
def test_more_rows_cost_no_more_queries(api, address):
    costs = []
    for _ in range(2):
        row = opportunity_in("open")
        plot = LandPlotFactory(district=row.district, **SHOWN)
        OpportunityPlotFactory(opportunity=row, plot=plot)
        PlotUtilityFactory(plot=plot)
        allocation_in(
            "allocated", plot=plot, project=ProjectFactory(**SHOWN), organisation=OrganisationFactory(**SHOWN)
        )
        with CaptureQueriesContext(connection) as queries:
            assert api().get(address).status_code == 200
        costs.append(len(queries))

    assert costs[0] == costs[1] <= 8


def test_how_it_stood(get, office):
    past = timezone.localdate() - timedelta(days=30)
    plot = LandPlotFactory(**SHOWN)
    PlotAllocationFactory(plot=plot, during=DateRange(past, timezone.localdate()))

    assert get(f"{PLOTS}{plot.public_id}/", office)["availability"] == "free"
