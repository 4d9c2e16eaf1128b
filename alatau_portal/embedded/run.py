"""The launcher of `make run`: prepares the portal, then stays above supervisord until Ctrl-C or SIGTERM.

supervisord brings back what is killed; the launcher brings back supervisord. When the launcher itself is
killed, the kernel ends supervisord, and that ends everything else (program.py).
"""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NoReturn

from alatau_portal import environment
from alatau_portal.embedded import locks, obstacles
from alatau_portal.embedded.commands import PROGRAMS
from alatau_portal.embedded.places import Places
from alatau_portal.embedded.program import kill_previous
from alatau_portal.embedded.readiness import announce
from alatau_portal.embedded.supervision import write_configuration
from alatau_portal.environment import ROOT

STOP_WITHIN = 13.0
ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
MAKE = os.getppid()


def main() -> None:
    """Run the portal in the foreground."""
    settings = environment.read()
    places = Places.of(settings.data_dir)
    lock = obstacles.hold_portal(places)
    obstacles.refuse_taken_port(settings)
    for ending in ENDINGS:
        signal.signal(ending, _end)
    try:
        _prepare()
        obstacles.refuse_taken_port(settings)  # by somebody who came while this one was being prepared
        with _running_servers(places):
            write_configuration(settings, places)
            threading.Thread(target=announce, args=(settings, places), daemon=True).start()
            _supervise(places)
    finally:
        locks.take(places.run / "servers.lock", seconds=STOP_WITHIN)  # the keeper of the preparation has left
    os.close(lock)


def _end(*_: object) -> NoReturn:
    """Begin to stop, once: a group's Ctrl-C and make's own signal are one wish."""
    for ending in ENDINGS:
        signal.signal(ending, signal.SIG_IGN)
    raise SystemExit(0)


def _prepare() -> None:
    """Bring database and static files up to date, in a process whose memory is not needed afterwards."""
    process = subprocess.Popen([sys.executable, "-m", "alatau_portal.embedded.prepare"], cwd=ROOT)
    try:
        _watch(process)
    except BaseException:
        process.terminate()
        process.wait()
        raise
    if status := process.returncode:
        raise SystemExit(status if status > 0 else 1)


@contextmanager
def _running_servers(places: Places) -> Iterator[None]:
    """Be the one who runs the servers: a keeper that still serves another command hands them over."""
    path = places.run / "servers.lock"
    while (lock := locks.take(path, seconds=1)) is None:
        if keeper := locks.read_number(path):
            with suppress(ProcessLookupError):
                os.kill(keeper, signal.SIGTERM)
    locks.write_number(lock)
    try:
        yield
    finally:
        _clear(places)
        os.close(lock)


def _supervise(places: Places) -> None:
    """Keep supervisord alive."""
    while True:
        words = [sys.executable, "-m", "alatau_portal.embedded.program", "supervisord"]
        with open(places.log / "supervisord.err", "wb") as output:
            process = subprocess.Popen(words, cwd=ROOT, stdout=output, stderr=output, start_new_session=True)
        try:
            _watch(process)
        except BaseException:
            _stop(process)
            raise
        print("supervisord was ended by somebody else: starting it again", flush=True)


def _watch(process: "subprocess.Popen[bytes]") -> None:
    """Until the process is dead; leave with a `make` that was killed or interrupted."""
    while process.poll() is None:
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.5)
        if "MAKELEVEL" in os.environ and (os.getppid() != MAKE or _make_is_interrupted()):
            _end()


def _make_is_interrupted() -> bool:
    """GNU make passes SIGTERM on, but not a SIGINT that was sent to it alone: it blocks it and waits for us."""
    with suppress(OSError, ValueError):
        lines = Path(f"/proc/{MAKE}/status").read_text().splitlines()
        status = dict(line.split(":", 1) for line in lines if ":" in line)
        is_make = status["Name"].strip() in {"make", "gmake"}
        return is_make and bool(int(status["SigBlk"], 16) >> (signal.SIGINT - 1) & 1)
    return False


def _stop(process: "subprocess.Popen[bytes]") -> None:
    print("\nStopping the portal …", flush=True)
    process.terminate()
    try:
        process.wait(STOP_WITHIN)
    except subprocess.TimeoutExpired:
        process.kill()


def _clear(places: Places) -> None:
    """End what did not end in good order."""
    for name in PROGRAMS:
        pid_file = places.run / f"{name}.pid"
        kill_previous(pid_file, places)
        pid_file.unlink(missing_ok=True)


if __name__ == "__main__":
    main()
