"""Connections that ask one thing only, on every request: whether what is stored still holds.

Django's pool tries each connection before it lends it, and prepares it anew: that costs more than the question itself.
These are as many as threads ask at the same time, and live until they fail; what failed on an old one is asked again.
"""

import re
from collections import deque
from collections.abc import Collection
from itertools import count
from typing import Any

import psycopg
from django.db import connection
from psycopg.pq import ExecStatus

from core.bookmarks import FRESH, asked, verdict

_NAME = b"fresh"
_numbers = count(1)
_QUESTION = re.sub("%s", lambda _place: f"${next(_numbers)}", FRESH).encode()
_idle: deque[psycopg.Connection] = deque()


def fresh(mark: str, relations: Collection[str], until: str | None) -> str | None:
    """`core.bookmarks.fresh`, outside of any transaction. Raises psycopg.Error where the database does not answer."""
    while _idle:
        try:
            return _ask(_idle.pop(), mark, relations, until)
        except (psycopg.OperationalError, IndexError):
            continue  # it was closed over there, or another thread took the last one
    return _ask(_connect(), mark, relations, until)


def _ask(link: psycopg.Connection, mark: str, relations: Collection[str], until: str | None) -> str | None:
    """By libpq itself: a prepared statement, values as text."""
    values: list[Any] = [None if value is None else value.encode() for value in asked(mark, relations, until)]
    found = link.pgconn.exec_prepared(_NAME, values)
    if found.status != ExecStatus.TUPLES_OK:
        link.close()
        raise psycopg.OperationalError(found.error_message.decode(errors="replace"))
    now, changed = found.get_value(0, 0) or b"", found.get_value(0, 1)
    _idle.append(link)
    return verdict(mark, now.decode(), changed == b"t")


def _connect() -> psycopg.Connection:
    parameters = connection.get_connection_params() | {"autocommit": True}
    link = psycopg.connect(**parameters)
    link.pgconn.prepare(_NAME, _QUESTION)
    return link


def close() -> None:
    """Let go of all that are idle."""
    while _idle:
        _idle.pop().close()
