"""A whole portal of one's own, for `make bench`, `make judges` and `make chaos`: in DATA_DIR/<name>, on a free port."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from alatau_portal import environment
from alatau_portal.embedded import readiness
from alatau_portal.embedded.checks import FOREIGN
from alatau_portal.environment import ROOT

PATIENCE = 600.0  # a first start on a busy machine
STOPS_WITHIN = 20.0


@dataclass(frozen=True)
class Portal:
    """Where it answers, and where it keeps its files."""

    url: str
    data_dir: Path

    def account(self, role: str) -> dict[str, str]:
        """The usual demo account of a role, with its password and its token for the API."""
        accounts = json.loads((self.data_dir / "demo-accounts.json").read_text())
        return next(account for account in accounts if account["role"] == role)


@contextmanager
def portal(name: str, **given: str) -> Iterator[Portal]:
    """It runs as `make run` does, with the real city; nothing of the environment reaches it but what is given here."""
    data_dir = environment.read().data_dir / name
    own = {key: value for key, value in os.environ.items() if key not in FOREIGN}
    own |= {"DATA_DIR": str(data_dir), "PORT": str(free_port()), **given}
    settings = environment.read(own)
    log = data_dir / "log" / "portal.log"
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # then it ends the portal, too
    print(f"Starting a portal in {data_dir}", flush=True)
    with open(log, "wb") as output:
        words = [sys.executable, "-m", "alatau_portal.embedded.run"]
        process = subprocess.Popen(words, cwd=ROOT, env=own, stdout=output, stderr=output)
    try:
        _wait(process, settings, log)
        yield Portal(settings.public_url, data_dir)
    finally:
        process.terminate()
        process.wait(STOPS_WITHIN)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _wait(process: "subprocess.Popen[bytes]", settings: environment.Environment, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while not readiness.answers(settings):
        if process.poll() is not None or time.monotonic() > deadline:
            raise SystemExit(
                f"The portal does not answer, see {log}:\n{log.read_text(errors='replace')[-2000:]}"
            )
        time.sleep(0.2)
