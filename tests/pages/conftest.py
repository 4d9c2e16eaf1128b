"""The real city, loaded once for a module; each test changes it in its own transaction."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from alatau_portal.management.commands.load_alatau import load_all
from core.loading import Loading
from tests.pages.registers import rows


@pytest.fixture(scope="module")
def city(django_db_setup: None, django_db_blocker: Any) -> Iterator[Loading]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield load_all()
        transaction.set_rollback(True)


@pytest.fixture
def read(client: Client) -> Callable[..., str]:
    """read("/kk/", user) is the HTML that this user, or a visitor, gets."""

    def page(address: str, user: Any = None, **headers: str) -> str:
        if user is not None:
            client.force_login(user)
        response = client.get(address, headers=headers)
        assert response.status_code == 200, (address, response.status_code)
        return response.content.decode()

    return page


@pytest.fixture
def listed(client: Client) -> Callable[..., list[str]]:
    """listed("/kk/projects/", kind="social") are the names in the list, in its order."""

    def names(address: str, **query: str) -> list[str]:
        response = client.get(address, query)
        assert response.status_code == 200, response.content.decode()[:2000]
        return rows(response)

    return names
