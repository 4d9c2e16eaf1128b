"""The board of control over a hundred thousand instructions, as the office reads it: queries and milliseconds."""

import http.client
import json
import os
import subprocess
import sys
import time
from statistics import median, quantiles
from typing import NamedTuple
from urllib.parse import urlsplit

from alatau_portal.embedded.apart import Portal
from alatau_portal.embedded.checks import FOREIGN
from alatau_portal.environment import ROOT

PORTAL = "bench-board"
WARM_UP, ROUNDS = 3, 30
MOST_QUERIES, MOST_MILLISECONDS = 10, 300
CONSTANT = "/health/live"
BOARD = {
    "board": "/kk/control/",
    "board, overdue": "/kk/control/?attention=overdue",
    "board, searched": "/kk/control/?q=%D0%BA%D1%83%D1%80%D1%8B%D0%BB%D1%8B%D1%81",
    "board, sorted by term": "/kk/control/?ordering=due",
}
SECOND = "board, second page"


class Reading(NamedTuple):
    """An address: its queries, the middle and the 95th percentile in milliseconds, the middle as a ratio."""

    name: str
    queries: int
    middle: float
    late: float
    times: float

    @property
    def is_over(self) -> bool:
        return self.queries > MOST_QUERIES or self.middle > MOST_MILLISECONDS


def measure(portal: Portal) -> tuple[list[Reading], int]:
    """The readings, and how many instructions there are."""
    inside = _inside(portal)
    queries = inside["queries"]
    names = {address: name for name, address in BOARD.items()}
    asked = {names.get(address, SECOND): address for address in queries}
    times = _times(portal.url, asked | {CONSTANT: CONSTANT}, inside["cookie"])
    base = median(times[CONSTANT])
    readings = [
        Reading(
            name,
            queries[address],
            median(times[name]) * 1000,
            quantiles(times[name], n=20)[-1] * 1000,
            median(times[name]) / base,
        )
        for name, address in asked.items()
    ]
    return readings, inside["rows"]


def _inside(portal: Portal) -> dict:
    """Fill the portal's register and count queries, in a process that has its settings."""
    own = {key: value for key, value in os.environ.items() if key not in FOREIGN}
    words = [sys.executable, "-m", "benchmarks.volume", *BOARD.values()]
    done = subprocess.run(
        words, cwd=ROOT, env=own | {"DATA_DIR": str(portal.data_dir)}, capture_output=True, text=True
    )
    if done.returncode:
        raise SystemExit(f"The volume could not be made: {done.stderr[-2000:]}")
    return json.loads(done.stdout.splitlines()[-1])


def _times(home: str, asked: dict[str, str], cookie: str) -> dict[str, list[float]]:
    """All addresses in turn, round after round."""
    connection = http.client.HTTPConnection(urlsplit(home).netloc, timeout=60)
    times: dict[str, list[float]] = {name: [] for name in asked}
    for turn in range(WARM_UP + ROUNDS):
        for name, address in asked.items():
            started = time.perf_counter()
            connection.request("GET", address, headers={"Cookie": cookie})
            answer = connection.getresponse()
            answer.read()
            if answer.status != http.HTTPStatus.OK:
                raise SystemExit(f"{address} answers {answer.status}")
            if turn >= WARM_UP:
                times[name].append(time.perf_counter() - started)
    return times
