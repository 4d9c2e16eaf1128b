"""The keeper runs the embedded servers while single commands use them, and leaves with the last of them.

It is a process of its own, so that the servers neither die with the command that happened to start them
nor stay when the last one was killed. `python -m alatau_portal.embedded.keeper DESCRIPTOR` inherits the
lock on `servers.lock`.
"""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from typing import NoReturn

from alatau_portal import environment
from alatau_portal.embedded import locks
from alatau_portal.embedded.commands import PROGRAMS, servers
from alatau_portal.embedded.places import Places
from alatau_portal.environment import ROOT, Environment

PAUSE = 0.1
LONGEST_LOG = 5_000_000


def start(places: Places, lock: int) -> "subprocess.Popen[bytes]":
    """Hand the lock over to a new keeper."""
    log = places.log / "keeper.log"
    with open(log, "ab") as output:
        return subprocess.Popen(
            [sys.executable, "-m", "alatau_portal.embedded.keeper", str(lock)],
            cwd=ROOT,
            pass_fds=[lock],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )


def main(lock: int) -> None:
    """Keep the servers running until nobody uses them, or until `make run` takes over (SIGTERM)."""
    settings = environment.read()
    places = Places.of(settings.data_dir)
    signal.signal(signal.SIGTERM, _leave)
    locks.write_number(lock)
    os.set_inheritable(lock, False)
    running: dict[str, subprocess.Popen[bytes]] = {}
    try:
        while locks.take(places.run / "users.lock", seconds=0) is None:
            _keep(running, settings, places)
            time.sleep(PAUSE)
    finally:
        stop(running, places)


def _leave(*_: object) -> NoReturn:
    raise SystemExit


def _keep(running: dict[str, "subprocess.Popen[bytes]"], settings: Environment, places: Places) -> None:
    for name in servers(settings):
        if name not in running or running[name].poll() is not None:
            running[name] = _start(name, places)


def _start(name: str, places: Places) -> "subprocess.Popen[bytes]":
    log = places.log / f"{name}.log"
    if log.exists() and log.stat().st_size > LONGEST_LOG:
        log.replace(log.with_suffix(".log.1"))
    words = [sys.executable, "-m", "alatau_portal.embedded.program", name]
    with open(log, "ab") as output:
        return subprocess.Popen(
            words, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True
        )


def stop(running: dict[str, "subprocess.Popen[bytes]"], places: Places) -> None:
    """End the servers in good order, or in none after 10 s."""
    for name, process in running.items():
        with suppress(ProcessLookupError):
            process.send_signal(PROGRAMS[name])
    for name, process in running.items():
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
        (places.run / f"{name}.pid").unlink(missing_ok=True)


if __name__ == "__main__":
    main(int(sys.argv[1]))
