"""Role × page × method of the pages for investors: everybody reads them, nobody writes."""

import pytest

from tests.factories import LandPlotFactory, opportunity_in

pytestmark = pytest.mark.django_db

PERSONAS = ["anonymous", "office", "leadership", "executor", "akimat_preparer", "investor", "auditor"]
METHODS = ["get", "head", "post", "put", "patch", "delete"]
READ = {"get": 200, "head": 200, "post": 405, "put": 405, "patch": 405, "delete": 405}
PAGES = {
    "": "invest",
    "plots.geojson": "invest.geojson",
    "plots/{plot}/": "invest-plot",
    "opportunities/": "invest-opportunities",
    "opportunities/{opportunity}/": "invest-opportunity",
    "compare/": "invest-compare",
    "shortlist/": "invest-shortlist",
    "match/": "invest-match",
}
ROUTES = set(PAGES.values())


@pytest.mark.parametrize("persona", PERSONAS)
def test_pages_for_investors(client, request, persona):
    places = {
        "plot": LandPlotFactory(visibility="public").public_id,
        "opportunity": opportunity_in("open").public_id,
    }
    if persona != "anonymous":
        client.force_login(request.getfixturevalue(persona))

    answers = {
        (page, method): getattr(client, method)(f"/kk/invest/{page.format(**places)}").status_code
        for page in PAGES
        for method in METHODS
    }

    assert answers == {(page, method): READ[method] for page in PAGES for method in METHODS}
