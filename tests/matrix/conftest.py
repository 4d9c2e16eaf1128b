"""Everybody and everything, made once for all that is asked."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from django.db import transaction

from tests.matrix.rows import Rows
from tests.matrix.world import People, begin_keys_high


class World(NamedTuple):
    people: People
    rows: Rows


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        begin_keys_high()
        people = People()
        yield World(people, Rows(people))
        transaction.set_rollback(True)
