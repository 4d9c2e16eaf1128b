"""The pages for investors: plots beside their map, what is said of one, and what nobody may learn."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    SQUARE,
    DistrictFactory,
    OpportunityPlotFactory,
    OrganisationFactory,
    ProjectFactory,
    UserFactory,
    allocation_in,
    opportunity_in,
)
from tests.factories.values import dated
from tests.pages.plots import INVEST, cards, plot, supplied, words

pytestmark = pytest.mark.django_db


def test_the_list_and_its_map_show_the_same_plots(client, read):
    gate, green = DistrictFactory(code="gate"), DistrictFactory(code="green")
    shown = plot("Here", district=gate, area_ha=30, geometry=SQUARE)
    plot("There", district=green, geometry=SQUARE)
    plot("Hidden", district=gate, geometry=SQUARE, visibility="internal")

    text = read(INVEST, None)
    assert cards(text) == ["Here", "There"]
    assert text.count('class="spot"') == 2
    assert 'data-map="/en/invest/plots.geojson"' in text

    filtered = client.get(INVEST, {"district": "gate", "area_min": "20"}).content.decode()
    assert cards(filtered) == ["Here"]
    assert 'data-map="/en/invest/plots.geojson?district=gate&amp;area_min=20"' in filtered
    told = client.get("/en/invest/plots.geojson", {"district": "gate", "area_min": "20"}).json()
    (feature,) = told["features"]
    assert feature["id"] == shown.public_id
    assert feature["properties"] == {
        "number": 1,
        "id": shown.public_id,
        "name": "Here",
        "district": "gate",
        "availability": "free",
        "availability_word": "free",
        "area_ha": 30.0,
        "url": f"/en/invest/plots/{shown.public_id}/",
        "schematic": True,
        "demo": False,
    }


def test_the_map_is_geojson_with_what_lies_beneath_the_plots(city, client):
    answer = client.get("/ru/invest/plots.geojson")

    assert answer["Content-Type"] == "application/geo+json; charset=utf-8"
    told = answer.json()
    assert told["features"] == []
    kinds = {one["properties"].get("kind") for one in told["around"]["features"]}
    assert {"district", "road", "river"} <= kinds
    assert "airfield" not in kinds


@pytest.mark.parametrize("address", ["", "plots.geojson"])
def test_a_filter_without_sense_is_refused_and_finds_nothing(client, address):
    plot()

    answer = client.get(INVEST + address, {"area_min": "much"})

    assert answer.status_code == 400
    assert b"ALT-L-" not in answer.content


def test_where_no_real_plot_is_published_the_page_says_so_and_how_to_ask(read):
    DistrictFactory(code="gate")
    text = read(INVEST)
    assert "No real plot is published yet" in words(text)
    assert "No plot is published yet" in words(text)
    assert "/invest/enquiry/" in text
    assert 'href="/en/districts/gate/"' in text.split("none-yet")[1]

    plot("Invented", is_demo=True)
    told = words(read(INVEST))
    assert "No real plot is published yet" in told
    assert "invented, for trying out" in told

    plot("Real")
    assert "No real plot is published yet" not in words(read(INVEST))


def test_a_plot_tells_all_that_is_published_of_it(read):
    row = plot(
        "Wanted", area_ha="35.5", purpose_en="warehouses", sectors=["transport.rail"], tenure="lease",
        category="industrial", zone="P-2", cadastral_number="03-045-123-456", price_amount=12_000_000,
        price_currency="KZT", price_basis="per_ha", **dated("ready_on", date(2027, 5, 1)),
    )  # fmt: skip
    supplied(row)
    supplied(
        row, "water", "planned", 1500, "m3_day", ready_on_day=date(2028, 1, 1), ready_on_precision="year"
    )
    supplied(row, "rail", "none", None, "", distance_m=1200)
    OpportunityPlotFactory(
        plot=row, opportunity=opportunity_in("open", district=row.district, name_en="Offered")
    )

    told = words(read(f"{INVEST}plots/{row.public_id}/"))

    for said in (
        "35.5 ha", "warehouses", "Rail transport", "Lease", "P-2", "03-045-123-456", "per hectare", "1 May 2027",
        "40 MW", "1,500 m³ a day", "2028", "1,200 m", "Offered", "Free", row.source.publisher,
    ):  # fmt: skip
        assert said in told.replace("\xa0", " "), said


def test_of_an_empty_plot_everything_is_said_to_be_unknown(read):
    row = plot(area_ha=None)

    told = words(read(f"{INVEST}plots/{row.public_id}/"))

    assert told.count("not published") >= 15
    assert "Where exactly the plot lies is not published" in told


def test_that_a_plot_is_held_is_told_but_not_for_whom(read, office):
    secret = OrganisationFactory(name_en="Secret Holding")
    known = ProjectFactory(name_en="Known project", visibility="public")
    reserved, allocated = plot("Reserved"), plot("Allocated")
    allocation_in("reserved", plot=reserved, project=None, organisation=secret)
    allocation_in("allocated", plot=allocated, project=known)

    told = read(f"{INVEST}plots/{reserved.public_id}/")
    assert "Reserved" in told
    assert "Secret Holding" not in told
    assert "Known project" in read(f"{INVEST}plots/{allocated.public_id}/")
    assert "Secret Holding" in read(f"{INVEST}plots/{reserved.public_id}/", office)


@pytest.mark.parametrize("address", ["plots/{plot}/", "opportunities/{opportunity}/"])
def test_what_is_hidden_and_what_never_was_answer_alike(client, office, address):
    hidden = {"plot": plot(visibility="internal").public_id, "opportunity": opportunity_in("draft").public_id}
    absent = {"plot": "ALT-L-9999", "opportunity": "ALT-O-9999"}

    there, gone = client.get(INVEST + address.format(**hidden)), client.get(INVEST + address.format(**absent))

    assert (there.status_code, gone.status_code) == (404, 404)
    for name in hidden:
        there.content = there.content.replace(hidden[name].encode(), b"")
        gone.content = gone.content.replace(absent[name].encode(), b"")
    assert there.content == gone.content
    client.force_login(office)
    assert client.get(INVEST + address.format(**hidden)).status_code == 200


def test_hidden_plots_are_in_no_list_no_count_and_on_no_map(client):
    offer = opportunity_in("open", name_en="Offer")
    OpportunityPlotFactory(
        opportunity=offer,
        plot=plot("Canary", district=offer.district, visibility="internal", geometry=SQUARE),
    )
    draft = opportunity_in("draft", name_en="Canary draft")
    canary = OpportunityPlotFactory(
        opportunity=offer, plot__name_en="x", plot__visibility="internal"
    ).plot.public_id

    for address in (
        "", "plots.geojson", "opportunities/", f"opportunities/{offer.public_id}/", "match/?hectares=1",
        f"compare/?plot={canary}", f"shortlist/?plot={canary}", "?q=canary", "opportunities/?q=canary",
    ):  # fmt: skip
        text = re.sub(rf"plot(=|%3D){canary}", "", client.get(INVEST + address).content.decode())
        assert "Canary" not in text, address
        assert canary not in text, address
        assert draft.public_id not in text, address


def test_what_is_offered_is_listed_with_its_plots(client, read):
    offer = opportunity_in(
        "open", name_en="Hub", offered_en="A plot with power", sought_en="An operator", sectors=["transport"],
        closes_on=date(2031, 6, 1),
    )  # fmt: skip
    OpportunityPlotFactory(opportunity=offer, plot=plot("Ground", district=offer.district, geometry=SQUARE))
    closed = opportunity_in("closed", name_en="Over")

    assert "Hub" in words(read(INVEST))
    assert "Over" not in words(read(INVEST))
    listed = words(read(f"{INVEST}opportunities/"))
    assert "Hub" in listed
    assert "Over" in listed
    text = read(f"{INVEST}opportunities/{offer.public_id}/")
    assert cards(text) == ["Ground"]
    for said in (
        "A plot with power",
        "An operator",
        "Transport",
        "1 June 2031",
        "Ask about this opportunity",
    ):
        assert said in words(text), said
    assert "No enquiries are taken" in words(read(f"{INVEST}opportunities/{closed.public_id}/"))


def test_the_pages_cost_at_most_eight_queries_however_many_rows(city, client):
    gate = DistrictFactory(code="gate")

    def fill():
        for _ in range(3):
            row = plot(district=gate, geometry=SQUARE)
            supplied(row)
            supplied(row, "rail", "planned", None, "")
            allocation_in("allocated", plot=row, project=ProjectFactory(visibility="public"))
            offer = opportunity_in("open", district=gate)
            OpportunityPlotFactory(opportunity=offer, plot=row)
        return row, offer

    row, offer = fill()
    numbers = "&".join(f"plot={one.public_id}" for one in type(row).objects.order_by("pk")[:3])
    pages = [
        "", "plots.geojson", f"plots/{row.public_id}/", "opportunities/", f"opportunities/{offer.public_id}/",
        f"compare/?{numbers}", f"shortlist/?{numbers}", "match/?hectares=1&rail=on&power_mw=3",
    ]  # fmt: skip

    def cost(page):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(INVEST + page).status_code == 200
        return len(queries)

    before = {page: cost(page) for page in pages}
    fill()

    assert max(before.values()) <= 8, before
    assert {page: cost(page) for page in pages} == before


@pytest.mark.parametrize("role", ["office", "executor", "investor", None])
@pytest.mark.parametrize("language", ["kk", "ru"])
def test_everybody_reads_them_in_their_language(client, role, language):
    row = plot("Wanted", is_demo=True, geometry=SQUARE)
    if role:
        client.force_login(UserFactory(role=role, organisation=OrganisationFactory()))

    for address in (
        "",
        f"plots/{row.public_id}/",
        "opportunities/",
        f"compare/?plot={row.public_id}",
        "match/",
    ):
        assert client.get(f"/{language}/invest/{address}").status_code == 200, address


def test_a_view_of_the_list_can_be_kept(client, office):
    client.force_login(office)

    answer = client.post(
        "/en/accounts/views/", {"name": "Big", "path": "/en/invest/", "query": "area_min=20"}
    )

    assert answer.status_code == 302
    assert "Big" in client.get(f"{INVEST}?area_min=20").content.decode()
