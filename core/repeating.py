"""A connection to the database that breaks under a request: what may be asked twice is asked once more, unseen.

A read, and a write under an `Idempotency-Key` (core.api.idempotency), which is done once however often it is sent. The
second try waits for the database as every request does; what fails again is answered as it is.
"""

import logging
import sys
from collections.abc import Callable
from io import BytesIO
from typing import Any

from django.core.signals import got_request_exception
from django.db import close_old_connections
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse

from core.database import is_lost

logger = logging.getLogger(__name__)
READS = {"GET", "HEAD"}
MOST = 2**20  # bytes of a body that are kept for a second try


class Again:
    """Around all that asks the database."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not _may_be_repeated(request):
            return self.get_response(request)
        body = b"" if request.method in READS else request.body
        response = self.get_response(request)
        if response.status_code != 503 or not getattr(request, "lost_connection", False):
            return response
        logger.warning(
            "%s: the connection to the database broke, asking once more",
            request.path,
            extra={"request": request},
        )
        close_old_connections()
        return self.get_response(type(request)({**request.META, "wsgi.input": BytesIO(body)}))  # type: ignore[call-arg]


def _may_be_repeated(request: HttpRequest) -> bool:
    if request.method in READS:
        return True
    length = request.META.get("CONTENT_LENGTH") or ""
    is_known = request.path.startswith("/api/") and "HTTP_IDEMPOTENCY_KEY" in request.META
    return is_known and length.isascii() and length.isdigit() and int(length) <= MOST


@receiver(got_request_exception)
def _note(request: Any, **_: Any) -> None:
    """Whoever turns an exception into an answer sends this signal first."""
    error = sys.exception()
    if request is not None and error is not None and is_lost(error):
        request.lost_connection = True
