"""What tests of the API of control say to it, and how they ask."""

from typing import Any

import pytest

from accounts.models import Organisation
from tests.api.conftest import path_of

WHAT = {"kk": "Орталықты салу", "ru": "Построить центр"}
RESULT = {"kk": "Қабылдау актісі"}
DUE, LATER = "2099-03-02", "2099-04-01"


def verb_of(row: Any, verb: str) -> str:
    """The address of a verb, of a row or of its public id."""
    public_id = row if isinstance(row, str) else row.public_id
    return path_of("extensions" if public_id.startswith("ALT-E") else "instructions", public_id, verb)


@pytest.fixture
def registered(ask: Any, office: Any, leadership: Any, executor: Any, akimat_preparer: Any) -> str:
    """Public id of one that mic leads and the akimat helps in, given by the deputy prime minister."""
    Organisation.objects.update(visibility="public")
    body = {
        "text": WHAT,
        "issuer": "deputy_prime_minister",
        "issued_on": "2026-02",
        "number": "12-1",
        "executors": [
            {"organisation": "mic", "role": "lead"},
            {"organisation": "akimat_almaty_region", "role": "co", "internal_due": "2099-02-01"},
            {"group": {"kk": "инвесторлар"}, "role": "co"},
        ],
    }
    response = ask(office, path_of("instructions"), body)
    assert response.status_code == 201, response.content
    shown = response.json()
    assert response["Location"] == shown["url"]
    return shown["public_id"]


@pytest.fixture
def controlled(ask: Any, office: Any, registered: str) -> str:
    response = ask(office, verb_of(registered, "put_on_control"), {"due": DUE, "expected_result": RESULT})
    assert response.status_code == 200, response.content
    return registered
