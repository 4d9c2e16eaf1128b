"""Every register names the rows that show in its objects: else the feed would not tell when they change."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alatau_portal.api import router
from core.api.parts import hops, tables_of
from core.api.resources import RESOURCES, watched
from core.apps import recorded_models
from tests.api import possible
from tests.api.conftest import populate

TABLES = re.compile(r'(?:FROM|JOIN) "([a-z_]+)"')
#: Asked of by rules or for other doors, and not shown: who somebody is and acts for (a cursor belongs to its reader's
#: rights), days off (what is counted to today changes with the day), and what a reader has seen.
NOT_SHOWN = {
    *("accounts_user", "accounts_apiclient", "accounts_substitution", "core_calendarday"),
    *("investors_requestseen",),
}


@pytest.fixture
def whole_city(db: None, mic: Any, leadership: Any, akimat: Any) -> None:
    populate(2)
    possible.populate()


@pytest.mark.parametrize("persona", [None, "office", "executor", "investor", "akimat_preparer"])
def test_reading_an_object_asks_of_no_table_that_its_register_does_not_name(
    request: pytest.FixtureRequest, whole_city: None, api: Any, persona: str | None
) -> None:
    client = api(persona and request.getfixturevalue(persona))
    recorded = {model._meta.db_table for model in recorded_models()}

    unnamed = {}
    for resource in watched():
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(f"/api/v1/{resource.name}/")
        assert answer.status_code == 200
        read = {table for query in asked for table in TABLES.findall(query["sql"])}
        if more := (read & recorded) - tables_of(resource) - NOT_SHOWN:
            unnamed[resource.name] = more
    assert unnamed == {}


def test_every_register_has_a_row_in_the_city(whole_city: None, api: Any, office: Any) -> None:
    assert len(RESOURCES) == len(router.registry)
    for resource in watched():
        if resource.name != "uploads":  # a receipt is its sender's own
            assert api(office).get(f"/api/v1/{resource.name}/").json()["results"], resource.name


def test_ways_lead_through_rows_that_say_whose_they_are(whole_city: None) -> None:
    for steps in hops().values():
        for hop in steps:
            for path in filter(None, (hop.path, hop.before)):
                assert hop.resource.model._base_manager.filter(**{f"{path}__in": [0]}).count() == 0
