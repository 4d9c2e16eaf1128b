"""Each request gets a number, one line of the log and its place in the counts.

What is asked most stands before this and is not seen: `/health/live`, and answers of the API from the store, which are
counted only (core.api.serving). Static files are left out.
"""

import logging
import re
from collections.abc import Callable
from time import perf_counter
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils.functional import LazyObject

from core import counting, tracing

logger = logging.getLogger("portal.request")

#: What names an object in an address and is no secret.
KEYS = ("public_id", "pk", "code")
PLAIN = re.compile(r"[-\w]{1,40}\Z")


class Observed:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(settings.STATIC_URL):
            return self.get_response(request)
        given = (
            request.META.get("HTTP_X_REQUEST_ID", "") if settings.HTTPS else ""
        )  # behind a proxy of our own
        number, asked, began = tracing.new_number(given), Asked(), perf_counter()
        with tracing.request(number):
            with connection.execute_wrapper(asked):
                response = self.get_response(request)
            seconds = perf_counter() - began
            route = route_of(request)
            counting.answered(route, request.method or "", response.status_code, seconds, asked.queries)
            told = {
                "method": request.method,
                "route": route,
                "status": response.status_code,
                "ms": round(seconds * 1000, 1),
                "queries": asked.queries,
            }
            logger.info("answered", extra=told | _object(request) | _user(request))
        response.headers[tracing.HEADER] = number
        return response


class Asked:
    """Counts the queries of this thread's connection."""

    def __init__(self) -> None:
        self.queries = 0

    def __call__(self, execute: Callable[..., Any], *query: Any) -> Any:
        self.queries += 1
        return execute(*query)


def route_of(request: HttpRequest) -> str:
    """By name: there are as many as routes, whatever is asked for."""
    match = request.resolver_match
    if match is None:
        return "unmatched"
    return "admin" if "admin" in match.namespaces else match.view_name


def _object(request: HttpRequest) -> dict[str, str]:
    match = request.resolver_match
    named = (str(match.kwargs[key]) for key in KEYS if key in match.kwargs) if match else ()
    return next(({"object": name} for name in named if PLAIN.match(name)), {})


def _user(request: HttpRequest) -> dict[str, str]:
    """As the ledger names him, where the answer has asked who it is: the log asks nobody."""
    user = getattr(request, "_cached_user", None) or request.__dict__.get("user")
    if user is None or isinstance(user, LazyObject):
        return {}
    name = getattr(user, "ledger_name", "")
    return {"user": name} if name else {}
