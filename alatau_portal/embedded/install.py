"""Makes .venv from the lock files, then goes on with what was asked: run or test. Also does `make clean`.

Runs under the system's Python, before anything is installed: standard library only.
"""

import fcntl
import hashlib
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

from alatau_portal import environment
from alatau_portal.embedded import locks, obstacles
from alatau_portal.embedded.places import Places, remove
from alatau_portal.environment import ROOT

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCKS = {"run": ["requirements.lock"], "test": ["requirements.lock", "requirements-test.lock"]}
MODULES = {"run": "alatau_portal.embedded.run", "test": "alatau_portal.embedded.checks"}


def main(command: str) -> None:
    """Obstacles first, so that nobody waits for an installation to learn that the port is taken."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # subprocess.run then ends its child
    settings = environment.read()
    places = Places.of(settings.data_dir)
    if command == "clean":
        clean(places)
        return
    if command == "run":
        os.close(obstacles.hold_portal(places))
        obstacles.refuse_taken_port(settings)
    project = os.open(ROOT, os.O_RDONLY)
    fcntl.flock(project, fcntl.LOCK_EX)  # one installation at a time
    try:
        install(LOCKS[command])
    except OSError as error:
        raise SystemExit(f"{VENV} cannot be made ({error}): the project's directory must be yours.") from None
    os.close(project)
    os.execv(PYTHON, [str(PYTHON), "-m", MODULES[command]])


def install(names: list[str]) -> None:
    """Install what these lock files name, unless that is done. The stamp is written last: an interrupted one is repeated."""
    missing = [name for name in names if not _is_installed(name)]
    if not missing:
        return
    if not _is_whole():
        print("Making .venv", flush=True)
        shutil.rmtree(VENV, ignore_errors=True)
        _run([sys.executable, "-m", "venv", str(VENV)], "no virtual environment could be made")
    print("Installing packages", flush=True)
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", "--no-deps"]
    wanted = [word for name in missing for word in ("--requirement", name)]
    _run(
        [*pip, "--retries", "2", "--require-hashes", *wanted],
        "the packages could not be installed. Is a package index reachable? Check the network or set PIP_INDEX_URL, "
        "then repeat the command",
    )
    for name in missing:
        _stamp(name).write_text(_fingerprint(name))


def _run(words: list[str], sentence: str) -> None:
    done = subprocess.run(words, cwd=ROOT, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    if done.returncode:
        said = [line for line in done.stderr.splitlines() if line.strip()][-2:]
        raise SystemExit("\n".join([f"Stopped: {sentence}.", *said]))


def _stamp(name: str) -> Path:
    return VENV / f"{name}.installed"


def _fingerprint(name: str) -> str:
    """Of the lock file and of the place: a virtual environment that was moved or copied does not count."""
    return f"{hashlib.sha256((ROOT / name).read_bytes()).hexdigest()} {VENV}"


def _is_installed(name: str) -> bool:
    return _stamp(name).exists() and _stamp(name).read_text() == _fingerprint(name) and _is_whole()


def _is_whole() -> bool:
    """The interpreter runs, has pip and thinks that it lives here."""
    try:
        asked = [str(PYTHON), "-c", "import sys, pip; print(sys.prefix, sys.version_info[:2] >= (3, 12))"]
        return subprocess.check_output(asked, stderr=subprocess.DEVNULL, text=True).strip() == f"{VENV} True"
    except (OSError, subprocess.CalledProcessError):
        return False


def clean(places: Places) -> None:
    """Remove .venv, DATA_DIR and what lies outside of it, unless somebody uses them."""
    for lock in (places.run / "portal.lock", places.run / "users.lock", places.data_dir / "test" / "run" / "users.lock"):
        if lock.exists() and locks.is_held(lock):
            raise SystemExit(f"The servers of {places.data_dir} are in use: stop the portal first.")
    shutil.rmtree(VENV, ignore_errors=True)
    remove(places.data_dir / "test")
    remove(places.data_dir)


if __name__ == "__main__":
    main(sys.argv[1])
