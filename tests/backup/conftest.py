"""A filled database and its files, saved once; and an empty database to restore into."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from hashlib import md5
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone
from psycopg.conninfo import make_conninfo

from accounts.models import Session
from alatau_portal.backup import manifest
from alatau_portal.backup.installation import as_url
from alatau_portal.environment import ROOT
from core.files import store
from tests import database
from tests.embedded.conftest import GIVEN
from tests.factories import InstructionFactory, SourceFactory, UserFactory

TARGET = f"test_backup_target_{os.environ.get('PYTEST_XDIST_WORKER', 'gw0')}"
CONTENT = "SELECT md5(coalesce(string_agg(t::text, E'\\n' ORDER BY t::text), '')) FROM public.{} t"


NOTHING = md5(b"", usedforsecurity=False).hexdigest()


class Saved(NamedTuple):
    """A backup, and of the database that it was taken of the hash of each table; somebody was signed in."""

    folder: Path
    tables: dict[str, str]

    @property
    def restored(self) -> dict[str, str]:
        """The hashes after a restore, which lets nobody stay signed in."""
        return self.tables | {"accounts_session": NOTHING}


class Said(NamedTuple):
    status: int
    words: str


def address(name: str, **other: str) -> str:
    """As the owner, who makes and fills databases, or as another user."""
    parts = {
        key: settings.OWNER_DATABASE[key.upper()] for key in ("host", "port", "user", "password")
    } | other
    return make_conninfo(**{key: value for key, value in parts.items() if value}, dbname=name)


def tables(name: str) -> dict[str, str]:
    """The era is left out: each database opens its own."""
    with psycopg.connect(address(name)) as line:
        found = line.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        asked = sorted(table for (table,) in found if table != "core_era")
        return {table: line.execute(CONTENT.format(table)).fetchone()[0] for table in asked}  # type: ignore[index]


def databases() -> set[str]:
    """The target and what a restore makes beside it."""
    with psycopg.connect(address("postgres")) as line:
        found = line.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [TARGET])
        return {name for (name,) in found.fetchall()}


def command(module: str, data_dir: Path, name: str, files: Path, **more: str) -> Said:
    """`make backup` or `make restore` on a server that DATABASE_URL names."""
    own = {key: value for key, value in os.environ.items() if key not in GIVEN}
    own |= {
        "DATA_DIR": str(data_dir),
        "DATABASE_URL": as_url(address(name)),
        "SECRET_KEY": settings.SECRET_KEY,
        "ALLOWED_HOSTS": "alatau.example",
        "STORAGE_URL": f"file://{files}",
    }
    words = [sys.executable, "-m", f"alatau_portal.backup.{module}"]
    done = subprocess.run(words, cwd=ROOT, env=own | more, capture_output=True, text=True)
    return Said(done.returncode, done.stdout + done.stderr)


@pytest.fixture(scope="module")
def saved(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Saved]:
    place = tmp_path_factory.mktemp("backups")
    with django_db_blocker.unblock():
        try:
            office = UserFactory(username="office", role="office")
            Session.objects.create(
                session_key="k" * 32, user=office, expire_date=timezone.now() + timedelta(1)
            )
            SourceFactory.create_batch(3)
            InstructionFactory()
            for words in ("first", "second"):
                store(BytesIO(words.encode() * 1000), f"{words}.txt")
            name = connection.settings_dict["NAME"]
            said = command("take", place / "var", name, Path(settings.FILES_DIR), TO=str(place))
            assert said.status == 0, said.words
            yield Saved(next(path.parent for path in place.glob("*/manifest.json")), tables(name))
        finally:
            database.empty()


@pytest.fixture(scope="module")
def server() -> Iterator[None]:
    """Nothing of the target is left."""
    _drop()
    yield
    _drop()


@pytest.fixture
def target(server: None) -> str:
    """An empty database."""
    _drop()
    with psycopg.connect(address("postgres"), autocommit=True) as line:
        line.execute(f"CREATE DATABASE {TARGET}")
    return TARGET


@pytest.fixture
def restore(tmp_path: Path) -> Callable[..., Said]:
    """restore(folder, REPLACE="1", …): into the target, with a DATA_DIR and a store of the test's own."""

    def run(folder: Path | str, **more: str) -> Said:
        return command("restore", tmp_path / "var", TARGET, tmp_path / "files", FROM=str(folder), **more)

    return run


@pytest.fixture
def altered(saved: Saved, tmp_path: Path) -> Callable[..., Path]:
    """altered(rows=…): the backup with another manifest, which is whole in itself."""

    def alter(**told: Any) -> Path:
        folder = tmp_path / "altered"
        shutil.copytree(saved.folder, folder)
        manifest.write(folder, manifest.read(folder) | told)
        return folder

    return alter


def _drop() -> None:
    with psycopg.connect(address("postgres"), autocommit=True) as line:
        for name in databases():
            line.execute(f"DROP DATABASE {name} WITH (FORCE)")
