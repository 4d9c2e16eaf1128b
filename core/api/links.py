"""Absolute addresses on PUBLIC_URL, whatever host the request named."""

from typing import Any

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse


def link(view: str, **kwargs: Any) -> str:
    return settings.PUBLIC_URL + reverse(view, kwargs=kwargs)


def with_query(path: str, query: QueryDict) -> str:
    return f"{settings.PUBLIC_URL}{path}?{query.urlencode()}"
