"""How long the server takes, as ratios to constant bytes: what the portal adds to what any server costs.

All addresses are asked in turn, round after round, so that whatever else the machine does meets them all alike.
"""

import gzip
import http.client
import threading
import time
from collections.abc import Callable
from statistics import median, quantiles
from typing import NamedTuple
from urllib.parse import urlsplit

from benchmarks.pages import addresses

CONSTANT = "constant bytes"
WARM_UP, ROUNDS = 5, 60
AT_ONCE, SECONDS = 8, 3.0


class Answer(NamedTuple):
    """An address: the middle and the 95th percentile alone, answers a second with others, bytes plain and packed."""

    name: str
    middle: float
    late: float
    per_second: float
    plain: int
    packed: int


def measure(home: str) -> list[Answer]:
    asked = {CONSTANT: "/health/live"} | addresses(home)
    sizes = {name: _sizes(home, address) for name, address in asked.items()}
    times = _alone(home, asked)
    return [
        Answer(
            name,
            median(times[name]),
            quantiles(times[name], n=20)[-1],
            _at_once(home, address),
            *sizes[name],
        )
        for name, address in asked.items()
    ]


def _asker(home: str) -> Callable[[str], bytes]:
    connection = http.client.HTTPConnection(urlsplit(home).netloc, timeout=30)

    def ask(address: str) -> bytes:
        connection.request("GET", address)
        answer = connection.getresponse()
        body = answer.read()
        if answer.status != http.HTTPStatus.OK:
            raise SystemExit(f"{address} answers {answer.status}")
        return body

    return ask


def _sizes(home: str, address: str) -> tuple[int, int]:
    body = _asker(home)(address)
    return len(body), len(gzip.compress(body, mtime=0))


def _alone(home: str, asked: dict[str, str]) -> dict[str, list[float]]:
    ask = _asker(home)
    times: dict[str, list[float]] = {name: [] for name in asked}
    for turn in range(WARM_UP + ROUNDS):
        for name, address in asked.items():
            started = time.perf_counter()
            ask(address)
            if turn >= WARM_UP:
                times[name].append(time.perf_counter() - started)
    return times


def _at_once(home: str, address: str) -> float:
    """Answers a second when some ask at the same time."""
    counts: list[int] = []
    deadline = time.perf_counter() + SECONDS

    def go_on() -> None:
        ask, number = _asker(home), 0
        while time.perf_counter() < deadline:
            ask(address)
            number += 1
        counts.append(number)

    threads = [threading.Thread(target=go_on) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / SECONDS
