"""Two people at once: a second connection to the test database, and a step that has to wait."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import connection

WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted AND transactionid = pg_current_xact_id()::xid"


@contextmanager
def second_connection(autocommit: bool = False) -> Iterator[psycopg.Connection]:
    """Commits at the end of the block, unless it fails."""
    known = ("host", "port", "user", "password", "dbname")
    parameters = {key: value for key, value in connection.get_connection_params().items() if key in known}
    with psycopg.connect(**parameters, autocommit=autocommit) as other:
        yield other


@contextmanager
def beside() -> Iterator[Callable[[Callable[[], Any]], Future[Any]]]:
    """`run(step)` starts the step in a thread and returns when it stands still for a lock, or has ended."""
    with ThreadPoolExecutor(1) as pool:

        def run(step: Callable[[], Any]) -> Future[Any]:
            ending = pool.submit(step)
            for _ in range(500):
                with connection.cursor() as cursor:
                    cursor.execute(WAITING)
                    if ending.done() or cursor.fetchone()[0]:
                        break
                time.sleep(0.01)
            return ending

        yield run
