"""A list costs the same number of queries however long it is."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.api.conftest import REGISTERS, path_of, populate

#: Queries of one page: the rows, and one for each kind of part that they have.
QUERIES = {
    "districts": 3,
    "projects": 5,
    "investors": 2,
    "organisations": 2,
    "meetings": 8,
    "instructions": 3,
    "sources": 1,
    "legal-acts": 3,
    "figures": 2,
    "claims": 2,
    "published-figures": 2,
    "reporting-periods": 1,
    "plots": 3,
    "opportunities": 2,
    "documents": 1,
}
#: To a visitor the database builds the projects: first which, then what they say.
BUILT = {"projects": 6}
#: For whom instructions may concern: who holds them, requests, reports, contributions.
INNER_LIFE = 4


def _cost(client: Any, path: str) -> int:
    with CaptureQueriesContext(connection) as spent:
        assert client.get(path).status_code == 200
    return len(spent)


@pytest.mark.parametrize("persona", [None, "office", "investor", "executor"])
def test_many_rows_cost_no_more_queries_than_few(
    request: pytest.FixtureRequest, db: None, api: Any, persona: str | None
) -> None:
    client = api(persona and request.getfixturevalue(persona))
    populate(2)
    few = {register: _cost(client, path_of(register)) for register in REGISTERS}
    populate(5)
    many = {register: _cost(client, path_of(register)) for register in REGISTERS}

    differing = {"instructions": QUERIES["instructions"] + INNER_LIFE} if persona else BUILT
    assert many == few == QUERIES | differing


def test_an_object_costs_no_more_than_its_list(api: Any, db: None) -> None:
    populate()
    client = api()

    for register in REGISTERS:
        (row, *_) = client.get(path_of(register)).json()["results"]
        assert _cost(client, "/" + row["url"].split("/", 3)[3]) <= QUERIES[register]
