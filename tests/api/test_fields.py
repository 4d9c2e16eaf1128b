"""`?fields=`: an answer with less in it, which costs less."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.api.schema import openapi
from tests.api.conftest import REGISTERS, path_of
from tests.api.test_errors import problem


def known(register: str) -> list[str]:
    parameters = openapi()["paths"][path_of(register)]["get"]["parameters"]
    (fields,) = [parameter for parameter in parameters if parameter.get("name") == "fields"]
    return fields["schema"]["items"]["enum"]


@pytest.mark.parametrize("register", REGISTERS)
def test_each_field_can_be_had_alone_from_the_list_and_from_the_object(
    city: None, get: Any, register: str
) -> None:
    whole = get(path_of(register))["results"]

    assert known(register) == list(whole[0])
    for name in known(register):
        part = get(path_of(register), fields=name)["results"]
        assert part == [{name: row[name]} for row in whole]
    address = whole[0]["url"].partition("/api/")[2]
    assert get(f"/api/{address}", fields="url,version") == {
        name: whole[0][name] for name in ("url", "version")
    }


def test_fields_keep_the_order_of_the_object(city: None, get: Any) -> None:
    (row, *_) = get(path_of("projects"), fields="status,name", lang="kk")["results"]

    assert list(row) == ["name", "status"]
    assert isinstance(row["name"], str)


@pytest.mark.parametrize(
    ("fields", "code", "says"),
    [
        ("colour", "invalid_choice", "Unknown: colour. The fields are: url, public_id, name,"),
        ("name,colour,size", "invalid_choice", "Unknown: colour, size."),
        ("name,name", "repeated", "once"),
        ("name,", "invalid_choice", "Unknown: ."),
        ("Name", "invalid_choice", "Unknown: Name."),
        ("district.code", "invalid_choice", "Unknown: district.code."),
        ("", "empty", "leave the parameter out"),
    ],
)
@pytest.mark.parametrize("address", [path_of("projects"), "/api/v1/projects.csv"])
def test_a_field_that_there_is_not_is_named(
    anonymous: Client, db: None, address: str, fields: str, code: str, says: str
) -> None:
    answer = anonymous.get(address, {"fields": fields}, headers={"accept-language": "en"})

    (error,) = problem(answer, 400)["errors"]
    assert (error["parameter"], error["code"]) == ("fields", code)
    assert says in error["detail"]


#: Queries of a list that is asked for one field.
CHEAP = {
    # A visitor's page of projects is built by the database: one query more says which.
    ("projects", "name"): 2,
    ("projects", "figures"): 3,
    ("projects", "other_sources"): 3,
    ("districts", "code"): 1,
    ("districts", "places"): 2,
    ("investors", "projects"): 2,
    ("investors", "stage"): 1,
    ("meetings", "title"): 1,
    ("meetings", "agenda"): 2,
    ("meetings", "instructions"): 4,
    ("instructions", "text"): 1,
    ("figures", "value"): 1,
    ("legal-acts", "title"): 1,
}


@pytest.mark.parametrize(("register", "field"), CHEAP)
def test_what_is_not_asked_for_is_not_queried(city: None, api: Any, register: str, field: str) -> None:
    client = api()
    with CaptureQueriesContext(connection) as spent:
        assert client.get(path_of(register), {"fields": field}).status_code == 200

    assert len(spent) == CHEAP[register, field]
