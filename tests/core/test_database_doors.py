"""How long each door may hold the database, as whom it comes, and what is said where nobody made the roles."""

import os
import subprocess
import sys
from urllib.parse import quote

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.management.commands import migrate
from django.db import connection, transaction

from core.roles import as_owner as of_the_owner
from core.roles import check_roles
from tests.database import as_owner
from tests.refusals import sql
from tests.two import second_connection

#: statement_timeout, lock_timeout, idle_in_transaction_session_timeout
ASKED = "current_user, " + ", ".join(
    f"current_setting('{name}')"
    for name in ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
)
ASK = f"""
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("SELECT concat_ws(' ', {ASKED})")
    print(cursor.fetchone()[0])
"""
DOORS = {
    "web": ("import alatau_portal.wsgi", "portal_app 15s 5s 1min"),
    "worker": (
        "from alatau_portal.celery import app; app.loader.import_default_modules()",
        "portal_app 5min 5s 1min",
    ),
    "command": ("import django; django.setup()", "portal_app 5min 5s 1min"),
}


def elsewhere() -> dict[str, str]:
    """The environment of a process of the portal on the database of this test."""
    at = connection.settings_dict
    place = {"host": at["HOST"], "port": at["PORT"], "user": at["USER"], "password": at["PASSWORD"]}
    query = "&".join(f"{name}={quote(str(value), safe='')}" for name, value in place.items() if value)
    return os.environ | {
        "DATABASE_URL": f"postgresql:///{at['NAME']}?{query}",
        "DJANGO_SETTINGS_MODULE": "alatau_portal.settings",
        "SECRET_KEY": "only for this test " * 4,
        "ALLOWED_HOSTS": "localhost",
    }


@pytest.mark.django_db
@pytest.mark.parametrize("door", DOORS)
def test_each_door_has_its_limits(door):
    enter, expected = DOORS[door]
    asked = subprocess.run(
        [sys.executable, "-c", f"{enter}\n{ASK}"],
        cwd=settings.BASE_DIR,
        env=elsewhere(),
        capture_output=True,
        text=True,
    )

    assert asked.stdout.strip() == expected, asked.stderr


# --- migrations -----------------------------------------------------------------------------------


def in_place_of_migrations(monkeypatch, step):
    monkeypatch.setattr(migrate.Command, "handle", lambda *args, **options: step())


@pytest.mark.django_db(transaction=True)
def test_migrations_are_the_owners_take_their_time_and_do_not_wait_for_a_table(monkeypatch):
    found = []
    in_place_of_migrations(monkeypatch, lambda: found.extend(sql(f"SELECT {ASKED}")))

    call_command("migrate")

    assert found == [("portal_owner", "0", "3s", "1min")]
    assert sql("SELECT current_user") == [("portal_app",)]


@pytest.mark.django_db(transaction=True)
def test_a_table_in_use_is_said_and_nothing_is_left_of_the_step(monkeypatch):
    in_place_of_migrations(monkeypatch, lambda: sql("ALTER TABLE core_source ADD COLUMN mine integer"))

    with second_connection() as reader:
        reader.execute("SELECT count(*) FROM core_source")
        with pytest.raises(CommandError, match=r"in use.* Run `manage.py migrate` again\."):
            call_command("migrate")
        reader.rollback()

    assert sql("SELECT current_user") == [("portal_app",)]
    assert sql("SELECT FROM pg_attribute WHERE attrelid = 'core_source'::regclass AND attname = 'mine'") == []


@pytest.mark.django_db
def test_the_owner_does_not_come_into_a_transaction_of_somebody_else():
    with pytest.raises(RuntimeError, match="another one"), transaction.atomic(), of_the_owner():
        pass


# --- what is said of the roles --------------------------------------------------------------------


@pytest.mark.django_db
def test_a_portal_with_its_roles_has_nothing_to_say():
    assert list(check_roles(None)) == []


@pytest.mark.django_db(transaction=True)
def test_a_portal_that_is_its_own_master_says_so():
    with of_the_owner():
        assert [warning.id for warning in check_roles(None)] == ["core.W001"]


@pytest.mark.django_db
def test_a_table_that_is_not_granted_is_named():
    as_owner("CREATE TABLE core_stray (id integer)")

    [warning] = check_roles(None)

    assert warning.id == "core.W002" and "core_stray" in warning.msg


@pytest.mark.django_db
def test_an_owner_that_does_not_see_others_is_said():
    as_owner("ALTER TABLE core_change OWNER TO portal_backup")

    assert [warning.id for warning in check_roles(None)] == ["core.W003"]


@pytest.mark.django_db
def test_a_database_before_its_first_migration_is_not_judged():
    as_owner("ALTER TABLE core_change RENAME TO core_changed")

    assert list(check_roles(None)) == []


def test_the_master_of_a_server_is_told_what_to_run(capsys):
    call_command("database_roles")

    said = capsys.readouterr().out
    for word in (
        "portal_owner",
        "portal_app",
        "portal_ro",
        "portal_backup",
        "pg_read_all_stats",
        "CREATE DATABASE",
    ):
        assert word in said
