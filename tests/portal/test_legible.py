"""A request that Django cannot read is answered by the portal all the same."""

from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test import RequestFactory
from django.utils.http import MAX_HEADER_LENGTH

from alatau_portal.legible import Legible

pytestmark = pytest.mark.django_db(transaction=True)
LONG = "application/json;" + "a" * MAX_HEADER_LENGTH


@pytest.mark.parametrize(
    ("address", "method", "status"),
    [
        ("/health/live", "GET", "200 OK"),
        ("/kk/privacy/", "GET", "200 OK"),
        ("/api/v1/enquiries/", "POST", "415 Unsupported Media Type"),
    ],
)
def test_a_type_of_content_without_end_is_none(address: str, method: str, status: str) -> None:
    answered: list[Any] = []
    environ = RequestFactory().generic(method, address, b"{}", content_type="application/json").environ

    body = Legible(WSGIHandler())(environ | {"CONTENT_TYPE": LONG}, lambda *said: answered.extend(said))

    assert answered[0] == status and b"".join(body)
