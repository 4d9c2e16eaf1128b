"""A database that is restarted under a request: readers and writers with a key never see it."""

from contextlib import contextmanager

import pytest
from django.db import OperationalError, connection
from django.test import Client
from psycopg_pool import PoolTimeout

from accounts.services import digest
from core.database import is_lost
from tasks.models import Instruction
from tests.api.conftest import path_of
from tests.api.test_errors import problem
from tests.factories import ApiClientFactory
from tests.two import second_connection

pytestmark = pytest.mark.django_db(transaction=True)
TOKEN = "alt_0123456789"
RIGHT = {"text": {"kk": "Жобаны бекіту"}, "issuer": "mic"}


@pytest.fixture
def visitor():
    return Client(raise_request_exception=False)


@pytest.fixture
def program(api, office, mic):
    ApiClientFactory(owner=office, token_hash=digest(TOKEN), scopes=["read", "write"])
    client = api(token=TOKEN)
    client.raise_request_exception = False
    return client


@contextmanager
def losing(word, times=1):
    """The server ends the connection when it is told this, so often; how often it was."""
    lost = []

    def end(execute, sql, params, many, context):
        if word in sql and len(lost) < times:
            lost.append(sql)
            with second_connection(autocommit=True) as other:
                other.execute(
                    "SELECT pg_terminate_backend(%s, 5000)", [connection.connection.info.backend_pid]
                )
        return execute(sql, params, many, context)

    try:
        with connection.execute_wrapper(end):
            yield lost
    finally:
        connection.close()


def test_a_page_is_made_once_more(visitor):
    with losing("SELECT") as lost:
        answer = visitor.get("/kk/projects/")

    assert (answer.status_code, len(lost)) == (200, 1)


def test_an_answer_of_the_api_too(program):
    with losing("districts_project") as lost:
        answer = program.get(path_of("projects"))

    assert (answer.status_code, len(lost)) == (200, 1)


@pytest.mark.parametrize("word", ["tasks_instruction", '"_check"', "core_idempotencyrecord"])
def test_a_write_with_a_key_is_done_once(program, word):
    with losing(word) as lost:
        answer = program.post(path_of("instructions"), RIGHT, format="json", HTTP_IDEMPOTENCY_KEY="once")

    assert (answer.status_code, len(lost)) == (201, 1)
    assert Instruction.objects.count() == 1


@pytest.mark.parametrize("word", ["tasks_instruction", '"_check"'])
def test_a_write_without_one_is_not_repeated_and_not_called_wrong(program, word):
    with losing(word):
        answer = program.post(path_of("instructions"), RIGHT, format="json")

    assert problem(answer, 503)["code"] == "unavailable"
    assert not Instruction.objects.exists()


def test_what_breaks_again_is_answered(visitor):
    with losing("SELECT", times=2) as lost:
        answer = visitor.get("/kk/projects/")

    assert (answer.status_code, answer["Retry-After"], len(lost)) == (503, "30", 2)


def test_a_connection_that_was_not_had_in_time_was_waited_for():
    waited, broke = OperationalError("timeout"), OperationalError("server closed the connection")
    waited.__cause__ = PoolTimeout("timeout")

    assert not is_lost(waited)
    assert is_lost(broke)
