"""`as_of` on whatever is read: for the house and auditors; others are refused, and what is no moment is an error."""

from typing import Any

import pytest

from alatau_portal import api as _addresses  # noqa: F401  fills the registry
from core.api.resources import RESOURCES
from core.api.schema import openapi
from tests.api.conftest import EXPORTS, path_of
from tests.api.test_errors import problem

MAY, MAY_NOT = ("office", "leadership", "auditor"), ("executor", "investor", "anonymous")
THEN = {"as_of": "2025-12-01"}
LISTS = sorted(path_of(resource.name) for resource in RESOURCES.values())
#: Read by a GET and told of no moment: the root; what changed after a place; what differs between two moments.
TIMELESS = {
    *("/api/v1/", "/api/v1/changes/"),
    *("/api/v1/figure-differences/", "/api/v1/figure-differences.csv"),
}


def test_the_registers_are_all_that_is_read() -> None:
    """What is asked here is asked of everything: a new kind of address that reads takes `as_of`, or says why not."""
    described = {path for path, operations in openapi()["paths"].items() if "get" in operations}

    assert {path for path in described if "{" not in path} == {*LISTS, *EXPORTS} | TIMELESS


@pytest.mark.django_db
@pytest.mark.parametrize("persona", [*MAY, *MAY_NOT])
def test_who_may_look_back_and_who_may_not(request: Any, api: Any, persona: str) -> None:
    user = None if persona == "anonymous" else request.getfixturevalue(persona)
    client = api(user)
    for address in (*LISTS, *EXPORTS):
        if persona in MAY_NOT:
            problem(client.get(address, THEN), 403)
            continue
        answer = client.get(address, THEN)
        assert answer.status_code == 200, address
        if address.endswith("/"):
            assert answer.json()["results"] == [], address


@pytest.mark.parametrize("moment", ["yesterday", "2025-13-01", "2999-01-01"])
def test_what_is_no_moment_is_named(office: Any, api: Any, moment: str) -> None:
    client = api(office)
    for address in (*LISTS, *EXPORTS):
        (fault,) = problem(client.get(address, {"as_of": moment}), 400)["errors"]
        assert (fault["parameter"], fault["code"]) == ("as_of", "invalid"), address
