"""Role × page × method of enquiries in the hands of the office: the house reads, the office answers."""

import pytest

from tests.factories import EnquiryFactory
from tests.personas import reader
from tests.tasks.progress_scene import PEOPLE

pytestmark = pytest.mark.django_db

METHODS = ["get", "head", "post", "put", "patch", "delete"]
ROUTES = {"review-enquiries", "review-enquiry", "review-enquiry-file", "review-enquiry-verb"}
HOUSE = {"office", "leadership", "auditor"}
#: Page → what GET and POST answer to those named; to everybody else who is signed in: the last pair.
PAGES = {
    "": (dict.fromkeys(HOUSE, (200, 405)), (403, 405)),
    "{receipt}/": (dict.fromkeys(HOUSE, (200, 405)), (403, 405)),
    "{receipt}/file/": (dict.fromkeys(HOUSE, (404, 405)), (403, 405)),
    "{receipt}/answer/": ({"office": (200, 200)}, (403, 403)),
    "{receipt}/release/": ({"office": (404, 404)}, (403, 403)),
    "{receipt}/nothing/": ({}, (404, 404)),
    "0000-0000-0000/": (dict.fromkeys(HOUSE, (404, 405)), (403, 405)),
    "0000-0000-0000/answer/": (dict.fromkeys(HOUSE, (404, 404)), (403, 403)),
}


@pytest.mark.parametrize("persona", PEOPLE)
def test_pages_of_enquiries(client, request, persona):
    receipt = EnquiryFactory().receipt
    if persona != "anonymous":
        client.force_login(reader(persona, request))

    answers = {
        (page, method): getattr(client, method)(
            f"/kk/review/enquiries/{page.format(receipt=receipt)}"
        ).status_code
        for page in PAGES
        for method in METHODS
    }

    assert answers == {
        (page, method): _expected(page, persona, method) for page in PAGES for method in METHODS
    }


def _expected(page, persona, method):
    if persona == "anonymous":
        return 302
    named, others = PAGES[page]
    read, written = named.get(persona, others)
    if method in {"get", "head"}:
        return read
    return written if method == "post" else 405
