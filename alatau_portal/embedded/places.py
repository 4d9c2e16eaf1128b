"""Where the embedded mode keeps what.

Everything lies in DATA_DIR, but for what cannot: sockets whose path would be too long, and, as root below a
directory that the server's account may not enter, the database and a copy of the server's programs (outside.py).
"""

import errno
import os
import re
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from alatau_portal.embedded import outside
from alatau_portal.embedded.account import reachable, server_account

#: A unix socket's path may have 107 bytes on Linux, 103 on macOS; commas and spaces mean something in URLs.
PLAIN_SOCKET = re.compile(r"[0-9A-Za-z/._-]{1,100}")
POSTGRES_SOCKET = ".s.PGSQL.5432"
#: What may lie in DATA_DIR before the portal comes: its number, the key for a restore, what bootstrap.py fetched.
OURS = ("installation", "secret-key", "uv")


@dataclass(frozen=True)
class Places:
    """The directories and sockets of one DATA_DIR."""

    data_dir: Path
    cluster: Path
    postgres_socket: Path
    redis_socket: Path

    @property
    def run(self) -> Path:
        return self.data_dir / "run"

    @property
    def log(self) -> Path:
        return self.data_dir / "log"

    @property
    def note(self) -> str:
        """What lies outside of DATA_DIR and why; empty where all lies inside."""
        home, account = outside.home(self.data_dir), server_account()
        if home not in (self.cluster.parent, self.postgres_socket.parent.parent, self.redis_socket.parent):
            return ""
        if account is None or self.cluster.parent == self.data_dir:
            return f"The path of DATA_DIR is too long for sockets: they are in {home}"
        return f"{account.pw_name} may not enter {self.data_dir}: the database is in {home}"

    def make_outside(self) -> None:
        """Make the directory outside; DATA_DIR may have been moved to where it is needed."""
        if not self.note:
            return
        outside.make(self.data_dir)
        inside = self.data_dir / "postgres"
        if self.cluster != inside and inside.exists() and not self.cluster.exists():
            subprocess.run(["mv", inside, self.cluster], check=True)  # keeps owners on any file system

    @staticmethod
    @cache
    def of(data_dir: Path) -> "Places":
        """The places of this DATA_DIR, which is made where it is missing."""
        try:
            _move_in(data_dir)
            return _settle(data_dir)
        except OSError as error:
            raise SystemExit(
                f"DATA_DIR={str(data_dir)!r} cannot be written ({error.strerror}): "
                "make it yours, or set DATA_DIR to a directory where you may write."
            ) from None


def _move_in(data_dir: Path) -> None:
    """Make DATA_DIR and its number."""
    data_dir.mkdir(parents=True, exist_ok=True)
    foreign = any(not entry.name.startswith(OURS) for entry in data_dir.iterdir())
    outside.number(data_dir, foreign=foreign)
    for directory in (data_dir / "run", data_dir / "log"):
        directory.mkdir(exist_ok=True)
        if not os.access(directory, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def _settle(data_dir: Path) -> Places:
    home = outside.home(data_dir)
    base = home if (home / "postgres").exists() or not reachable(data_dir) else data_dir
    sockets, redis = base / "sockets", data_dir / "run" / "redis.sock"
    if _unfit(sockets / POSTGRES_SOCKET):
        sockets = home / "sockets"
    if _unfit(redis):
        redis = home / "redis.sock"
    return Places(data_dir, base / "postgres", sockets / POSTGRES_SOCKET, redis)


def _unfit(socket: Path) -> bool:
    return not PLAIN_SOCKET.fullmatch(str(socket))
