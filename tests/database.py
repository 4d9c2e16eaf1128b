"""The test database: migrated once per state of the migrations, then copied; emptied without rebuilding the past.

Its owner makes it, then tests run as the application, as the portal does. What only the owner may do, a test does by
`as_owner`, in its own transaction.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection

from core import roles, watch
from core.api import stored

ROOT = Path(__file__).resolve().parent.parent
#: What `migrate` fills and tests do not change.
KEPT = {
    "auth_permission",
    "core_era",
    "core_secret",
    "django_content_type",
    "django_migrations",
    "django_site",
}
APPLICATION = {name: settings.DATABASES["default"][name] for name in roles.ACCOUNT}
#: In a schema of its own, of test databases alone.
AS_OWNER = """
CREATE SCHEMA IF NOT EXISTS tests;
GRANT USAGE ON SCHEMA tests TO portal_app;
CREATE OR REPLACE FUNCTION tests.as_owner(statement text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
AS $$ BEGIN EXECUTE statement; END $$;
"""


def template() -> str:
    """The name of a migrated database to copy; the first worker to ask makes it, the others wait."""
    name = f"test_template_{_fingerprint()}"
    with owner() as server:
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
            as_owner(f"TRUNCATE {', '.join(full)} CASCADE")


def keep(name: str) -> str:
    """The name of a copy of the test database as it is now, for `bring_back`."""
    ours = connection.settings_dict["NAME"]
    _copy(ours, f"{ours}_{name}")
    return f"{ours}_{name}"


def bring_back(kept: str) -> None:
    """The test database as it was kept, in half a second: whoever is still connected loses it."""
    stored.memory.clear()
    cache.clear()
    _copy(kept, connection.settings_dict["NAME"])


@contextmanager
def within(kept: str) -> Iterator[None]:
    """Connected to a database that was kept, which should stay as it is: open a transaction and roll it back."""
    ours = connection.settings_dict["NAME"]
    _connect_to(kept)
    try:
        yield
    finally:
        _connect_to(ours)


def _connect_to(name: str) -> None:
    stored.memory.clear()
    cache.clear()
    watch.close()
    connection.close()
    connection.settings_dict["NAME"] = name


def _copy(one: str, other: str) -> None:
    """Not copied is what a database says of itself: core/sql/roles.sql."""
    watch.close()
    connection.close()
    with owner() as server:
        server.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s", [one]
        )
        server.execute(f"DROP DATABASE IF EXISTS {other} WITH (FORCE)")
        server.execute(f"CREATE DATABASE {other} TEMPLATE {one}")
        server.execute(f"REVOKE CREATE, TEMPORARY ON DATABASE {other} FROM PUBLIC, portal_app")


def drop(name: str) -> None:
    with owner() as server:
        server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def be(account: dict[str, Any]) -> None:
    """Connect as this account of settings from now on, in every thread."""
    connection.close()
    connection.settings_dict.update({name: account[name] for name in roles.ACCOUNT})


def let_tests_be_the_owner() -> None:
    with connection.cursor() as cursor:
        cursor.execute(AS_OWNER)


def as_owner(statement: str, *parameters: object) -> None:
    """Run a statement with the rights of who owns the tables, here and now."""
    with connection.cursor() as cursor:
        whole = cursor.mogrify(statement, parameters) if parameters else statement
        cursor.execute("SELECT tests.as_owner(%s)", [whole])


def _fingerprint() -> str:
    files = [ROOT / "requirements.lock", ROOT / "core" / "apps.py"]
    files += [*ROOT.glob("*/migrations/*.py"), *ROOT.glob("*/sql/*.sql")]
    digest = hashlib.sha256()
    for file in sorted(files):
        digest.update(file.relative_to(ROOT).as_posix().encode() + file.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def owner(database: str = "postgres") -> Iterator[psycopg.Connection]:
    """A connection of the owner's own; without a name, outside of any test database."""
    known = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD"}
    parameters = {key: settings.OWNER_DATABASE[name] or None for key, name in known.items()}
    with psycopg.connect(**parameters, dbname=database, autocommit=True) as server:
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
        as_owner(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        sets = ", ".join(f'"{column}" = %s' for column in columns)
        as_owner(f"UPDATE {table} SET {sets} WHERE id = %s", *columns.values(), key)
        cursor.execute(
            "SELECT format('ALTER TABLE %%s ENABLE ALWAYS TRIGGER %%I', tgrelid::regclass, tgname)"
            " FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal",
            [table],
        )
        for (command,) in cursor.fetchall():
            as_owner(command)
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
