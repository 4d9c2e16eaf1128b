"""Where the embedded mode keeps what.

Everything lies in DATA_DIR, but for what cannot: sockets whose path would be too long, and, as root below a directory that
the server's account may not enter, the database and a copy of the server's programs. Those lie in one directory outside,
named after a random number that DATA_DIR keeps, and `make clean` removes it.
"""

import errno
import os
import pwd
import re
import secrets
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

#: A unix socket's path may have 107 bytes on Linux, 103 on macOS; commas and spaces mean something in URLs.
PLAIN_SOCKET = re.compile(r"[0-9A-Za-z/._-]{1,100}")
POSTGRES_SOCKET = ".s.PGSQL.5432"
UNPRIVILEGED = ("postgres", "www-data", "nobody")


@cache
def server_account() -> pwd.struct_passwd | None:
    """Whom PostgreSQL runs as: this user, or an existing unprivileged account where this user is root."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    for name in UNPRIVILEGED:
        if name in known:
            return known[name]
    raise SystemExit(f"PostgreSQL cannot run as root, and none of {', '.join(UNPRIVILEGED)} exists: run as another user.")


def reachable(path: Path) -> bool:
    """The server's account may enter this directory and all above it."""
    account = server_account()
    return account is None or all(_may_enter(place.stat(), account) for place in (path, *path.parents))


def _may_enter(status: os.stat_result, account: pwd.struct_passwd) -> bool:
    if status.st_uid == account.pw_uid:
        return bool(status.st_mode & 0o100)
    return bool(status.st_mode & (0o010 if status.st_gid == account.pw_gid else 0o001))


def made_once(path: Path, text: str) -> str:
    """The text of a secret file that the first of several processes writes."""
    if not path.exists():
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(text)
        try:
            os.link(draft, path)  # refused where another process was first
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()


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
    def outside(self) -> list[Path]:
        """What lies outside of DATA_DIR."""
        home = _outside(self.data_dir)
        return [home] if home.exists() else []

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
    """Make DATA_DIR and its number; note whether it held something else before."""
    data_dir.mkdir(parents=True, exist_ok=True)
    foreign = any(not entry.name.startswith("installation") for entry in data_dir.iterdir())
    made_once(data_dir / "installation", f"{secrets.token_hex(8)} {'shared' if foreign else 'own'}")
    for directory in (data_dir / "run", data_dir / "log"):
        directory.mkdir(exist_ok=True)
        if not os.access(directory, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def _settle(data_dir: Path) -> Places:
    cluster, sockets, redis = data_dir / "postgres", data_dir / "sockets", data_dir / "run" / "redis.sock"
    if (_outside(data_dir) / "postgres").exists() or not reachable(data_dir):
        cluster, sockets = outside(data_dir) / "postgres", outside(data_dir) / "sockets"
        if (data_dir / "postgres").exists() and not cluster.exists():
            subprocess.run(["mv", data_dir / "postgres", cluster], check=True)  # keeps the owner on any file system
    if _unfit(sockets / POSTGRES_SOCKET):
        sockets = outside(data_dir) / "sockets"
    if _unfit(redis):
        redis = outside(data_dir) / "redis.sock"
    return Places(data_dir, cluster, sockets / POSTGRES_SOCKET, redis)


def _unfit(socket: Path) -> bool:
    return not PLAIN_SOCKET.fullmatch(str(socket))


def _outside(data_dir: Path) -> Path:
    number = (data_dir / "installation").read_text().split()[0]
    lasting = [Path(home) for home in ("/var/lib", "/var/tmp") if server_account() and os.access(home, os.W_OK)]
    return [*lasting, Path("/tmp")][0] / f"alatau-portal-{number}"  # noqa: S108 the random name and the owner are checked


def outside(data_dir: Path) -> Path:
    """The directory outside of DATA_DIR, made where it is missing."""
    home = _outside(data_dir)
    home.mkdir(exist_ok=True)
    if home.is_symlink() or home.stat().st_uid != os.geteuid():
        raise SystemExit(f"{home} belongs to somebody else: remove {data_dir / 'installation'} and start again.")
    home.chmod(0o755 if server_account() else 0o700)
    owner = Path(made_once(home / "owner", str(data_dir)))
    if owner == data_dir:
        return home
    if _same_number(owner, data_dir):  # DATA_DIR is a copy: the original keeps what is there
        (data_dir / "installation").unlink()
        _move_in(data_dir)
    else:  # DATA_DIR was moved
        (home / "owner").unlink()
    return outside(data_dir)


def _same_number(one: Path, other: Path) -> bool:
    kept = [place / "installation" for place in (one, other)]
    return all(file.exists() for file in kept) and kept[0].read_text() == kept[1].read_text()


def remove(data_dir: Path) -> None:
    """Take away what lies outside of DATA_DIR, and DATA_DIR unless it held something else before."""
    if not (data_dir / "installation").exists():
        return
    home = _outside(data_dir)
    if home.exists() and (home / "owner").read_text() == str(data_dir):
        shutil.rmtree(home)
    if (data_dir / "installation").read_text().endswith("shared"):
        raise SystemExit(f"{data_dir} held other files before the portal came: remove it yourself.")
    shutil.rmtree(data_dir)
