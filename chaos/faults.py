"""Kills and freezes of the programs of one portal: by the numbers in its DATA_DIR/run, and of nothing else."""

import itertools
import os
import random
import signal
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from alatau_portal.embedded import locks, postgres, valkey
from alatau_portal.embedded.apart import Portal
from alatau_portal.embedded.places import Places

FREEZE = 6.0  # seconds
PAUSE = 0.5  # seconds between the end of one fault and the next
BACK_WITHIN = 30.0
STARTS_WITHIN = 2.0  # seconds that are waited for a child; then its parent is hit
FRONT = {"postgres", "web"}  # whom each request needs

#: (program, whom of it, what). `child`: one of the processes that it keeps.
ALL = [
    ("postgres", "", "kill"),
    ("redis", "", "kill"),
    ("worker", "", "kill"),
    ("worker", "child", "kill"),
    ("web", "", "kill"),
    ("web", "child", "kill"),
    ("beat", "", "kill"),
    ("postgres", "", "kill"),
    ("web", "child", "kill"),
    ("worker", "child", "kill"),
    ("redis", "", "kill"),
    ("postgres", "", "freeze"),
    ("redis", "", "freeze"),
    ("worker", "", "freeze"),
    ("web", "", "freeze"),
    ("web", "child", "freeze"),
]


@dataclass(frozen=True)
class Fault:
    """What was done, when (seconds since the first), and how long it took until the program was back."""

    program: str
    whom: str
    what: str
    at: float
    back: float

    def __str__(self) -> str:
        return f"{self.at:5.1f} s  {self.what} {self.program} {self.whom}".rstrip()


def inflict(portal: Portal, seed: int, programs: set[str]) -> Iterator[Fault]:
    """One after another, of those programs that there are; what no request needs stays frozen beside the next ones."""
    luck = random.Random(seed)
    run = portal.data_dir / "run"
    began = time.monotonic()
    with ThreadPoolExecutor() as beside:
        for program, whom, what in in_turn(programs, luck):
            if program in FRONT:  # a client waits for one fault, not for a chain of them
                _until_answered(portal)
            at, back = time.monotonic() - began, FREEZE
            victims = _victims(run, program, whom, luck)
            if what == "kill":
                back = _kill(portal, program, whom, victims)
            elif program in FRONT:
                _freeze(program, victims)
            else:
                beside.submit(_freeze, program, victims)
            yield Fault(program, whom, what, at, back)
            time.sleep(PAUSE)


def in_turn(programs: set[str], luck: random.Random) -> list[tuple[str, str, str]]:
    """In an order by chance, in which no program is hit twice in a row."""
    chosen = [one for one in ALL if f"{one[0]} {one[1]}".strip() in programs]
    for _ in range(100_000):
        luck.shuffle(chosen)
        if all(one[0] != two[0] for one, two in itertools.pairwise(chosen)):
            break
    return chosen


def children(parent: int) -> list[int]:
    """The processes that this one started (Linux)."""
    found = []
    for entry in Path(f"/proc/{parent}/task").glob("*/children"):
        with suppress(OSError):
            found += [int(number) for number in entry.read_text().split()]
    return found


def _victims(run: Path, program: str, whom: str, luck: random.Random) -> list[int]:
    """The program itself, or one of its children as soon as there is one: a program that only starts has none."""
    until = time.monotonic() + STARTS_WITHIN
    while True:
        number = locks.read_number(run / f"{program}.pid")
        kept = sorted(children(number)) if number else []
        if whom and kept:
            return [luck.choice(kept)]
        if not whom or time.monotonic() >= until:
            return [number] if number else []
        time.sleep(0.05)


def _kill(portal: Portal, program: str, whom: str, victims: list[int]) -> float:
    """Seconds until another process has taken the place, and answers."""
    run = portal.data_dir / "run"
    parent = locks.read_number(run / f"{program}.pid")
    before = set(children(parent)) if parent else set()
    began = time.monotonic()
    for number in victims:
        with suppress(ProcessLookupError):
            os.kill(number, signal.SIGKILL)
    while time.monotonic() - began < BACK_WITHIN:
        now = locks.read_number(run / f"{program}.pid")
        is_new = now not in (None, parent) or bool(whom and parent and set(children(parent)) - before)
        if is_new and _answers(portal, program):
            break
        time.sleep(0.05)
    return time.monotonic() - began


def _until_answered(portal: Portal) -> None:
    """A page was made since the last fault."""
    until = time.monotonic() + BACK_WITHIN
    while time.monotonic() < until:
        with suppress(OSError), urllib.request.urlopen(f"{portal.url}/kk/", timeout=10):
            time.sleep(PAUSE)
            return
        time.sleep(0.1)


def _answers(portal: Portal, program: str) -> bool:
    if program == "web":
        with suppress(OSError), urllib.request.urlopen(f"{portal.url}/health/live", timeout=5):
            return True
        return False
    server = {"postgres": postgres, "redis": valkey}.get(program)
    return server is None or bool(server.answers(Places.of(portal.data_dir)))


def _freeze(program: str, victims: list[int]) -> None:
    """PostgreSQL with all that serve its connections."""
    if program == "postgres":
        victims = [*victims, *(child for number in victims for child in children(number))]
    for number in victims:
        with suppress(ProcessLookupError):
            os.kill(number, signal.SIGSTOP)
    try:
        time.sleep(FREEZE)
    finally:
        for number in victims:
            with suppress(ProcessLookupError):
                os.kill(number, signal.SIGCONT)
