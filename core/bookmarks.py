"""Bookmarks of the ledger: what had been seen, and what became visible since.

The feed of changes, webhooks and the validity of stored answers are all this one question. It needs no clock and no
lock: a change that commits late, by whatever door, is visible after a bookmark that did not see it, whatever its id.
A bookmark is text, "<place>/<pg_snapshot>"; the place names the era of the transaction counter (`core.models.Era`).
"""

import re
from collections.abc import Collection

from django.db import connection
from django.db.models.query import RawQuerySet

from core.models import Change

SHAPE = re.compile(r"[0-9]+\.[0-9A-F]{8}\.[0-9]+/[0-9]+:[0-9]+:[0-9,]*")

# The snapshot stands in the query itself: inside a function it would be a later one than that of the query around it.
_NOW = "SELECT core_current_era() || '/' || pg_current_snapshot()"
FRESH = """
SELECT core_current_era() || '/' || pg_current_snapshot(),
       coalesce(%s::timestamptz <= statement_timestamp(), false) OR EXISTS (
  SELECT FROM core_change
   WHERE relation = ANY(%s::text[]) AND xid >= pg_snapshot_xmin(%s::pg_snapshot)
     AND NOT pg_visible_in_snapshot(xid, %s::pg_snapshot) AND id > (SELECT max(floor) FROM core_era))
"""
# Everything since the one, less everything since the other. The order of ids is right for any one row, because the id
# is drawn while the row is locked.
_BETWEEN = """
SELECT c.* FROM core_since(%s) c
 WHERE c.id > %s AND NOT EXISTS (SELECT FROM core_since(%s) n WHERE n.id = c.id)
 ORDER BY c.id LIMIT %s
"""


def bookmark() -> str:
    """What is visible now. Take it before reading what is to be remembered."""
    with connection.cursor() as cursor:
        cursor.execute(_NOW)
        return str(cursor.fetchone()[0])


def fresh(mark: str, relations: Collection[str], until: str | None = None) -> str | None:
    """A new bookmark (keep it: the next question is then cheap), if no change of the relations became visible since.

    None where one did, or where `until` (an instant, by the clock of the database) has come. A bookmark from before a
    restore or failover is never fresh: what it saw may be gone.
    """
    with connection.cursor() as cursor:
        cursor.execute(FRESH, asked(mark, relations, until))
        return verdict(mark, *cursor.fetchone())


def asked(mark: str, relations: Collection[str], until: str | None) -> tuple[str | None, ...]:
    """What FRESH is asked with, as text."""
    snapshot = mark.partition("/")[2]
    return until, f"{{{','.join(relations)}}}", snapshot, snapshot


def verdict(mark: str, now: str, changed: bool) -> str | None:
    return now if not changed and now.startswith(mark[: mark.index("/") + 1]) else None


def between(start: str, until: str, after: int, limit: int) -> RawQuerySet:
    """Changes that became visible after the one bookmark and by the other, in order of id, from above `after` on."""
    return Change.objects.raw(_BETWEEN, [start, after, until, limit])
