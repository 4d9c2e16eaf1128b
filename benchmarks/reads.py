"""What a read of the API costs: made the ordinary way, made anew, given from the store, and constant bytes beside them.

All are asked of one server, in turn, round after round: the portal's own, with two addresses more (`plain.py`).
"""

import itertools
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median
from typing import Any, NamedTuple

from alatau_portal import environment
from alatau_portal.embedded import commands, readiness
from alatau_portal.embedded.apart import Portal, free_port
from alatau_portal.embedded.checks import FOREIGN
from alatau_portal.environment import ROOT
from benchmarks.asking import per_second

PORTAL = "bench-reads"
PAGE, SMALL = "/api/v1/projects/?limit=50", "/api/v1/districts/gate/"
#: Not in the store: what is accepted is written otherwise each time.
_anew = itertools.count(time.time_ns() % 10**9)
ASKED: dict[str, Callable[[], tuple[str, str]]] = {
    "plain": lambda: ("/plain/projects/?limit=50", "*/*"),
    "cold": lambda: (PAGE, f"application/json;q=0.{next(_anew)}"),
    "warm": lambda: (PAGE, "*/*"),
    "small": lambda: (SMALL, "*/*"),
    "constant": lambda: ("/health/live", "*/*"),
    "large": lambda: ("/plain/bytes?150000", "*/*"),
}
NAMES = {
    "plain": "fifty projects, the ordinary way",
    "cold": "fifty projects, made anew",
    "warm": "fifty projects, from the store",
    "small": "a district, from the store",
    "constant": "constant bytes (six)",
    "large": "constant bytes (150,000, as long as fifty projects)",
}
ROUNDS, AT_ONCE, SECONDS = 5, 8, 2.0
COLD, WARM, OF_CONSTANT = 4, 40, 0.5


class Reads(NamedTuple):
    """Answers a second of each kind, and what the interleavings found."""

    rates: dict[str, float]
    found: dict[str, Any]

    name = "reads of the API"

    @property
    def is_over(self) -> bool:
        rate = self.rates
        is_slow = rate["cold"] < COLD * rate["plain"] or rate["warm"] < WARM * rate["plain"]
        return bool(self.found["stale"]) or is_slow or rate["warm"] < OF_CONSTANT * rate["constant"]


def measure(portal: Portal) -> Reads:
    _inside(portal, "fill")
    with _server(portal) as home:
        taken: dict[str, list[float]] = {name: [] for name in ASKED}
        for turn in range(ROUNDS + 1):
            for name, request in ASKED.items():
                rate = per_second(home, request, AT_ONCE, SECONDS)
                if turn:  # the first round warms up
                    taken[name].append(rate)
        found = _inside(portal, "interleave", home)
    return Reads({name: median(rates) for name, rates in taken.items()}, found)


def _environment(portal: Portal, **more: str) -> dict[str, str]:
    own = {key: value for key, value in os.environ.items() if key not in FOREIGN}
    return own | {"DATA_DIR": str(portal.data_dir), **more}


def _inside(portal: Portal, *words: str) -> Any:
    command = [sys.executable, "-m", "benchmarks.reads_inside", *words]
    done = subprocess.run(command, cwd=ROOT, env=_environment(portal), capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{words[0]} has failed: {done.stderr[-2000:]}")
    return json.loads(done.stdout.splitlines()[-1])


@contextmanager
def _server(portal: Portal) -> Iterator[str]:
    """The portal's web server once more, on its data, with the plain page."""
    own = _environment(portal, PORT=str(free_port()), DJANGO_SETTINGS_MODULE="benchmarks.settings")
    settings = environment.read(own)
    words = commands.web(settings, "benchmarks.wsgi:application")
    with open(portal.data_dir / "log" / "reads.log", "wb") as output:
        process = subprocess.Popen(words, cwd=ROOT, env=own, stdout=output, stderr=output)
        try:
            while not readiness.answers(settings):
                if process.poll() is not None:
                    raise SystemExit(f"The server has ended: see {output.name}")
                time.sleep(0.2)
            yield settings.public_url
        finally:
            process.terminate()
            process.wait(20)


if __name__ == "__main__":
    from alatau_portal.embedded import apart

    with apart.portal(PORTAL) as running:
        print(json.dumps(measure(running)._asdict(), indent=1))
