"""What tests of the API of control say to it, and how they ask."""

from collections.abc import Callable
from typing import Any

from core.api.schema import openapi
from tests.api.conftest import _checker, path_of

WHAT = {"kk": "Орталықты салу", "ru": "Построить центр"}
RESULT = {"kk": "Қабылдау актісі"}
DUE, LATER = "2099-03-02", "2099-04-01"


def asking(api: Callable[..., Any]) -> Callable[..., Any]:
    """ask(user, address, body) is an answer of POST that is as the OpenAPI file says."""

    def ask(user: Any, address: str, body: Any = None, **how: Any) -> Any:
        how = {"format": "json", **how}
        response = api(user).post(address, {} if body is None else body, **how)
        assert not faults(address, response)
        return response

    return ask


def verb_of(row: Any, verb: str) -> str:
    """The address of a verb, of a row or of its public id."""
    public_id = row if isinstance(row, str) else row.public_id
    return path_of("extensions" if public_id.startswith("ALT-E") else "instructions", public_id, verb)


def faults(address: str, response: Any) -> list[str]:
    """What is wrong with an answer to POST by the description of its address."""
    described = openapi()
    register, *rest = address.removeprefix("/api/v1/").strip("/").split("/")
    name = path_of(register, "{public_id}", rest[1]) if rest else path_of(register)
    answer = described["paths"][name]["post"]["responses"][str(response.status_code)]
    if "$ref" in answer:
        answer = described["components"]["responses"][answer["$ref"].rpartition("/")[2]]
    (content,) = answer["content"].values()
    import json

    assert ("Location" in response) == (response.status_code == 201)
    return [fault.message for fault in _checker(json.dumps(content["schema"])).iter_errors(response.json())]
