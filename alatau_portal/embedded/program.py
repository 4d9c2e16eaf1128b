"""`python -m alatau_portal.embedded.program NAME`: become one of the portal's programs.

Before it turns into the program this process takes the pid file's lock, which the program and its children
inherit: so a pid file that is locked tells the truth, and a new life begins only when nothing of the old
one is left.
"""

import ctypes
import os
import shutil
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path

from alatau_portal import environment
from alatau_portal.embedded import locks, postgres, valkey
from alatau_portal.embedded.commands import PROGRAMS, command
from alatau_portal.embedded.places import Places

PR_SET_PDEATHSIG = 1
PATIENCE = 3.0  # seconds for what is left of a killed program to notice
PACE = 1.0  # seconds between two starts of one program
BACKGROUND = ("worker", "beat")  # pages come first


def main(name: str) -> None:
    """Take the place of the previous life and become the program."""
    parent = os.getppid()
    settings = environment.read()
    places = Places.of(settings.data_dir)
    take_place(places, name)
    words = command(name, settings, places)
    if name == "postgres":
        postgres.clear_leftovers(places)
        postgres.become_server_account()
    elif name == "redis":
        valkey.clear_leftovers(places)
    elif name == "web":
        shutil.rmtree(places.run / "metrics", ignore_errors=True)  # counts of processes that are no more
    elif name in BACKGROUND:
        os.nice(10)
    os.environ.pop("OWNER_DATABASE_URL", None)  # for migrations alone: what serves does not know it
    leave_with(parent, PROGRAMS[name])
    os.execve(words[0], words, postgres.CLEAN if name in ("postgres", "redis") else os.environ)


def take_place(places: Places, name: str) -> None:
    """Hold the pid file of this name, once nobody of the previous life is left."""
    path = places.run / f"{name}.pid"
    if path.exists():
        time.sleep(max(0.0, min(PACE, path.stat().st_mtime + PACE - time.time())))
    descriptor = locks.take(path, seconds=PATIENCE)
    if descriptor is None:
        kill_previous(path, places)
        descriptor = locks.take(path, seconds=PATIENCE)
    if descriptor is None:
        raise SystemExit(f"The previous {name} does not end: see {path}.")
    locks.write_number(descriptor)
    os.set_inheritable(descriptor, True)


def kill_previous(path: Path, places: Places) -> None:
    """End what holds the pid file."""
    number = locks.read_number(path)
    if number is None or not locks.is_held(path):
        return
    if path.stem == "postgres":  # each backend is a group of its own
        for process in postgres.processes(places):
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
    else:  # a group's number is not given away while one of it lives
        with suppress(ProcessLookupError):
            os.killpg(number, signal.SIGKILL)


def leave_with(parent: int, how: signal.Signals) -> None:
    """Have the kernel send this signal when the parent dies; but for Linux, the next life ends this one."""
    if sys.platform != "linux":
        return
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, how)
    if os.getppid() != parent:
        raise SystemExit("The parent left.")


if __name__ == "__main__":
    main(sys.argv[1])
