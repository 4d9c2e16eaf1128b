"""`python3 bootstrap.py run|test|clean`: find a Python that is new enough and go on with it (install.py).

This file alone must be understood by every Python from 3.6 on; it uses nothing but the standard library.
"""

import glob
import os
import shutil
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
OLDEST = (3, 12)
NEWEST = (3, 14)
QUESTION = "import sys, venv, ensurepip; print(sys.version_info[0], sys.version_info[1])"


def preferred():
    """The version that .python-version names, such as 3.13."""
    with open(os.path.join(ROOT, ".python-version")) as file:
        return ".".join(file.read().split()[0].split(".")[:2])


def candidates(wanted):
    """Interpreters of this machine, the wanted version first."""
    versions = [wanted] + ["3.%d" % minor for minor in range(OLDEST[1], NEWEST[1] + 1)]
    pyenv = os.environ.get("PYENV_ROOT") or os.path.expanduser("~/.pyenv")
    for version in versions:
        yield shutil.which("python" + version)
        for found in sorted(glob.glob(os.path.join(pyenv, "versions", version + ".*", "bin", "python"))):
            yield found
    yield sys.executable


def is_usable(python):
    """It runs, can make a virtual environment and is of a version that the portal supports."""
    try:
        said = subprocess.check_output([python, "-c", QUESTION], stderr=subprocess.DEVNULL, cwd=ROOT)
    except (OSError, subprocess.CalledProcessError):
        return False
    return OLDEST <= tuple(int(number) for number in said.split()) <= NEWEST


def data_dir():
    return os.path.join(ROOT, os.path.expanduser(os.environ.get("DATA_DIR", "").strip() or "var"))


def fetched(wanted):
    """A Python that uv downloads, into DATA_DIR; None where that fails."""
    home = os.path.join(data_dir(), "uv")
    python = glob.glob(os.path.join(home, "python", "*", "bin", "python" + wanted))
    if not python:
        print("Python %s is not installed: fetching it with uv" % wanted)
        environment = dict(os.environ, UV_PYTHON_INSTALL_DIR=os.path.join(home, "python"))
        steps = [
            [sys.executable, "-m", "venv", "--clear", os.path.join(home, "venv")],
            [os.path.join(home, "venv", "bin", "python"), "-m", "pip", "install", "--quiet", "uv"],
            [os.path.join(home, "venv", "bin", "uv"), "python", "install", "--no-bin", wanted],
        ]
        try:
            for step in steps:
                subprocess.check_output(step, env=environment, stderr=subprocess.STDOUT)
        except (OSError, subprocess.CalledProcessError):
            return None
        python = glob.glob(os.path.join(home, "python", "*", "bin", "python" + wanted))
    return python[0] if python else None


def find(command):
    """The interpreter to go on with, or one sentence."""
    wanted = preferred()
    for python in candidates(wanted):
        if python and is_usable(python):
            return python
    python = fetched(wanted) if command != "clean" else None
    if python is None:
        sys.exit(
            "Python %s or newer is needed (with its venv module), and none was found or could be fetched: "
            "install Python %s, for example python%s and python%s-venv." % ("%d.%d" % OLDEST, wanted, wanted, wanted)
        )
    return python


if __name__ == "__main__":
    chosen = find(sys.argv[1])
    os.chdir(ROOT)
    sys.stdout.flush()
    os.execv(chosen, [chosen, "-m", "alatau_portal.embedded.install", sys.argv[1]])
