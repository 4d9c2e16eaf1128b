"""Role × page × method of rooms and requests: the own investor and the office write, the house reads."""

import pytest

from tests.factories import MessageFileFactory, RequestFactory
from tests.personas import EVERYBODY, HOUSE, reader
from tests.portal.asking import assert_answers

pytestmark = pytest.mark.django_db

ROUTES = {
    "room", "room-new", "room-request", "room-file", "room-file-release",
    "review-requests", "review-request-new", "review-request",
    *(f"request-{name}" for name in ("list", "detail", "reply", "close", "withdraw")),  # tests/api/test_requests.py
}  # fmt: skip
INVESTORS = {"investor", "foreign_investor"}
#: Page → what GET and POST answer to those named; to everybody else who is signed in: the last pair.
PAGES = {
    "room/": (dict.fromkeys(INVESTORS, (200, 405)) | dict.fromkeys(HOUSE, (302, 405)), (403, 405)),
    "room/?organisation=caspian_group": (
        dict.fromkeys((*HOUSE, "investor"), (200, 405)) | {"foreign_investor": (404, 405)}, (403, 405)
    ),
    "room/requests/new/": (dict.fromkeys(INVESTORS, (200, 200)), (403, 403)),
    "room/requests/{row}/": ({"investor": (200, 200)} | dict.fromkeys(HOUSE, (302, 302)), (404, 404)),
    "room/requests/{row}/files/{clean}/": (dict.fromkeys((*HOUSE, "investor"), (200, 405)), (404, 405)),
    "room/requests/{row}/files/{waits}/": (
        dict.fromkeys(("leadership", "auditor", "investor"), (403, 405)) | {"office": (200, 405)}, (404, 405)
    ),
    "room/requests/ALT-Q-9999/": ({}, (404, 404)),
    "room/requests/ALT-Q-9999/files/{clean}/": ({}, (404, 405)),
    "room/requests/{row}/files/{waits}/release/": ({"office": (405, 302)}, (405, 403)),
    "review/requests/": (dict.fromkeys(HOUSE, (200, 405)), (403, 405)),
    "review/requests/new/": ({"office": (200, 200)}, (403, 403)),
    "review/requests/new/?organisation=caspian_group": ({"office": (200, 200)}, (403, 403)),
    "review/requests/{row}/": (dict.fromkeys(HOUSE, (200, 403)) | {"office": (200, 200)}, (403, 403)),
    "review/requests/ALT-Q-9999/": (dict.fromkeys(HOUSE, (404, 404)), (403, 403)),
}  # fmt: skip
#: Programs have the API.
PEOPLE = [name for name in EVERYBODY if name != "client_of_investor"]


@pytest.mark.parametrize("persona", PEOPLE)
def test_pages_of_rooms(client, request, persona, investor, settings, tmp_path):
    row = RequestFactory(organisation=investor.organisation)
    clean = MessageFileFactory(message__request=row, message__side="office")
    waits = MessageFileFactory(message__request=row, message__side="office", file__scan_state="pending")
    _put(clean, waits)
    if persona != "anonymous":
        client.force_login(reader(persona, request))
    places = {"row": row.public_id, "clean": clean.pk, "waits": waits.pk}

    assert_answers(client, persona, PAGES, **places)


def _put(*files):
    from django.core.files.base import ContentFile
    from django.core.files.storage import default_storage

    for sent in files:
        default_storage.delete(sent.file.path)
        default_storage.save(sent.file.path, ContentFile(b"%PDF-1.7"))
