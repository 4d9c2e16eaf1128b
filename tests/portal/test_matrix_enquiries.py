"""Role × page × method of enquiries in the hands of the office: the house reads, the office answers."""

import pytest

from tests.factories import EnquiryFactory
from tests.personas import reader
from tests.portal.asking import assert_answers
from tests.tasks.progress_scene import PEOPLE

pytestmark = pytest.mark.django_db

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

    assert_answers(client, persona, PAGES, "/kk/review/enquiries/", receipt=receipt)
