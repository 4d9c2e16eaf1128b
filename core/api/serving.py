"""Reads of the API that everybody may make: answered from stored bytes, as long as the ledger proves that they hold.

It is proved on every request, by one small query: what was changed by any door, by raw SQL and late commits too, is in
the very next answer. What an answer was made from is seen while it is made (core.api.reading). This stands before all
that a visitor's request does not need; what it gives back is, to the last header, what would be made anew.
"""

import time
from collections.abc import Callable
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl, urlencode

import psycopg
from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.http.response import ResponseHeaders
from django.utils.translation import get_language_from_request

from core import counting, tracing
from core.api import front, stored, tags
from core.api.reading import Reading
from core.bookmarks import bookmark

READS = {"GET", "HEAD"}
#: By what an answer may differ for the same address; the key of a stored one knows all of it.
KNOWN = {"accept", "accept-language", "authorization", "cookie"}
WORDS = ("PATH_INFO", "QUERY_STRING", "HTTP_ACCEPT", "HTTP_ACCEPT_LANGUAGE")
#: Headers that are made for one request alone.
FOR_ONE = ("Set-Cookie", "RateLimit-Limit", "RateLimit-Remaining", "Retry-After")


class StoredAnswers:
    """Gives every read of the API its tag, answers 304, and keeps what everybody may read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> Any:
        if request.method not in READS or not request.path.startswith("/api/"):
            return self.get_response(request)
        key = public_key(request)
        response = self._public(request, key) if key else self.get_response(request)
        if response.status_code == 200 and not _is_page(response):
            tags.tagged(response)
            return tags.unless_known(request, response)
        return response

    def _public(self, request: HttpRequest, key: str) -> Any:
        try:
            if one := stored.find(key):
                front.remember(request.META, key)
                counting.STORED.inc()
                return one.answer()
            mark, day = bookmark(), stored.today()  # before anything is read
        except (DatabaseError, psycopg.Error):
            return self.get_response(request)
        with Reading() as reading:
            response = self.get_response(request)
        if _is_for_all(request, response):
            response.headers.pop(tracing.HEADER, None)  # it is not of this request alone
            tags.tagged(response)
            _keep(key, response, reading, mark, day)
        return response


def public_key(request: HttpRequest) -> str | None:
    """All that an answer to a visitor depends on; None where somebody signed in asks, or what is asked is unusual.

    Within a transaction one sees what nobody else does: nothing is taken from the store then, and nothing goes into it.
    """
    said = request.META
    if sum(len(said.get(name, "")) for name in WORDS) > front.LONGEST:
        return None
    query = _normal(said.get("QUERY_STRING", ""))
    is_public = (
        query is not None
        and request.path.startswith("/api/v1/")
        and "HTTP_AUTHORIZATION" not in said
        and not ("HTTP_COOKIE" in said and settings.SESSION_COOKIE_NAME in request.COOKIES)
        and said.get("CONTENT_LENGTH", "") in {"", "0"}
        and "HTTP_TRANSFER_ENCODING" not in said
        and not connection.in_atomic_block
    )
    if not is_public or not _is_known(request):
        return None
    accepted = said.get("HTTP_ACCEPT", "").strip() or "*/*"
    return repr(
        (
            settings.PUBLIC_URL,
            request.scheme,
            request.path,
            query,
            accepted,
            get_language_from_request(request),
        )
    )


@lru_cache(maxsize=4096)
def _normal(query: str) -> str | None:
    """The parameters in one order and spelling, as links to pages have them; None where they cannot be read."""
    if not query.isascii():
        return None
    try:
        most = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
        return urlencode(sorted(parse_qsl(query, keep_blank_values=True, max_num_fields=most)))
    except ValueError:
        return None


def _is_known(request: HttpRequest) -> bool:
    """The host that was asked is the portal."""
    try:
        return bool(request.get_host())
    except DisallowedHost:
        return False


def _is_page(response: Any) -> bool:
    """A page for people, with words for this one request in it."""
    return response.headers.get("Content-Type", "").startswith("text/html")


def _is_for_all(request: HttpRequest, response: Any) -> bool:
    """Any other visitor would be given the same."""
    differs = {name.strip().lower() for name in response.headers.get("Vary", "").split(",")}
    reader = getattr(request, "user", None)
    return (
        response.status_code == 200
        and not response.streaming
        and len(response.content) <= stored.MOST
        and reader is not None
        and reader.is_anonymous
        and differs <= KNOWN
        and not response.cookies
        and not any(name in response for name in FOR_ONE)
        and response.headers.get("Cache-Control") == "no-cache"
    )


def _keep(key: str, response: HttpResponse, reading: Reading, mark: str, day: str) -> None:
    relations = reading.relations
    if relations is None:
        return
    try:
        until = reading.until(relations)
    except DatabaseError:
        return
    headers = ResponseHeaders(dict(response.headers))
    stored.keep(
        stored.Stored(key, response.content, headers, tuple(sorted(relations)), until, day, mark, time.time())
    )
