"""Role × address × method of enquiries: anybody may ask, and only whoever has the link sees how far it is."""

import pytest

from investors.receipts import new_receipt, status_token
from tests.factories import EnquiryFactory

pytestmark = pytest.mark.django_db

PERSONAS = ["anonymous", "office", "leadership", "executor", "akimat_preparer", "investor", "auditor"]
METHODS = ["get", "head", "post", "put", "patch", "delete"]
ROUTES = {"enquiry", "enquiry-done", "enquiry-status", "api-enquiries"}
READ = {"get": 200, "head": 200, "post": 405, "put": 405, "patch": 405, "delete": 405}
ONLY_POST = dict.fromkeys(METHODS, 405)
PAGES = {
    "/kk/invest/enquiry/": READ | {"post": 400},  # nothing was sent
    "/kk/invest/enquiry/done/{token}/": READ,
    "/kk/invest/enquiry/done/{unknown}/": READ | {"get": 404, "head": 404},
    "/kk/invest/enquiry/status/{token}/": READ | {"post": 302},
    "/kk/invest/enquiry/status/{unknown}/": READ | {"get": 404, "head": 404, "post": 404},
    "/kk/invest/enquiry/status/{forged}/": READ | {"get": 404, "head": 404, "post": 404},
    "/api/v1/enquiries/": ONLY_POST | {"post": 415},  # a form
}


@pytest.mark.parametrize("persona", PERSONAS)
def test_everybody_is_answered_alike(client, request, persona):
    if persona != "anonymous":
        client.force_login(request.getfixturevalue(persona))
    receipt = EnquiryFactory().receipt
    places = {
        "token": status_token(receipt),
        "unknown": status_token(new_receipt()),
        "forged": f"{receipt}.{'A' * 43}",
    }

    answers = {
        (page, method): getattr(client, method)(page.format(**places)).status_code
        for page in PAGES
        for method in METHODS
    }

    assert answers == {(page, method): PAGES[page][method] for page in PAGES for method in METHODS}


def test_a_forged_and_an_unknown_link_are_the_same_page(client):
    receipt = EnquiryFactory().receipt
    forged, unknown = f"{receipt}.{'A' * 43}", status_token(new_receipt())
    pages = [client.get(f"/kk/invest/enquiry/status/{token}/") for token in (forged, unknown)]

    assert pages[0].content.replace(forged.encode(), b"") == pages[1].content.replace(unknown.encode(), b"")
