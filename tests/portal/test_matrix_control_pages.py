"""Role × page × method of control, for an internal instruction in execution that mic leads and the akimat helps in."""

import pytest

from tests.portal.test_matrix_control import callers, instruction

__all__ = ["callers"]

pytestmark = pytest.mark.django_db

PERSONAS = ["office", "leadership", "lead", "co", "stranger", "investor", "auditor", "anonymous"]
METHODS = ["get", "head", "post", "put", "patch", "delete"]
#: Names of the routes below.
ROUTES = {
    "control", "control-mine", "control-decisions", "control-bulk", "control-register",
    "control-reminders", "control-escalations", "instruction", "instruction-file", "instruction-verb",
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
    "{number}/": all_but(READ) | dict.fromkeys(OUTSIDE, (404, 405)),
    "{number}/files/1/": all_but((404, 405)),
    "{number}/cancel/": all_but(REFUSED, office=FORM, leadership=FORM) | OUTSIDE,
    "{number}/start/": all_but(REFUSED, lead=(302, 200)) | OUTSIDE,  # begun already: back to the card
    "{number}/nothing/": all_but((404, 404)),
}


@pytest.mark.parametrize("persona", PERSONAS)
def test_pages_of_control(client, callers, persona):
    number = instruction(callers, "in_execution", "internal").public_id
    if persona in callers:
        client.force_login(callers[persona])

    answers = {
        (page, method): getattr(client, method)(f"/kk/control/{page.format(number=number)}").status_code
        for page in PAGES
        for method in METHODS
    }

    assert answers == {
        (page, method): _expected(page, persona, method) for page in PAGES for method in METHODS
    }


def _expected(page, persona, method):
    if persona == "anonymous":
        return 302
    read, written = PAGES[page][persona]
    return read if method in {"get", "head"} else written if method == "post" else 405
