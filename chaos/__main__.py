"""`make chaos`: a portal with its broker, with one that never starts, and without; ends with 1 when a bound is missed.

`python -m chaos --seed 7 broker` is one run, with the faults in the order of that seed.
"""

import argparse
import json
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from alatau_portal.embedded import apart
from chaos import faults, judging
from chaos.clients import Clients
from chaos.jobs import sent
from tests.receiver import Receiver, receiving

NAME = "chaos"
SEED = 20261129
PATIENCE = 75.0  # seconds for the jobs to be done
#: Who died having sent something, but before he noted it, is followed by another one when his claim on it ends
#: (core.outbox.LEASE): what comes twice comes by then.
SECOND_TRY = 70.0
WRITERS = 4


@dataclass(frozen=True)
class Run:
    """`given`: what the portal is told of its broker; `faults`: how many are to hit it within a minute."""

    title: str
    programs: set[str]
    faults: int
    given: dict[str, str] = field(default_factory=dict)


def runs() -> dict[str, Run]:
    nobody = f"redis://127.0.0.1:{apart.free_port()}/0"
    own = {"postgres", "worker", "web", "web child"}
    return {
        "broker": Run("with its broker", own | {"worker child", "redis", "beat"}, 14),
        # No "worker child": Celery makes one anew only in the loop that serves its broker. Here beat does the jobs.
        "dead": Run("its broker never starts", own | {"beat"}, 8, {"REDIS_URL": nobody}),
        "none": Run("without a broker", own, 8, {"REDIS_URL": "none"}),
    }


def main() -> None:
    parser = argparse.ArgumentParser(prog="chaos")
    parser.add_argument("--seed", type=int, default=SEED)
    known = runs()
    parser.add_argument("runs", nargs="*", metavar="|".join(known))
    asked = parser.parse_args()
    if unknown := set(asked.runs) - set(known):
        parser.error(f"no such run: {', '.join(sorted(unknown))}")
    missed = []
    for name in asked.runs or known:
        figures = perform(known[name], name, asked.seed)
        print(judging.table(f"{known[name].title} (seed {asked.seed})", figures), flush=True)
        missed += [f"{name}: {figure.name}" for figure in figures if not figure.is_kept]
    sys.exit("missed: " + "; ".join(missed) if missed else None)


def perform(run: Run, name: str, seed: int) -> list[judging.Figure]:
    with receiving() as receiver, apart.portal(NAME, WEBHOOK_LOOPBACK="1", **run.given) as portal:
        tokens = [one["api_token"] for one in _accounts(portal) if one["role"] == "office"]
        hook = _watch(portal, tokens[0], receiver)
        clients = Clients(portal, (tokens * WRITERS)[:WRITERS], int(time.time()) % 10**6, name)
        clients.start()
        began = time.monotonic()
        try:
            done = _inflicted(run, portal, seed, clients)
        finally:
            clients.stop()
        for since, until in clients.history.outages(began):
            print(f"   nobody was answered from {since:.1f} to {until:.1f} s", flush=True)
        last = time.monotonic()
        while judging.missing(clients.history.written, _came(portal, receiver)):
            if time.monotonic() - last > PATIENCE:
                break
            time.sleep(0.5)
        settled = time.monotonic() - last
        time.sleep(SECOND_TRY)
        figures = judging.of_answers(clients.history, done, run.faults)
        figures += judging.of_writes(clients.history, _there(portal, tokens[0]))
        figures += judging.of_jobs(clients.history.written, _came(portal, receiver), settled)
        _say(portal, tokens[0], f"webhooks/{hook}/remove/", {})
    return figures


def _inflicted(run: Run, portal: apart.Portal, seed: int, clients: Clients) -> list[faults.Fault]:
    """All faults in turn, then the load goes on until enough jobs are owed."""
    done = []
    for fault in faults.inflict(portal, seed, run.programs):
        print(f"   {fault}, back after {fault.back:.1f} s", flush=True)
        done.append(fault)
    enough = time.monotonic() + 60
    while len(judging.owed(clients.history.written)) < judging.JOBS and time.monotonic() < enough:
        time.sleep(0.2)
    return done


def _came(portal: apart.Portal, receiver: Receiver) -> Any:
    return sent(list(receiver.got), portal.data_dir / "mail")


def _accounts(portal: apart.Portal) -> list[dict[str, str]]:
    told: list[dict[str, str]] = json.loads((portal.data_dir / "demo-accounts.json").read_text())
    return told


def _watch(portal: apart.Portal, token: str, receiver: Receiver) -> str:
    said = {"target": receiver.url, "watches": [{"resource": "instructions"}]}
    return str(_say(portal, token, "webhooks/", said)["public_id"])


def _say(portal: apart.Portal, token: str, address: str, said: Any = None) -> Any:
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json", "If-Match": "*"}
    body = None if said is None else json.dumps(said).encode()
    request = urllib.request.Request(f"{portal.url}/api/v1/{address}", body, headers)
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer) if answer.status != 204 else None


def _there(portal: apart.Portal, token: str) -> Iterator[dict[str, Any]]:
    """All instructions, page after page."""
    address = "instructions/?limit=200&fields=public_id,number,state"
    while address:
        page = _say(portal, token, address)
        yield from page["results"]
        address = (page["next"] or "").partition("/api/v1/")[2]


if __name__ == "__main__":
    main()
