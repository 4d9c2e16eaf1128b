"""A signed-in browser for each persona."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import translation


@pytest.fixture
def browse() -> Callable[..., Client]:
    """browse(user) is a browser in which the user is signed in, and which reads English."""

    def browser(user: Any = None) -> Client:
        client = Client(headers={"accept-language": "en"})
        if user is not None:
            client.force_login(user)
        return client

    return browser


@pytest.fixture(autouse=True)
def _english() -> Any:
    with translation.override("en"):
        yield
