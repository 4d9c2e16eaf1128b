"""Real servers in directories of their own; nothing of them is left after a test."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from alatau_portal.embedded import locks, outside
from alatau_portal.environment import ROOT

#: Uses the servers until its standard input ends, and says which process is the server.
COMMAND = """
import sys
from alatau_portal import embedded, environment
from alatau_portal.embedded.places import Places
settings = environment.read()
embedded.ensure(settings, durable=False)
import psycopg
with psycopg.connect(settings.database_url) as connection:
    name = connection.execute("SELECT current_database()").fetchone()[0]
print((Places.of(settings.data_dir).run / "postgres.pid").read_text().strip(), name, flush=True)
sys.stdin.read()
"""
GIVEN = (
    "PORT",
    "HOST",
    "PUBLIC_URL",
    "DEMO",
    "DATABASE_URL",
    "OWNER_DATABASE_URL",
    "REDIS_URL",
    "SECRET_KEY",
    "ALLOWED_HOSTS",
    "WEB_THREADS",
)


class Command(subprocess.Popen[str]):
    """A process that uses the embedded servers until `leave()`."""

    def __init__(self, data_dir: Path) -> None:
        variables = {name: value for name, value in os.environ.items() if name not in GIVEN}
        super().__init__(
            [sys.executable, "-c", COMMAND],
            cwd=ROOT,
            env=variables | {"DATA_DIR": str(data_dir)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def server(self) -> int:
        """The number of the PostgreSQL that it uses."""
        assert self.stdout
        line = self.stdout.readline()
        assert line.endswith(" portal\n"), self.communicate()[1]
        return int(line.split()[0])

    def leave(self) -> str:
        """Let it end; what it said to standard error."""
        said = self.communicate(timeout=30)[1]
        assert self.returncode == 0, said
        return said


def until(condition: Callable[[], object], seconds: float = 10) -> bool:
    """Whether this comes true in time."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{process}/stat")
    return not (status.exists() and status.read_text().rpartition(")")[2].split()[0] == "Z")


@pytest.fixture
def data_dir(tmp_path: Path) -> Iterator[Path]:
    """A DATA_DIR that is removed, with what lies outside of it, when the test is over."""
    yield tmp_path / "var"
    _remove(tmp_path)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """One DATA_DIR for tests that start and stop its servers again and again."""
    home = tmp_path_factory.mktemp("cluster")
    yield home / "var"
    _remove(home)


def _remove(home: Path) -> None:
    for found in [*home.rglob("installation")]:
        assert until(partial(_is_free, found.parent / "run" / "servers.lock"), 20), "servers are left"
        outside.remove(found.parent)


def _is_free(lock: Path) -> bool:
    return not locks.is_held(lock)
