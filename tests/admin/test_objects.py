"""Every address of the admin that names an object: who may not come in is answered of one that is there as of none.

The addresses come from the resolver, so what is new is asked too.
"""

from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver

from tests.admin.rows import ROWS
from tests.factories import ExecutionReportFactory, progress_in
from tests.matrix.asking import address, ask, without
from tests.portal.every_route import _routes

pytestmark = pytest.mark.django_db
#: Whoever has no business here is sent to the entrance, which refuses him (tests/admin/test_doors.py).
OUTSIDE = ["anonymous", "leadership", "executor", "investor"]
#: So long as those of these tests, and of nothing.
MISSING = "999999"
#: Who may not read them either: what was never handed in is its organisation's own.
HIDDEN: dict[str, Any] = {
    "tasks.ExecutionReport": ExecutionReportFactory,
    "tasks.ProgressReport": lambda: progress_in("draft"),
}


def routes_of(model: str) -> dict[str, str]:
    """Expression → name of every address of one object of this model."""
    begin = f"^admin/{model.replace('.', '/').lower()}/"
    found = _routes(get_resolver().url_patterns, "^")
    return {route: name for route, name in found if route.startswith(begin) and "(" in route}


def filled(route: str, key: Any) -> str:
    words = [str(key)] + ["make_ready"] * (route.count("(?P<") - 1)
    return address(route, words)


@pytest.mark.parametrize("persona", OUTSIDE)
@pytest.mark.parametrize("model", ROWS)
def test_what_is_there_and_what_is_not_are_one_to_who_may_not_come_in(
    request: pytest.FixtureRequest, model: str, persona: str
) -> None:
    row, client = ROWS[model](), Client(raise_request_exception=False)
    if persona != "anonymous":
        client.force_login(request.getfixturevalue(persona))

    for route in routes_of(model):
        for method in ("get", "post"):
            there, nowhere = (ask(client, method, filled(route, key)) for key in (row.pk, MISSING))

            assert there.status == 302, (route, method)
            assert without(there, [f"/{row.pk}/", f"%2F{row.pk}%2F"]) == without(
                nowhere, [f"/{MISSING}/", f"%2F{MISSING}%2F"]
            ), (route, method)


@pytest.mark.parametrize("persona", ["office", "auditor"])
@pytest.mark.parametrize("model", ROWS)
def test_of_what_is_not_there_the_admin_leads_back_and_breaks_nothing(
    request: pytest.FixtureRequest, model: str, persona: str
) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(request.getfixturevalue(persona))

    answers = {
        (route, method, key): ask(client, method, filled(route, key)).status
        for route in routes_of(model)
        for method in ("get", "post")
        for key in (MISSING, "nothing", "9" * 30)
    }

    assert {asked: status for asked, status in answers.items() if status not in {302, 403, 404, 405}} == {}


@pytest.mark.parametrize("persona", ["office", "auditor"])
@pytest.mark.parametrize("model", HIDDEN)
def test_a_draft_of_somebody_else_is_not_there_either(
    request: pytest.FixtureRequest, model: str, persona: str
) -> None:
    with transaction.atomic():
        row = HIDDEN[model]()
    client = Client(raise_request_exception=False)
    client.force_login(request.getfixturevalue(persona))

    for route in routes_of(model):
        for method in ("get", "post"):
            there, nowhere = (ask(client, method, filled(route, key)) for key in (row.pk, MISSING))

            assert without(there, [f"/{row.pk}/", f"“{row.pk}”"]) == without(
                nowhere, [f"/{MISSING}/", f"“{MISSING}”"]
            ), (route, method)
