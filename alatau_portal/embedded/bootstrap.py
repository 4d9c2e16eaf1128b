"""`python3 bootstrap.py run|demo|test|judges|bench|chaos|clean`: find a new enough Python, go on with install.py.

This file alone must be understood by every Python from 3.6 on; it uses nothing but the standard library.
"""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
OLDEST, NEWEST = (3, 12), (3, 14)
QUESTION = "import sys, venv, ensurepip; print(sys.version_info[0], sys.version_info[1])"
MISSING = (
    "Python 3.12 or newer is needed (with its venv module), and none was found or could be fetched: "
    "install Python {0}, for example the packages python{0} and python{0}-venv."
)


def preferred() -> str:
    """The version that .python-version names, such as 3.13."""
    return ".".join((ROOT / ".python-version").read_text().split()[0].split(".")[:2])


def candidates(wanted: str) -> "Iterator[str]":
    """Interpreters of this machine, the wanted version first."""
    if wanted == f"{sys.version_info[0]}.{sys.version_info[1]}":
        yield sys.executable
    for version in [wanted] + [f"3.{minor}" for minor in range(OLDEST[1], NEWEST[1] + 1)]:
        yield shutil.which(f"python{version}") or ""
        yield from of_pyenv(version)
    yield sys.executable


def of_pyenv(version: str) -> "list[str]":
    """Those of pyenv; none where it is somebody else's and cannot be read."""
    pyenv = Path(os.environ.get("PYENV_ROOT") or os.path.expanduser("~/.pyenv"))
    try:
        return [str(found) for found in sorted(pyenv.glob(f"versions/{version}.*/bin/python"))]
    except OSError:
        return []


def is_usable(python: str) -> bool:
    """It runs, can make a virtual environment and is of a version that the portal supports."""
    try:
        said = subprocess.check_output([python, "-c", QUESTION], stderr=subprocess.DEVNULL, cwd=str(ROOT))
    except (OSError, subprocess.CalledProcessError):
        return False
    return OLDEST <= tuple(int(number) for number in said.split()) <= NEWEST


def fetched(wanted: str) -> str:
    """A Python that uv downloads into DATA_DIR; empty where that fails."""
    home = ROOT / os.path.expanduser(os.environ.get("DATA_DIR", "").strip() or "var") / "uv"
    place = f"python/*/bin/python{wanted}"
    if not list(home.glob(place)):
        print(f"Python {wanted} is not installed: fetching it with uv")
        folders = {"UV_PYTHON_INSTALL_DIR": str(home / "python"), "UV_CACHE_DIR": str(home / "cache")}
        steps = [
            [sys.executable, "-m", "venv", "--clear", str(home / "venv")],
            [str(home / "venv/bin/python"), "-m", "pip", "install", "--quiet", "uv"],
            [str(home / "venv/bin/uv"), "python", "install", "--no-bin", wanted],
        ]
        try:
            for step in steps:
                subprocess.check_output(step, env=dict(os.environ, **folders), stderr=subprocess.STDOUT)
        except (OSError, subprocess.CalledProcessError):
            return ""
    return "".join(str(found) for found in list(home.glob(place))[:1])


def find(command: str) -> str:
    """The interpreter to go on with, or one sentence."""
    wanted = preferred()
    for python in candidates(wanted):
        if python and is_usable(python):
            return python
    python = fetched(wanted) if command != "clean" else ""
    if not python:
        sys.exit(MISSING.format(wanted))
    return python


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C ends it without a word
    chosen = find(sys.argv[1])
    os.chdir(str(ROOT))
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # every start would compile everything anew
    sys.stdout.flush()
    os.execv(chosen, [chosen, "-m", "alatau_portal.embedded.install", sys.argv[1]])
