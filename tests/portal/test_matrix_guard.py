"""Role × page × method of what the office guards: it finds, erases and mends, the auditor looks."""

import pytest

from tests.portal.asking import assert_answers

pytestmark = pytest.mark.django_db

PERSONAS = ["office", "leadership", "executor", "investor", "auditor", "anonymous"]
ROUTES = {"see-as", "personal-data", "personal-data-person", "review-translations", "ops", "ops-runbook"}
#: Page → what GET and POST answer to those named; to everybody else who is signed in: the last pair.
PAGES = {
    "review/personal-data/": ({"office": (200, 405), "auditor": (200, 405)}, (403, 405)),
    "review/see-as/": ({"office": (200, 405), "auditor": (200, 405)}, (403, 405)),
    "review/see-as/?who=anonymous": ({"office": (200, 405), "auditor": (200, 405)}, (403, 405)),
    "review/see-as/?who=nobody": ({"office": (404, 405), "auditor": (404, 405)}, (403, 405)),
    "review/translations/": (
        {"office": (200, 404), "leadership": (200, 403), "auditor": (200, 403)},
        (403, 403),
    ),
    "ops/": ({"office": (200, 405), "auditor": (200, 405)}, (403, 405)),
    "ops/runbook/": ({"office": (200, 405), "auditor": (200, 405)}, (403, 405)),
    "review/personal-data/person/": ({"office": (302, 400)}, (403, 403)),
}


@pytest.mark.parametrize("persona", PERSONAS)
def test_pages_of_personal_data(client, request, persona):
    if persona != "anonymous":
        client.force_login(request.getfixturevalue(persona))

    assert_answers(client, persona, PAGES)
