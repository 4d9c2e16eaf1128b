"""Statements that are asked again and again in the same words: planned once a connection, not each time.

Django binds values on its own side, so that no statement is ever the same. These are bound by the database and, where
the connection allows it (`prepare_threshold` in the settings), prepared; all else is as with Django's own cursor.
"""

from collections.abc import Sequence
from typing import Any

import psycopg
from django.db import connection


def rows(sql: str, params: Sequence[Any]) -> list[Any]:
    connection.ensure_connection()
    bound_there = psycopg.Cursor(connection.connection)
    with connection._prepare_cursor(bound_there) as cursor:  # type: ignore[attr-defined]
        cursor.execute(sql, params)
        return cursor.fetchall()
