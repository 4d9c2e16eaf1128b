"""The servers that the portal brings along: PostgreSQL and Valkey, for a bare machine.

`ensure(environment)` is all that settings.py needs: afterwards the servers of DATA_DIR answer, whoever
runs them, and they stay while this process lives. The last process that leaves takes them along
(keeper.py), unless `make run` runs them.
"""

import atexit
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from alatau_portal.embedded import locks, postgres, valkey
from alatau_portal.embedded.places import Places

if TYPE_CHECKING:
    from alatau_portal.environment import Environment

PATIENCE = 60.0
LEAVING = 15.0

#: Held until this process ends: its locks on users.lock, and the keepers that it started and that outlive it.
_using: dict[Path, int] = {}
_started: list["subprocess.Popen[bytes]"] = []


def ensure(environment: "Environment", durable: bool = True) -> None:
    """Have the embedded servers of this environment answer; nothing where there are none.

    `durable=False` makes a cluster for tests: quicker, and lost with a crash of the machine.
    """
    if not environment.embedded:
        return
    places = Places.of(environment.data_dir)
    if environment.data_dir not in _using:
        using = locks.take(places.run / "users.lock", shared=True)  # waits while a keeper is stopping them
        assert using is not None
        _using[environment.data_dir] = using
        atexit.register(_leave, places, os.getpid())
    if not (_answer(environment, places) and postgres.has_roles(places)):
        with locks.alone(places.run / "start.lock"):
            if places.note:
                print(places.note, file=sys.stderr)
                places.make_outside()
            postgres.create(places, durable)
            _wait(environment, places)
            postgres.make_roles(places)


def _answer(environment: "Environment", places: Places) -> bool:
    return postgres.answers(places) and (valkey.answers(places) or not environment.runs_redis)


def _wait(environment: "Environment", places: Places) -> None:
    """Until the servers answer; with a new keeper where nobody runs them."""
    from alatau_portal.embedded import keeper

    deadline = time.monotonic() + PATIENCE
    while not _answer(environment, places):
        if time.monotonic() > deadline or any(process.poll() for process in _started):
            raise SystemExit(_complaint(places))
        if lock := locks.take(places.run / "servers.lock", seconds=0):
            _started.append(keeper.start(places, lock))
            os.close(lock)
        time.sleep(0.02)


def _complaint(places: Places) -> str:
    said = []
    for name in ("keeper", "postgres", "redis"):
        log = places.log / f"{name}.log"
        said += log.read_text(errors="replace").splitlines()[-2:] if log.exists() else []
    return f"The embedded servers do not start (see {places.log}): {' / '.join(said)}"


def _leave(places: Places, process: int) -> None:
    """Let go of the servers; the last one waits until they have stopped.

    Forked children still hold the lock that they inherited, and never run this for their parent.
    """
    if os.getpid() != process:
        return
    os.close(_using.pop(places.data_dir))
    if locks.is_held(places.run / "portal.lock") or locks.is_held(places.run / "users.lock"):
        return
    if lock := locks.take(places.run / "servers.lock", seconds=LEAVING):
        os.close(lock)
