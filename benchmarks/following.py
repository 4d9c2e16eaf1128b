"""Twenty writers for a minute, and readers of the feed of changes: what they have in the end against what there is.

On a portal of its own (`make bench`). The writers know no manners (`benchmarks/writers.py`): SQL at random, one to
three statements a transaction, half of them late to commit, every fifth rolled back; embargoes end meanwhile. Each
reader asks as a program does, over HTTP, from the beginning on; when the writers are done he reads on until there is no
more, and then his copy is compared with all lists of the API, object by object.
"""

import http.client
import json
import os
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from alatau_portal.backup.people import NOT_FOLLOWED
from alatau_portal.embedded.apart import Portal
from alatau_portal.embedded.checks import FOREIGN
from alatau_portal.environment import ROOT

PORTAL = "bench-following"
WRITERS, SECONDS = 20, 60
#: Who follows, and how many entries he asks for at once.
READERS = {"visitor": 200, "executor": 50, "office": 200}
#: So long after the writers the last embargo has ended, by the web server's clock too (core.policies.SKEW).
QUIET = 7.0


class Followed(NamedTuple):
    """Of a reader: what he was told in how many pages; entries that told him what he had already; and objects of which
    his copy lacks something, or has what there is not."""

    reader: str
    pages: int
    entries: int
    repeated: int
    objects: int
    wrong: int
    slowest: float

    @property
    def is_over(self) -> bool:
        return bool(self.wrong)

    @property
    def name(self) -> str:
        return f"changes followed by {self.reader}"


class Wrote(NamedTuple):
    committed: int
    refused: int
    changes: int


class Reader:
    """A copy of all that he may see, by address."""

    def __init__(self, home: str, name: str, token: str) -> None:
        self.home, self.name = home, name
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}
        self.line = http.client.HTTPConnection(urlsplit(home).netloc, timeout=120)
        self.next = f"{home}/api/v1/changes/?limit={READERS[name]}"
        self.objects: dict[str, Any] = {}
        self.pages = self.entries = self.repeated = 0
        self.slowest = 0.0

    def ask(self, address: str) -> Any:
        path = address.removeprefix(self.home)
        try:
            self.line.request("GET", path, headers=self.headers)
            answer = self.line.getresponse()
        except (http.client.RemoteDisconnected, ConnectionError):  # the server had hung up meanwhile
            self.line.close()
            self.line.request("GET", path, headers=self.headers)
            answer = self.line.getresponse()
        body = answer.read()
        if answer.status != http.HTTPStatus.OK:
            raise SystemExit(f"{address} answers {answer.status}: {body[:500]!r}")
        return json.loads(body)

    def page(self) -> bool:
        started = time.perf_counter()
        page = self.ask(self.next)
        self.slowest = max(self.slowest, time.perf_counter() - started)
        self.pages += 1
        for entry in page["results"]:
            self.entries += 1
            self.repeated += self.objects.get(entry["url"]) == entry["object"]
            if entry["op"] == "removed":
                self.objects.pop(entry["url"], None)
            else:
                self.objects[entry["url"]] = entry["object"]
        self.next = page["next"]
        return bool(page["more"])

    def follow(self, ended: threading.Event) -> None:
        while not ended.is_set():
            self.page()
        while self.page():
            pass

    def wrong(self) -> int:
        shown = {}
        for name, register in self.ask(f"{self.home}/api/v1/").items():
            if name not in NOT_FOLLOWED:
                shown |= self._list(register)
        both = self.objects.keys() | shown.keys()
        return sum(self.objects.get(address) != shown.get(address) for address in both)

    def _list(self, address: str | None) -> dict[str, Any]:
        found = {}
        address = f"{address}?limit=200"
        while address:
            page = self.ask(address)
            found |= {row["url"]: row for row in page["results"]}
            address = page["next"]
        return found

    def told(self) -> Followed:
        wrong = self.wrong()
        return Followed(
            self.name, self.pages, self.entries, self.repeated, len(self.objects), wrong, self.slowest
        )


def measure(portal: Portal) -> tuple[Wrote, list[Followed]]:
    tokens = {name: portal.account(name)["api_token"] for name in READERS if name != "visitor"}
    readers = [Reader(portal.url, name, tokens.get(name, "")) for name in READERS]
    for reader in readers:
        while reader.page():
            pass
    ended = threading.Event()
    with ThreadPoolExecutor(len(readers)) as several:
        followers = [several.submit(reader.follow, ended) for reader in readers]
        try:
            wrote = _write(portal)
            time.sleep(QUIET)
        finally:
            ended.set()
    for follower in followers:
        follower.result()  # whoever was refused says so: his copy would be called wrong
    return wrote, [reader.told() for reader in readers]


def _write(portal: Portal) -> Wrote:
    """In a process that has the portal's settings."""
    own = {key: value for key, value in os.environ.items() if key not in FOREIGN}
    own["DATA_DIR"] = str(portal.data_dir)
    words = [sys.executable, "-m", "benchmarks.following"]
    done = subprocess.run(words, cwd=ROOT, env=own, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"Following: {done.stderr[-2000:]}")
    return Wrote(*json.loads(done.stdout.splitlines()[-1]))


def main() -> None:
    """The writers."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alatau_portal.settings")
    import django

    django.setup()
    from random import Random

    import psycopg
    from django.conf import settings
    from django.db import connection

    from benchmarks.writers import write
    from core.models import Change

    if settings.DATA_DIR.name != PORTAL:
        sys.exit("This writes at random: it runs on the portal of `make bench` only.")
    known = connection.get_connection_params()
    to = {name: known[name] for name in ("host", "port", "user", "password", "dbname") if name in known}
    before, done = Change.objects.count(), list[tuple[int, int]]()
    ends = time.monotonic() + SECONDS

    def work(seed: int) -> None:
        with psycopg.connect(**to) as line:
            done.append(write(line, Random(seed), lambda: time.monotonic() < ends))

    threads = [threading.Thread(target=work, args=(time.time_ns() + seed,)) for seed in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    committed, refused = (sum(numbers) for numbers in zip(*done, strict=True))
    print(json.dumps([committed, refused, Change.objects.count() - before]))


if __name__ == "__main__":
    main()
