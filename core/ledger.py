"""The ledger's verbs: who acts, and how it stood.

with acting(request.user, "extend", "reason …"):        every change in the block carries the name, the verb, the note
    …

with as_of(instant):                                    every query in the block reads the past, joins included
    page = render(…)
Project.objects.as_of(instant).filter(…)                the same for one queryset and its prefetches
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from datetime import datetime
from functools import wraps
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

#: The instant that this context reads; None is the present.
instant: ContextVar[datetime | None] = ContextVar("ledger_instant", default=None)
#: The instant by which this context judges embargoes, by the clock of the database; None is now.
clock: ContextVar[datetime | None] = ContextVar("ledger_clock", default=None)


class Past(RuntimeError):
    """What is past cannot be changed."""


def _one(sql: str, *params: Any) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchone()


_NAMED = """
SELECT current_setting('ledger.actor', true), current_setting('ledger.verb', true),
       current_setting('ledger.note', true), current_setting('ledger.today', true),
       set_config('ledger.actor', %s, true), set_config('ledger.verb', %s, true),
       set_config('ledger.note', %s, true), set_config('ledger.today', %s, true)
"""


@contextmanager
def acting(actor: Any, verb: str, note: str = "") -> Iterator[None]:
    """Name the changes of this block, which is one transaction. The inner name holds inside, the outer returns after.

    `actor` is a user or an API client (anything with a `ledger_name`), or a word for a machine ("system:load_alatau").
    What the database does of itself in the block, it does on the day of whoever acts, not on that of its own clock.
    """
    name = actor if isinstance(actor, str) else actor.ledger_name
    with transaction.atomic():
        outer = _one(_NAMED, name, verb, note, timezone.localdate().isoformat())[:4]
        yield  # an exception rolls back, and PostgreSQL takes the names back with it
        _one(_NAMED, *(value or "" for value in outer))


@contextmanager
def as_of(moment: datetime) -> Iterator[None]:
    """Read everything recorded as it stood at the moment. Writing is refused by PostgreSQL. Render inside the block."""
    token = instant.set(moment)
    try:
        with transaction.atomic():
            _one("SELECT core_enter_past(%s)", moment)
            yield
            transaction.set_rollback(True)  # the way out: names, search path and read-only mode go with it
    finally:
        instant.reset(token)


def settled() -> datetime:
    """The latest instant whose past can no longer change (a running transaction counts from its beginning)."""
    return _one("SELECT core_settled()")[0]


def _in_its_time[**P, R](method: Callable[P, R]) -> Callable[P, R]:
    @wraps(method)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        moment = getattr(args[0], "_instant", None)
        time: AbstractContextManager[None] = as_of(moment) if moment else nullcontext()
        with time:
            return method(*args, **kwargs)

    return run


class RecordedQuerySet[M: models.Model](models.QuerySet[M]):
    """A queryset that can be asked how its rows stood."""

    _instant: datetime | None = None

    def as_of(self, moment: datetime) -> "RecordedQuerySet[M]":
        """This queryset as it stood, prefetches included; a lazy fetch from its objects is refused."""
        past = self.fetch_mode(models.FETCH_RAISE)
        past._instant = moment
        return past

    def _clone(self) -> "RecordedQuerySet[M]":
        clone = super()._clone()  # type: ignore[misc]
        clone._instant = self._instant
        return clone

    def iterator(self, *args: Any, **kwargs: Any) -> Iterator[M]:
        """In the past all at once: a block of the past is never left half open."""
        return iter(self) if self._instant else super().iterator(*args, **kwargs)

    def resolve_expression(self, *args: Any, **kwargs: Any) -> Any:
        """As a subquery of another queryset it would read that one's time."""
        if self._instant and self._instant != instant.get():
            raise Past(
                "a queryset of the past cannot be part of one of the present: use core.ledger.as_of around both"
            )
        return super().resolve_expression(*args, **kwargs)

    _fetch_all = _in_its_time(models.QuerySet._fetch_all)
    count = _in_its_time(models.QuerySet.count)
    exists = _in_its_time(models.QuerySet.exists)
    aggregate = _in_its_time(models.QuerySet.aggregate)
    explain = _in_its_time(models.QuerySet.explain)
    create = _in_its_time(models.QuerySet.create)
    bulk_create = _in_its_time(models.QuerySet.bulk_create)
    update = _in_its_time(models.QuerySet.update)
    delete = _in_its_time(models.QuerySet.delete)
