"""What a page shows its reader."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.pages.registers import rows


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
