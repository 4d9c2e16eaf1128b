"""Role × page × method of control, for an internal instruction in execution that mic leads and the akimat helps in."""

import pytest

from tasks import services
from tests.factories import MeetingFactory
from tests.portal.test_matrix_control import callers, instruction

__all__ = ["callers"]

pytestmark = pytest.mark.django_db

PERSONAS = ["office", "leadership", "lead", "co", "stranger", "investor", "auditor", "anonymous"]
METHODS = ["get", "head", "post", "put", "patch", "delete"]
#: Names of the routes below.
ROUTES = {
    "control", "control-mine", "control-decisions", "control-bulk", "control-register", "instruction",
    "control-reminders", "control-escalations", "instruction-file", "instruction-verb",
    "control-paper", "control-certificate", "control-certificate-paper", "control-calendar", "control-calendar-revoke",
    "instruction-paper", "meeting-protocol-paper", "terms-feed",
}  # fmt: skip
EVERYBODY, OUTSIDE = PERSONAS[:-1], {"stranger": (404, 404), "investor": (404, 404)}


def all_but(others: tuple[int, int], **some: tuple[int, int]) -> dict[str, tuple[int, int]]:
    """What GET and POST answer to everybody who is signed in, and to some in another way."""
    return dict.fromkeys(EVERYBODY, others) | some


READ, REFUSED = (200, 405), (403, 403)
FORM, CHOOSE = (200, 200), (302, 400)  # without a choice there is nothing to confirm
PAGES = {
    "": all_but(READ),
    "mine/": all_but(READ),
    "decisions/": all_but((200, 404)),  # of nothing
    "reminders/": all_but(READ),
    "escalations/": all_but((200, 404)),  # of nothing
    "bulk/": all_but(REFUSED, office=CHOOSE, leadership=CHOOSE),
    "register/": all_but(REFUSED, office=FORM),
    "register.docx": all_but(READ),
    "register.xlsx": all_but(READ),
    "certificate/": all_but(READ),
    "certificate.docx": all_but(READ),
    "calendar/": all_but(FORM),
    "calendar/1/revoke/": all_but((405, 404)),
    "{number}/card.docx": all_but(READ) | dict.fromkeys(OUTSIDE, (404, 405)),
    "../meetings/{meeting}/protocol.docx": all_but((404, 405), office=READ, leadership=READ, auditor=READ),
    "{number}/": all_but(READ) | dict.fromkeys(OUTSIDE, (404, 405)),
    "{number}/files/1/": all_but((404, 405)),
    "{number}/cancel/": all_but(REFUSED, office=FORM, leadership=FORM) | OUTSIDE,
    "{number}/start/": all_but(REFUSED, lead=(302, 200)) | OUTSIDE,  # begun already: back to the card
    "{number}/nothing/": all_but((404, 404)),
}


@pytest.mark.parametrize("persona", PERSONAS)
def test_pages_of_control(client, callers, persona):
    number = instruction(callers, "in_execution", "internal").public_id
    meeting = MeetingFactory(visibility="internal").public_id
    if persona in callers:
        client.force_login(callers[persona])

    answers = {
        (page, method): getattr(client, method)(_address(page, number, meeting)).status_code
        for page in PAGES
        for method in METHODS
    }

    assert answers == {
        (page, method): _expected(page, persona, method) for page in PAGES for method in METHODS
    }


def _address(page, number, meeting):
    return f"/kk/control/{page.format(number=number, meeting=meeting)}".replace("control/../", "")


@pytest.mark.parametrize("method", METHODS)
def test_a_calendar_is_only_read_and_by_its_address_alone(client, callers, office, method):
    _feed, token = services.make_feed(by=office, organisation=callers["lead"].organisation, language="kk")

    answer = getattr(client, method)(f"/feeds/terms/{token}.ics")

    assert answer.status_code == (200 if method in {"get", "head"} else 405)


def _expected(page, persona, method):
    if persona == "anonymous":
        return 302
    read, written = PAGES[page][persona]
    return read if method in {"get", "head"} else written if method == "post" else 405
