"""Random interleavings of writes by every door with reads of the API: is any answer older than what was committed?

Whoever drives says how to read an address, and how the office writes by service and by admin; raw SQL and late commits
go through connections of their own. One step at a time, so that what an answer has to say is known exactly.
"""

import json
import random
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any, NamedTuple

import psycopg

WRITE = "UPDATE core_source SET publisher = %s WHERE id = %s"
#: How likely each step is.
STEPS = {"read": 12, "by_sql": 2, "by_service": 1, "by_admin": 1, "begin_late": 2, "end_late": 2}
LATE_AT_ONCE = 3


class Doors(NamedTuple):
    """`read(address, tag)` gives status, body and tag; the others write a word: into a source, by its key and code."""

    read: Callable[[str, str], tuple[int, bytes, str]]
    by_service: Callable[[int, str], None]
    by_admin: Callable[[int, str], None]
    connect: Callable[[], psycopg.Connection]


class Found(NamedTuple):
    steps: int
    reads: int
    unchanged: int
    writes: int
    late: int
    stale: list[str]


class Interleaving:
    """`sources`: code by key; `addresses`: what is read, lists and objects in which sources are cited."""

    def __init__(self, doors: Doors, sources: dict[int, str], addresses: list[str], seed: int) -> None:
        self.doors, self.sources, self.addresses = doors, sources, addresses
        self.chance = random.Random(seed)
        self.said = dict.fromkeys(sources.values(), "")
        self.known: dict[str, tuple[str, dict[str, set[str]]]] = {}
        self.late: list[tuple[psycopg.Connection, int, str]] = []
        self.counts = dict.fromkeys(("reads", "unchanged", "writes", "late"), 0)
        self.stale: list[str] = []

    def run(self, steps: int) -> Found:
        with ExitStack() as stack:
            self.sql, *self.free = (
                stack.enter_context(self.doors.connect()) for _number in range(LATE_AT_ONCE + 1)
            )
            for key in self.sources:
                self._by_sql(key, self._word("first"))
            for number in range(steps):
                self.number = number
                (step,) = self.chance.choices([*STEPS], [*STEPS.values()])
                getattr(self, f"_{step}")(*self._what_for(step))
            while self.late:
                self._end_late()
        return Found(steps, **self.counts, stale=self.stale)

    def _what_for(self, step: str) -> tuple[Any, ...]:
        if step in {"read", "end_late"}:
            return ()
        held = {key for _connection, key, _word in self.late}
        return self.chance.choice([key for key in self.sources if key not in held]), self._word(step)

    def _word(self, step: str) -> str:
        return f"{step} {self.chance.randrange(10**9)}"

    def _by_sql(self, key: int, word: str) -> None:
        self.sql.execute(WRITE, [word, key])
        self._committed(key, word)

    def _by_service(self, key: int, word: str) -> None:
        self.doors.by_service(key, word)
        self._committed(key, word)

    def _by_admin(self, key: int, word: str) -> None:
        self.doors.by_admin(key, word)
        self._committed(key, word)

    def _begin_late(self, key: int, word: str) -> None:
        if self.free:
            connection = self.free.pop()
            connection.execute("BEGIN")
            connection.execute(WRITE, [word, key])
            self.late.append((connection, key, word))

    def _end_late(self) -> None:
        if not self.late:
            return
        connection, key, word = self.late.pop(self.chance.randrange(len(self.late)))
        self.free.append(connection)
        if self.chance.random() < 0.25:
            connection.execute("ROLLBACK")
            return
        connection.execute("COMMIT")
        self.counts["late"] += 1
        self._committed(key, word)

    def _committed(self, key: int, word: str) -> None:
        self.said[self.sources[key]] = word
        self.counts["writes"] += 1

    def _read(self) -> None:
        """Half of the reads of an address that was read before ask whether it has changed."""
        address = self.chance.choice(self.addresses)
        tag, cited = self.known.get(address, ("", {}))
        status, body, new = self.doors.read(address, tag if self.chance.random() < 0.5 else "")
        self.counts["reads"] += 1
        if status == 304:
            self.counts["unchanged"] += 1
        elif status == 200:
            cited = _cited(json.loads(body))
            self.known[address] = (new, cited)
        else:
            raise RuntimeError(f"{address} answers {status}: {body[:300]!r}")
        for code, words in cited.items():
            if code in self.said and words != {self.said[code]}:
                self.stale.append(
                    f"step {self.number}: {address} says {words} of {code}, not {self.said[code]}"
                )


def _cited(value: Any) -> dict[str, set[str]]:
    """What an answer says of each source, wherever it cites one."""
    found: dict[str, set[str]] = {}
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            if "publisher" in one and "code" in one:
                found.setdefault(one["code"], set()).add(one["publisher"])
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one
    return found
