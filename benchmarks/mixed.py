"""Eight clients of the API for a minute over what programs read (lists, searches, objects), as visitors and signed in.

`python -m benchmarks.mixed` measures a portal of its own and prints the figures; `make bench` writes results.md.
"""

import http.client
import json
import random
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from statistics import quantiles
from typing import NamedTuple
from urllib.parse import urlsplit
from urllib.request import urlopen

from alatau_portal.embedded import apart

PORTAL = "bench-mixed"
CLIENTS, SECONDS, WARM_UP = 8, 60.0, 5.0
MOST_TIMES = 5.0
REGISTERS = (
    "districts", "projects", "investors", "organisations", "meetings", "instructions", "sources", "legal-acts",
    "figures", "claims", "documents", "plots", "opportunities",
)  # fmt: skip
#: Beside the first page of each register.
OTHERS = (
    "projects/?limit=5&fields=public_id,name&lang=en",
    "projects/?q=%D0%BA%D1%83%D1%80%D1%8B%D0%BB%D1%8B%D1%81",
    "projects/?district=gate&count=1",
    "projects/?ordering=-updated_at&limit=200",
    "figures/?subject=gate&lang=kk",
    "instructions/?limit=10",
    "openapi.json",
    "",
)


class Mixed(NamedTuple):
    """What came of it: latencies in milliseconds, answers that failed (5xx, or none), answers in all and a second."""

    who: str
    middle: float
    late: float
    failures: int
    answers: int
    per_second: float

    @property
    def name(self) -> str:
        return f"mixed reading of the API, {self.who}"

    @property
    def times(self) -> float:
        return self.late / self.middle

    @property
    def is_over(self) -> bool:
        return self.failures > 0 or self.times > MOST_TIMES


def measure(portal: apart.Portal) -> list[Mixed]:
    """Visitors for a minute, then as many with the token of an auditor, who sees all: nothing of his is stored."""
    paths, token = list(_paths(portal.url)), portal.account("auditor")["api_token"]
    signed_in = {"Authorization": f"Bearer {token}"}
    return [_read("visitors", portal.url, paths, {}), _read("auditor", portal.url, paths, signed_in)]


def _read(who: str, home: str, paths: list[str], headers: dict[str, str]) -> Mixed:
    """Each client is a process of its own: threads of one would wait for each other, and that would be measured."""
    starts = time.time() + WARM_UP
    with ProcessPoolExecutor(CLIENTS) as pool:
        work = [pool.submit(_client, number, home, paths, headers, starts) for number in range(CLIENTS)]
        told = [one.result() for one in work]
    every = [milliseconds for took, _failures in told for milliseconds in took]
    cuts = quantiles(every, n=100)
    failures = sum(failed for _took, failed in told)
    return Mixed(who, cuts[49], cuts[98], failures, len(every), len(every) / SECONDS)


def _client(
    number: int, home: str, paths: list[str], headers: dict[str, str], starts: float
) -> tuple[list[float], int]:
    """How long each answer took, and how many failed; what comes before the start warms up."""
    chosen = random.Random(number)  # the same mixture every time
    connection = http.client.HTTPConnection(urlsplit(home).netloc, timeout=60)
    took, failures = [], 0
    while (now := time.time()) < starts + SECONDS:
        begun = time.perf_counter()
        failed = _fails(connection, chosen.choice(paths), headers)
        if now >= starts:
            took.append((time.perf_counter() - begun) * 1000)
            failures += failed
    return took, failures


def _paths(home: str) -> Iterator[str]:
    """Lists, some of their objects, searches and filters."""
    for register in REGISTERS:
        yield f"/api/v1/{register}/"
        with urlopen(f"{home}/api/v1/{register}/?limit=5") as answer:
            rows = json.load(answer)["results"]
        yield from (urlsplit(row["url"]).path for row in rows)
    yield from (f"/api/v1/{other}" for other in OTHERS)


def _fails(connection: http.client.HTTPConnection, path: str, headers: dict[str, str]) -> bool:
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        answer.read()
    except (OSError, http.client.HTTPException):
        connection.close()
        return True
    return answer.status != http.HTTPStatus.OK


if __name__ == "__main__":
    with apart.portal(PORTAL) as portal:
        for one in measure(portal):
            print(one, f"p99 / p50 = {one.times:.1f}", sep="\n")
