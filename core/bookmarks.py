"""Bookmarks of the ledger: what had been seen, and what became visible since.

The feed of changes, webhooks and the validity of stored answers are all this one question. It needs no clock and no
lock: a change that commits late, by whatever door, is visible after a bookmark that did not see it, whatever its id.
A bookmark is text, "<place>/<pg_snapshot>"; the place names the era of the transaction counter (`core.models.Era`).

with one_moment() as now:           every query in the block reads one state of the database
    with seen(earlier):             every query in the block reads what an earlier bookmark had seen
        …
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.models.query import RawQuerySet

from core import ledger
from core.models import Change

# The snapshot stands in the query itself: inside a function it would be a later one than that of the query around it.
_NOW = "SELECT core_current_era() || '/' || pg_current_snapshot()"
_MOMENT = """
SELECT core_current_era() || '/' || pg_current_snapshot(), clock_timestamp(),
       (SELECT coalesce(max(id), 0) FROM core_change)
"""
FRESH = """
SELECT core_current_era() || '/' || pg_current_snapshot(),
       coalesce(%s::timestamptz <= statement_timestamp(), false) OR EXISTS (
  SELECT FROM core_change
   WHERE relation = ANY(%s::text[]) AND xid >= pg_snapshot_xmin(%s::pg_snapshot)
     AND (NOT pg_visible_in_snapshot(xid, %s::pg_snapshot) OR xid = pg_current_xact_id_if_assigned())
     AND id > (SELECT max(floor) FROM core_era))
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


class Moment(NamedTuple):
    """What is visible; the clock of the database then, by which embargoes are judged; the newest change that is."""

    mark: str
    at: datetime
    newest: int


@contextmanager
def one_moment() -> Iterator[Moment]:
    """Every query of the block reads one state of the database, and judges embargoes by one instant.

    Inside a transaction of the caller it reads as that one does.
    """
    is_outermost = not connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        if is_outermost:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute(_MOMENT)
        yield Moment(*cursor.fetchone())


@contextmanager
def seen(moment: Moment) -> Iterator[None]:
    """Read everything recorded as a bookmark had seen it: what it did not see is not there, late commits included.

    The rights are those of today. The bookmark is of this database (`is_of_here`); nothing can be written.
    """
    with _read_by(moment.at, "SELECT core_enter_seen(%s, %s)", [moment.mark, moment.at]):
        yield


@contextmanager
def judged_at(at: datetime) -> Iterator[None]:
    """Read what is there now; what is public by the clock is so at this instant, to the microsecond."""
    with _read_by(at, "SELECT set_config('ledger.instant', %s::timestamptz::text, true)", [at]):
        yield


@contextmanager
def _read_by(at: datetime, enter: str, said: list[Any]) -> Iterator[None]:
    token = ledger.clock.set(at)
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(enter, said)
            yield
            transaction.set_rollback(True)  # the way out, as of core.ledger.as_of
    finally:
        ledger.clock.reset(token)


_OF_HERE = """
SELECT coalesce(min(n.floor), 9223372036854775807) >= %s
  FROM core_era e LEFT JOIN core_era n ON n.id > e.id WHERE e.place = %s GROUP BY e.id
"""


def is_of_here(moment: Moment) -> bool:
    """Whether all that was visible then is in this database.

    Not, where the moment is another portal's, or comes after the dump that this database was restored from.
    """
    with connection.cursor() as cursor:
        cursor.execute(_OF_HERE, [moment.newest, moment.mark.partition("/")[0]])
        return bool((cursor.fetchone() or [False])[0])
