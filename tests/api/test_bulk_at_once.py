"""The same rows sent by two at once, and a single row by the same service."""

from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection
from rest_framework.test import APIClient

from accounts.models import Organisation
from tasks.models import Instruction
from tests.api.control import DUE, RESULT, verb_of
from tests.api.test_bulk import MANY, everything, lead, row, statuses
from tests.api.test_errors import problem

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _known(mic: Any, akimat: Any, leadership: Any) -> None:
    Organisation.objects.update(visibility="public")


@pytest.mark.django_db(transaction=True)
def test_two_who_send_the_same_at_once_make_it_once(office: Any) -> None:
    told, start = [], Barrier(2)

    def post() -> None:
        client = APIClient()
        client.force_authenticate(office)
        start.wait(10)
        told.append(client.post(MANY, {"rows": [row("a"), row("b")]}, format="json").json())
        connection.close()

    threads = [Thread(target=post) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(statuses(one)[0] for one in told) == ["created", "unchanged"]
    assert Instruction.objects.count() == 2


def test_a_single_one_is_amended_by_the_same_service(ask: Any, office: Any, executor: Any) -> None:
    (made,) = ask(office, MANY, {"rows": [row("a", number="1", executors=[lead()])]}).json()["results"]

    amended = ask(office, verb_of(made["id"], "amend"), {"number": "2", "due": DUE})

    assert amended.status_code == 200
    assert (amended.json()["number"], amended.json()["original_due"]) == ("2", DUE)
    before = everything()
    assert ask(office, verb_of(made["id"], "amend"), {"number": "2"})["ETag"] == amended["ETag"]
    assert everything() == before
    problem(ask(executor, verb_of(made["id"], "amend"), {"number": "3"}), 403)
    ask(office, verb_of(made["id"], "put_on_control"), {"expected_result": RESULT, "reason": "Солай"})
    assert problem(ask(office, verb_of(made["id"], "amend"), {"number": "3"}), 409)["code"] == "on_control"
