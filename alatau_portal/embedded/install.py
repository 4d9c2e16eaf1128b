"""Makes .venv from the lock files, then goes on with what was asked (MODULES). Also does `make clean`.

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
from alatau_portal.embedded import locks, obstacles, outside
from alatau_portal.embedded.places import Places
from alatau_portal.environment import ROOT

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
HERE = VENV / "made-in"
QUIETLY = ["--quiet", "--disable-pip-version-check", "--no-input", "--retries", "2"]
#: The lock is complete; and Python compiles what is imported, which is half of what there is.
AS_LOCKED = ["--require-hashes", "--no-deps", "--no-compile"]
RUNS, TESTS = ["requirements.lock"], ["requirements.lock", "requirements-test.lock"]
LOCKS = {
    **dict.fromkeys(("run", "demo", "backup", "restore", "restore-drill"), RUNS),
    **dict.fromkeys(("test", "bench", "judges", "chaos"), TESTS),
}
MODULES = {
    "run": "alatau_portal.embedded.run",
    "demo": "alatau_portal.embedded.run",
    "test": "alatau_portal.embedded.checks",
    "bench": "benchmarks",
    "judges": "tests.judges",
    "backup": "alatau_portal.backup.take",
    "restore": "alatau_portal.backup.restore",
    "restore-drill": "alatau_portal.backup.drill",
    "chaos": "chaos",
}
#: Those that run the portal in the foreground; `make demo` with invented content (prepare.py).
RUNNING, DEMO_CONTENT = ("run", "demo"), "PORTAL_DEMO_CONTENT"
#: Each of these has servers of its own, in a directory of its name in DATA_DIR.
APART = ("test", "bench", "bench-board", "judges", "chaos", "drill", "drill-restored")


def main(command: str) -> None:
    """Obstacles first, so that nobody waits for an installation to learn that the port is taken."""
    for ending in (signal.SIGTERM, signal.SIGINT):
        signal.signal(ending, lambda *_: sys.exit(1))  # subprocess.run then ends its child
    settings = environment.read()
    places = Places.of(settings.data_dir)
    if command == "clean":
        clean(places)
        return
    if command in RUNNING:
        os.close(obstacles.hold_portal(places))
        obstacles.refuse_taken_port(settings)
    project = os.open(ROOT, os.O_RDONLY)
    fcntl.flock(project, fcntl.LOCK_EX)  # one installation at a time
    try:
        install(LOCKS[command])
    except OSError as error:
        raise SystemExit(f"{VENV} cannot be made ({error}): the project's directory must be yours.") from None
    os.close(project)
    if command == "demo":
        os.environ[DEMO_CONTENT] = "1"
    os.execv(PYTHON, [str(PYTHON), "-m", MODULES[command]])


def install(names: list[str]) -> None:
    """Install what these lock files name, unless that is done.

    The stamp is written last: an installation that was interrupted is repeated.
    """
    missing = [name for name in names if not _is_installed(name)]
    if not missing:
        return
    if not _is_whole():
        print("Making .venv", flush=True)
        shutil.rmtree(VENV, ignore_errors=True)
        _run([sys.executable, "-m", "venv", str(VENV)], "no virtual environment could be made")
        HERE.write_text(str(VENV))
    print("Installing packages", flush=True)
    wanted = [word for name in missing for word in ("--requirement", name)]
    _run(
        [str(PYTHON), "-m", "pip", "install", *QUIETLY, *AS_LOCKED, *wanted],
        "the packages could not be installed. Is a package index reachable? Check the network or set "
        "PIP_INDEX_URL, then repeat the command",
    )
    for name in missing:
        _stamp(name).write_text(_fingerprint(name))


def _run(words: list[str], sentence: str) -> None:
    done = subprocess.run(words, cwd=ROOT, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    if done.returncode:
        said = [line for line in done.stderr.splitlines() if line.startswith(("ERROR", "Error"))][:2]
        raise SystemExit("\n".join([f"Stopped: {sentence}.", *said]))


def _stamp(name: str) -> Path:
    return VENV / f"{name}.installed"


def _fingerprint(name: str) -> str:
    return hashlib.sha256((ROOT / name).read_bytes()).hexdigest()


def _is_installed(name: str) -> bool:
    return _stamp(name).exists() and _stamp(name).read_text() == _fingerprint(name) and _is_whole()


def _is_whole() -> bool:
    """The interpreter runs and has pip, and .venv was made here: its scripts name their place."""
    asked = [str(PYTHON), "-c", "import sys, pip; sys.exit(sys.version_info < (3, 12))"]
    try:
        return HERE.read_text() == str(VENV) and not subprocess.run(asked, capture_output=True).returncode
    except OSError:
        return False


def clean(places: Places) -> None:
    """Remove .venv, DATA_DIR and what lies outside of it, unless somebody uses them or backups would go, too."""
    own = [places.data_dir / name for name in APART if (places.data_dir / name).exists()]
    for lock in (
        places.run / "portal.lock",
        *(one / "run" / "users.lock" for one in (places.data_dir, *own)),
    ):
        if lock.exists() and locks.is_held(lock):
            raise SystemExit(f"The servers of {places.data_dir} are in use: stop the portal first.")
    if any(places.data_dir.glob("backups/*/manifest.json")):
        raise SystemExit(f"{places.data_dir / 'backups'} holds backups: move them elsewhere, or remove them.")
    shutil.rmtree(VENV, ignore_errors=True)
    for one in (*own, places.data_dir):
        outside.remove(one)


if __name__ == "__main__":
    main(sys.argv[1])
