"""Stored answers in front of Django: who asks again in the same words is answered before a request is made of them.

Whether the answer still holds is asked of the ledger all the same (`core.api.stored`). What is kept here is only by
which words an answer was asked for; whatever is said unusually goes on to `core.api.serving`, which decides.
"""

from collections.abc import Callable, Iterable
from typing import Any

import psycopg

from core import counting
from core.api import stored

type Environ = dict[str, Any]
type Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]

#: What may make a visitor's answer another one, and is not looked at here.
UNUSUAL = (
    *(
        "HTTP_AUTHORIZATION",
        "HTTP_COOKIE",
        "HTTP_IF_NONE_MATCH",
        "HTTP_IF_MATCH",
        "HTTP_RANGE",
        "HTTP_TRANSFER_ENCODING",
    ),
)
#: All that the key of an answer is made from (`core.api.serving.public_key`).
WORDS = (
    *(
        "PATH_INFO",
        "QUERY_STRING",
        "HTTP_ACCEPT",
        "HTTP_ACCEPT_LANGUAGE",
        "HTTP_HOST",
        "SERVER_NAME",
        "SERVER_PORT",
    ),
    *("wsgi.url_scheme", "HTTP_X_FORWARDED_PROTO"),
)
#: Letters of a wording; what is longer is nobody's habit.
LONGEST = 2000
#: Wordings that are remembered by a process; then it begins anew.
MOST = 4096
_keys: dict[tuple[str | None, ...], str] = {}


class Front:
    """A WSGI application around the portal's."""

    def __init__(self, application: Application) -> None:
        self._application = application

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        key = _keys.get(_words(environ))
        if key and _is_usual(environ) and (one := _holding(key)):
            counting.STORED.inc()
            start_response("200 OK", one.pairs)
            return [one.body]
        return self._application(environ, start_response)


def remember(environ: Environ, key: str) -> None:
    """These words ask for the answer under this key. Django has read the path meanwhile: in ASCII it is the same."""
    words = _words(environ)
    is_short = sum(len(word or "") for word in words) <= LONGEST
    if is_short and _is_usual(environ) and environ["PATH_INFO"].isascii():
        if len(_keys) >= MOST:
            _keys.clear()
        _keys[words] = key


def _words(environ: Environ) -> tuple[str | None, ...]:
    return tuple(map(environ.get, WORDS))


def _is_usual(environ: Environ) -> bool:
    is_bodiless = environ["REQUEST_METHOD"] == "GET" and environ.get("CONTENT_LENGTH", "") in {"", "0"}
    return is_bodiless and not any(name in environ for name in UNUSUAL)


def _holding(key: str) -> stored.Stored | None:
    try:
        return stored.find(key)
    except psycopg.Error:
        return None  # the portal itself says what is the matter
