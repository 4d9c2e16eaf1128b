"""Role × page × method of publication: the house reads, the office acts, nobody else comes in."""

import pytest

from districts.services import publishing
from tests.factories import ProjectFactory
from tests.personas import EVERYBODY, HOUSE, reader
from tests.portal.asking import assert_answers

pytestmark = pytest.mark.django_db

ROUTES = {"review-publications", "review-publication"}
#: Page → what GET and POST answer to those named; to everybody else who is signed in: the last pair.
PAGES = {
    "review/publications/": (dict.fromkeys(HOUSE, (200, 405)), (403, 405)),
    "review/publications/?list=down": (dict.fromkeys(HOUSE, (200, 405)), (403, 405)),
    "review/publications/?list=nonsense": (dict.fromkeys(HOUSE, (400, 405)), (403, 405)),
    "review/publications/{row}/": (dict.fromkeys(HOUSE, (200, 403)) | {"office": (200, 302)}, (403, 403)),
    "review/publications/0/": (dict.fromkeys(HOUSE, (404, 404)), (403, 403)),
}
#: Programs have the API.
PEOPLE = [name for name in EVERYBODY if name != "client_of_investor"]


@pytest.mark.parametrize("persona", PEOPLE)
def test_pages_of_publication(client, request, persona, second_office):
    row = publishing.make_ready(ProjectFactory(), by=second_office)
    if persona != "anonymous":
        client.force_login(reader(persona, request))

    assert_answers(client, persona, PAGES, row=row.pk)
