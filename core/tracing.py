"""To which request, or which job, belongs what happens now: its number stands in every line of the log.

    with request("9f86d081884c7d65"):
        number()                            "9f86d081884c7d65"; empty where no request is answered
    with job("core.jobs.deliver_outbox"), caused_by("9f86d081884c7d65"):
        …

A number says nothing of who asked or for what.
"""

import re
import secrets
from contextlib import AbstractContextManager

from structlog.contextvars import bound_contextvars, get_contextvars

HEADER = "X-Request-ID"
#: What a proxy may call a request. Anything else could write into the log what it likes.
SANE = re.compile(r"[A-Za-z0-9._-]{8,64}\Z")


def new_number(given: str = "") -> str:
    """The number that a proxy of our own gave, where it is one; else a new one, short enough to be read out."""
    return given if SANE.match(given) else secrets.token_hex(8)


def number() -> str:
    return str(get_contextvars().get("request_id", ""))


def request(request_id: str) -> AbstractContextManager[None]:
    return bound_contextvars(request_id=request_id)


def job(name: str) -> AbstractContextManager[None]:
    return bound_contextvars(job=name)


def caused_by(request_id: str) -> AbstractContextManager[None]:
    """Of what is done now for the sake of an earlier request."""
    return bound_contextvars(**({"caused_by": request_id} if request_id else {}))
