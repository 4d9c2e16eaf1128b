"""Absolute addresses on PUBLIC_URL, whatever host the request named."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse


def link(view: str, **kwargs: Any) -> str:
    return settings.PUBLIC_URL + reverse(view, kwargs=kwargs)


def with_query(path: str, query: QueryDict) -> str:
    """The parameters in order of their names: who gives them in another order has the same bytes."""
    ordered = sorted((name, value) for name, values in query.lists() for value in values)
    return f"{settings.PUBLIC_URL}{path}?{urlencode(ordered)}"
