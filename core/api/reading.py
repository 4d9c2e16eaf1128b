"""What an answer is made from: the tables that are read while it is made, seen in the SQL that asks for them.

    with Reading() as reading:
        response = view(request)
    reading.relations       the recorded tables that were read; None where anything else was

The ledger tells of a change of a recorded table, by whatever door. Of anything else nobody would tell: another table, a
function of the database that may read one, a clock, a write.
"""

import re
from collections.abc import Callable
from contextlib import ExitStack
from functools import cache, lru_cache
from time import monotonic
from typing import Any, Self

from django.apps import apps
from django.db import connection

from core import prepared
from core.triggers import Run

_NAME = re.compile(r"[a-z_][a-z0-9_]*")
#: What is read from, where it is not a subquery.
_READ = re.compile(r'\b(?:from|join)\s+"?([a-z_][a-z0-9_]*)')
_FUNCTIONS = "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND provolatile <> 'i'"
_NEXT = """
(SELECT min(published_at) FROM "{}" WHERE published_at > statement_timestamp() - make_interval(secs => %s))
"""
#: The clock that lifts embargoes (core.querysets.ReadAt): how long an answer holds, is asked of `published_at`.
_EMBARGO_CLOCK = "core_now"
_CLOCKS = {
    *("now", "statement_timestamp", "clock_timestamp", "transaction_timestamp", "timeofday", "random"),
    *("current_date", "current_time", "current_timestamp", "localtime", "localtimestamp"),
}
#: So long after an embargo has been lifted answers are not kept: the clocks of the servers may differ by as much, and
#: `core.policies.is_shown` waits a little.
UNSETTLED = 60


class Reading:
    """Notes what is read in the block, on the connection of this thread."""

    def __init__(self) -> None:
        self._seen: set[str] = set()
        self._began = monotonic()
        self._block = ExitStack()

    def __enter__(self) -> Self:
        self._block.enter_context(connection.execute_wrapper(self._note))
        return self

    def __exit__(self, *exception: Any) -> None:
        self._block.close()

    def _note(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        self._seen.add(str(sql))
        return execute(sql, params, many, context)

    @property
    def relations(self) -> frozenset[str] | None:
        found = [read_by(sql) for sql in self._seen]
        return None if None in found else frozenset().union(*found)  # type: ignore[arg-type]

    def until(self, relations: frozenset[str]) -> str | None:
        """When the next embargo of these is lifted, which changes the answer without a change; None where none is."""
        tables = sorted(relations & _under_embargo())
        if not tables:
            return None
        asked = ", ".join(_NEXT.format(table) for table in tables)
        since = UNSETTLED + monotonic() - self._began
        return prepared.rows(f"SELECT least({asked})::text", [since] * len(tables))[0][0]


@lru_cache(maxsize=2000)
def read_by(sql: str) -> frozenset[str] | None:
    """The recorded tables that a query reads; None where it may do more than that."""
    text = sql.lower()
    names = set(_NAME.findall(text))
    recorded, others = _tables()
    is_known = recorded.issuperset(_READ.findall(text)) and not names & others
    is_plain = text.lstrip().startswith("select") and not names & (_CLOCKS | _unsteady())
    return frozenset(names & recorded) if is_known and is_plain else None


@cache
def _tables() -> tuple[frozenset[str], frozenset[str]]:
    """The tables of which every change is recorded, and all others that the portal has."""
    models = apps.get_models(include_auto_created=True)
    tables = {model._meta.db_table for model in models}
    recorded = frozenset(model._meta.db_table for model in models if _tells_all(model))
    return recorded, frozenset(tables - recorded)


def _tells_all(model: Any) -> bool:
    """Recorded, and without quiet columns, whose changes are no events."""
    triggers = [one for one in getattr(model._meta, "triggers", []) if isinstance(one, Run)]
    return any(one.function == "core_record" and not one.arguments[3] for one in triggers)


@cache
def _under_embargo() -> frozenset[str]:
    return frozenset(
        model._meta.db_table
        for model in apps.get_models()
        if any(field.name == "published_at" for field in model._meta.concrete_fields)
    )


@cache
def _unsteady() -> frozenset[str]:
    """The portal's functions in the database that may read a table or a clock."""
    with connection.cursor() as cursor:
        cursor.execute(_FUNCTIONS)
        return frozenset(name for (name,) in cursor.fetchall()) - {_EMBARGO_CLOCK}
