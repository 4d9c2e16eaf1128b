"""Role × address × method of plots and opportunities in the API: everybody reads what is published, nobody writes."""

import pytest

from tests.factories import LandPlotFactory, OpportunityFactory, opportunity_in

pytestmark = pytest.mark.django_db

PERSONAS = ["anonymous", "office", "leadership", "executor", "akimat_preparer", "investor", "auditor"]
METHODS = ["get", "head", "post", "put", "patch", "delete"]
READ = {"get": 200, "head": 200, "post": 405, "put": 405, "patch": 405, "delete": 405}
ADDRESSES = {
    "plots/": "plot-list",
    "plots/{plot}/": "plot-detail",
    "plots.csv": "plot-csv",
    "plots.xlsx": "plot-xlsx",
    "plots.geojson": "plot-geojson",
    "opportunities/": "opportunity-list",
    "opportunities/{opportunity}/": "opportunity-detail",
    "opportunities.csv": "opportunity-csv",
    "opportunities.xlsx": "opportunity-xlsx",
}
ROUTES = set(ADDRESSES.values())


@pytest.mark.parametrize("persona", PERSONAS)
def test_land_in_the_api(client, request, persona):
    rows = {
        "plot": LandPlotFactory(visibility="public").public_id,
        "opportunity": opportunity_in("open").public_id,
    }
    if persona != "anonymous":
        client.force_login(request.getfixturevalue(persona))

    answers = {
        (address, method): getattr(client, method)(f"/api/v1/{address.format(**rows)}").status_code
        for address in ADDRESSES
        for method in METHODS
    }

    assert answers == {(address, method): READ[method] for address in ADDRESSES for method in METHODS}


@pytest.mark.parametrize("persona", PERSONAS)
def test_what_is_not_published_is_not_there_for_outsiders(client, request, persona):
    if persona != "anonymous":
        client.force_login(request.getfixturevalue(persona))
    hidden = [
        f"plots/{LandPlotFactory().public_id}/",
        f"opportunities/{OpportunityFactory(visibility='public').public_id}/",
    ]

    answers = {client.get(f"/api/v1/{address}").status_code for address in hidden}

    assert answers == {200 if persona in {"office", "leadership", "auditor"} else 404}
