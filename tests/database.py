"""The test database: migrated once per state of the migrations, then copied; emptied without rebuilding the past."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection

from core import watch
from core.api import stored

ROOT = Path(__file__).resolve().parent.parent
#: What `migrate` fills and tests do not change.
KEPT = {"auth_permission", "core_era", "django_content_type", "django_migrations", "django_site"}


def template() -> str:
    """The name of a migrated database to copy; the first worker to ask makes it, the others wait."""
    name = f"test_template_{_fingerprint()}"
    with _maintenance() as server:
        server.execute("SELECT pg_advisory_lock(hashtext('portal tests'))")
        if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            _drop_stale(server)
            server.execute("CREATE DATABASE test_template_unfinished")
            _migrate("test_template_unfinished")
            server.execute(f"ALTER DATABASE test_template_unfinished RENAME TO {name}")
    return name


def empty() -> None:
    """Truncate what has rows. Django's flush would empty every table and run post_migrate, which rebuilds the past.

    What was stored of it goes, too: the ledger does not tell that it was emptied.
    """
    stored.memory.clear()
    cache.clear()
    watch.close()
    with connection.cursor() as cursor:
        tables = sorted(set(connection.introspection.table_names(cursor)) - KEPT)
        asked = " UNION ALL ".join(
            f"SELECT '{table}' WHERE EXISTS (SELECT FROM public.{table})" for table in tables
        )
        cursor.execute(asked)
        if full := [table for (table,) in cursor.fetchall()]:
            cursor.execute(f"TRUNCATE {', '.join(full)} CASCADE")


def _fingerprint() -> str:
    files = [ROOT / "requirements.lock", ROOT / "core" / "apps.py"]
    files += [*ROOT.glob("*/migrations/*.py"), *ROOT.glob("*/sql/*.sql")]
    digest = hashlib.sha256()
    for file in sorted(files):
        digest.update(file.relative_to(ROOT).as_posix().encode() + file.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def _maintenance() -> Iterator[psycopg.Connection]:
    parameters = connection.get_connection_params() | {"dbname": "postgres"}
    kept = {
        key: value
        for key, value in parameters.items()
        if key in {"host", "port", "user", "password", "dbname"}
    }
    with psycopg.connect(**kept, autocommit=True) as server:
        yield server


def _drop_stale(server: psycopg.Connection) -> None:
    stale = server.execute(
        "SELECT datname FROM pg_database WHERE datname LIKE 'test\\_template\\_%'"
    ).fetchall()
    for (name,) in stale:
        server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def _migrate(name: str) -> None:
    connection.close()
    ours, connection.settings_dict["NAME"] = connection.settings_dict["NAME"], name
    try:
        call_command("migrate", verbosity=0, interactive=False)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = ours


def backdated(table: str, key: int, **columns: object) -> None:
    """Columns that the database keeps itself, as time would have made them: its triggers sleep meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # nothing may wait while triggers are switched
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        sets = ", ".join(f'"{column}" = %s' for column in columns)
        cursor.execute(f"UPDATE {table} SET {sets} WHERE id = %s", [*columns.values(), key])
        cursor.execute(
            "SELECT format('ALTER TABLE %%s ENABLE ALWAYS TRIGGER %%I', tgrelid::regclass, tgname)"
            " FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal",
            [table],
        )
        for (command,) in cursor.fetchall():
            cursor.execute(command)
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
