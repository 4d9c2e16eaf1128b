"""Eight clients of the API for a minute over what programs read: lists, searches, objects; as visitors and signed in.

`python -m benchmarks.mixed` measures a portal of its own and prints the figures; `make bench` writes results.md.
"""

import http.client
import json
import random
import threading
import time
from collections.abc import Iterator
from itertools import chain
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

    middle: float
    late: float
    failures: int
    answers: int
    per_second: float

    name = "mixed reading of the API"

    @property
    def times(self) -> float:
        return self.late / self.middle

    @property
    def is_over(self) -> bool:
        return self.failures > 0 or self.times > MOST_TIMES


def measure(portal: apart.Portal) -> Mixed:
    """Every second client has the token of an auditor, who sees all."""
    paths = list(_paths(portal.url))
    token = portal.account("auditor")["api_token"]
    took: list[list[float]] = [[] for _ in range(CLIENTS)]
    failures = [0] * CLIENTS
    starts = time.perf_counter() + WARM_UP

    def work(number: int) -> None:
        chosen = random.Random(number)  # the same mixture every time
        headers = {"Authorization": f"Bearer {token}"} if number % 2 else {}
        connection = http.client.HTTPConnection(urlsplit(portal.url).netloc, timeout=60)
        while (begun := time.perf_counter()) < starts + SECONDS:
            failed = _fails(connection, chosen.choice(paths), headers)
            if begun >= starts:
                took[number].append((time.perf_counter() - begun) * 1000)
                failures[number] += failed

    threads = [threading.Thread(target=work, args=[number]) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    every = list(chain.from_iterable(took))
    cuts = quantiles(every, n=100)
    return Mixed(cuts[49], cuts[98], sum(failures), len(every), len(every) / SECONDS)


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
        print(measure(portal))
