"""What is to be kept, and with whose programs: the database as its owner sees it, the stored files, the key."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from alatau_portal.embedded import postgres
from alatau_portal.embedded.places import Places
from alatau_portal.environment import ROOT, Environment

#: A dump may take long, and it waits for nobody else's answer.
UNLIMITED = "-c statement_timeout=0 -c lock_timeout=0 -c idle_in_transaction_session_timeout=0"
#: In the words of PostgreSQL's programs; a password is never an argument, which everybody on the machine can read.
WORDS = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
}


@dataclass(frozen=True)
class Installation:
    """One portal: its settings, and its database as the owner reaches it."""

    settings: Environment
    database_url: str

    @classmethod
    def of(cls, settings: Environment, variables: Mapping[str, str] = os.environ) -> "Installation":
        if not settings.embedded:
            return cls(settings, variables.get("OWNER_DATABASE_URL", "").strip() or settings.database_url)
        return cls(settings, make_conninfo(settings.database_url, user=postgres.USER))

    @property
    def database(self) -> str:
        return str(conninfo_to_dict(self.database_url).get("dbname", ""))

    def address(self, database: str) -> str:
        """Of another database of the same server."""
        return make_conninfo(self.database_url, dbname=database)

    @contextmanager
    def connected(self, database: str = "", **options: Any) -> Iterator[psycopg.Connection]:
        try:
            line = psycopg.connect(
                self.address(database or self.database), connect_timeout=5, options=UNLIMITED, **options
            )
        except psycopg.OperationalError as error:
            said = str(error).strip().splitlines()[-1]
            raise SystemExit(
                f"The database does not answer: check DATABASE_URL or OWNER_DATABASE_URL. {said}"
            ) from None
        with line:
            yield line

    def program(self, name: str, server: int) -> Path:
        """A program of PostgreSQL that understands a server of this version: its own, else a newer one."""
        if self.settings.embedded:
            return postgres.find_programs(Places.of(self.settings.data_dir)) / name
        installed = [Path(f"/usr/lib/postgresql/{version}/bin") / name for version in range(server, 100)]
        found = next((path for path in installed if path.exists()), None)
        return found or postgres.find_programs(Places.of(self.settings.data_dir)) / name

    def run(self, program: Path, *words: object, database: str = "") -> None:
        """Run it with the owner's rights, or SystemExit with the last it said."""
        parts = conninfo_to_dict(self.address(database or self.database))
        own = {word: str(parts[name]) for name, word in WORDS.items() if parts.get(name)}
        command = [str(program), *map(str, words)]
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        own["PGOPTIONS"] = UNLIMITED
        done = subprocess.run(command, env=kept | own, capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"{program.name} failed: {' '.join(done.stderr.split()[-60:])}")

    def manage(self, *words: str, database: str) -> str:
        """Django's command on another database of the same server; what it said."""
        address = as_url(self.address(database))
        own = {
            "DATABASE_URL": address,
            "OWNER_DATABASE_URL": address,
            "SECRET_KEY": self.settings.secret_key,
            "ALLOWED_HOSTS": ",".join(self.settings.allowed_hosts),
            "DATA_DIR": str(self.settings.data_dir),
            "WEBHOOK_LOOPBACK": "",
        }
        command = [sys.executable, "manage.py", *words]
        done = subprocess.run(command, cwd=ROOT, env=os.environ | own, capture_output=True, text=True)
        if done.returncode:
            said = "\n".join((done.stdout + done.stderr).splitlines()[-8:])
            raise SystemExit(f"manage.py {words[0]} failed:\n{said}")
        return done.stdout.strip()


def as_url(address: str) -> str:
    """A connection in the words of DATABASE_URL; the host in the query, where a socket's directory fits, too."""
    parts = {name: str(value) for name, value in conninfo_to_dict(address).items() if value}
    user, password, name = (quote(parts.pop(part, ""), safe="") for part in ("user", "password", "dbname"))
    return f"postgresql://{user}{':' if password else ''}{password}@/{name}?{urlencode(parts)}"
