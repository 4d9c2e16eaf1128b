"""Writers that know no manners: SQL at random over all that the API shows, late to commit, now and then rolled back.

For the test and for the benchmark of the feed of changes; what they write stands in writers.sql.
"""

import random
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg

_FILE = Path(__file__).with_suffix(".sql").read_text()
STATEMENTS = [
    re.sub(r"(?m)^--.*\n", "", text).strip() for text in _FILE.split("\n\n") if not text.startswith("-- What")
]
#: At random, by a number.
_VISIBILITY = "(ARRAY['public', 'internal', 'investor'])[{number} % 3 + 1]"
_ROW = "(SELECT id FROM {table} ORDER BY (id * 7919 + {number}) % 1009, id LIMIT 1)"


class _Chosen(dict[str, str]):
    """A row of each table that a statement names."""

    def __missing__(self, table: str) -> str:
        return _ROW.format(table=table, number=self["number"])


def filled(statement: str, number: int) -> str:
    chosen = _Chosen(number=str(number), visibility=_VISIBILITY.format(number=number))
    return statement.format_map(chosen)


def write(
    connection: "psycopg.Connection[Any]", luck: random.Random, goes_on: Callable[[], bool]
) -> tuple[int, int]:
    """Transactions of one to three statements, until told to stop: how many were committed, and how many refused."""
    connection.execute("SET lock_timeout = '2s'")
    connection.commit()
    committed = refused = 0
    while goes_on():
        try:
            for statement in luck.choices(STATEMENTS, k=luck.randint(1, 3)):
                connection.execute(filled(statement, luck.randrange(10**6)).encode())
            if luck.random() < 0.5:
                time.sleep(luck.random() / 10)  # late to commit
            if luck.random() < 0.2:
                connection.rollback()
                continue
            connection.commit()
            committed += 1
        except psycopg.Error:  # a rule of the register, or two who wait for one another
            connection.rollback()
            refused += 1
    return committed, refused
