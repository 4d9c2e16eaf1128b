"""`make restore`: the same database and files again, or one sentence and nothing changed."""

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest

from alatau_portal.backup import manifest
from alatau_portal.backup.installation import as_url
from alatau_portal.backup.restore import like
from alatau_portal.embedded import locks
from alatau_portal.embedded.places import Places
from tests.backup.conftest import NOTHING, TARGET, Said, Saved, address, databases, tables

pytestmark = pytest.mark.django_db(transaction=True)

type Restore = Callable[..., Said]


@pytest.fixture
def untouched(target: str, tmp_path: Path) -> Callable[[], bool]:
    """Whether the target is as empty as it was, with nothing beside it and nothing in the store."""
    return lambda: not tables(target) and databases() == {target} and not [*tmp_path.glob("files/**/*")]


def stored(folder: Path) -> Path:
    """A stored file of the backup."""
    return next(path for path in sorted(folder.glob("files/*/*")))


def test_what_is_restored_is_what_was_saved_and_a_replaced_database_comes_back(
    saved: Saved, target: str, restore: Restore, tmp_path: Path
) -> None:
    said = restore(saved.folder)
    assert said.status == 0, said.words
    assert "ledger proved" in said.words and manifest.read(saved.folder)["ledger"]["head"] in said.words
    assert saved.tables["accounts_session"] != NOTHING and tables(target) == saved.restored
    files = {path.relative_to(saved.folder / "files") for path in saved.folder.glob("files/*/*")}
    assert len(files) == 2
    for path in files:
        assert (tmp_path / "files" / path).read_bytes() == (saved.folder / "files" / path).read_bytes()
    with psycopg.connect(address(target)) as line:
        assert line.execute("SELECT count(*) FROM core_era").fetchone() == (2,)  # the feed goes on from here
        line.execute("CREATE TABLE ours AS SELECT 1")

    refused = restore(saved.folder)
    assert refused.status == 1 and "REPLACE=1" in refused.words and "ours" in tables(target)

    said = restore(saved.folder, REPLACE="1")
    assert said.status == 0 and tables(target) == saved.restored
    (kept,) = set(re.findall(r"UNDO=(\w+)", said.words))
    assert databases() == {target, kept}

    said = restore("", UNDO=kept)
    assert said.status == 0, said.words
    assert "ours" in tables(target)
    (undone,) = set(re.findall(r"UNDO=(\w+)", said.words))
    assert databases() == {target, undone}

    said = restore("", UNDO=undone)  # he who undid was wrong
    assert said.status == 0 and f"UNDO={kept}" in said.words
    assert databases() == {target, kept} and tables(target) == saved.restored


def _flipped(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


DAMAGES: dict[str, tuple[Callable[[Path], object], str]] = {
    "a bit of the dump": (lambda folder: _flipped(folder / "database.dump"), "database.dump is damaged"),
    "a bit of a file": (lambda folder: _flipped(stored(folder)), "is damaged"),
    "a file less": (lambda folder: stored(folder).unlink(), "is missing"),
    "a dump cut short": (
        lambda folder: os.truncate(folder / "database.dump", 1000),
        "database.dump is damaged",
    ),
    "a manifest cut short": (lambda folder: os.truncate(folder / "manifest.json", 1000), "it is not whole"),
    "a bit of the manifest": (lambda folder: _flipped(folder / "manifest.json"), "manifest.json is damaged"),
    "no manifest": (lambda folder: (folder / "manifest.json").unlink(), "is no backup"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_backup_is_refused_before_anything_is_touched(
    damage: str, altered: Callable[..., Path], restore: Restore, untouched: Callable[[], bool]
) -> None:
    folder = altered()
    hurt, words = DAMAGES[damage]
    hurt(folder)
    said = restore(folder)
    assert said.status == 1 and words in said.words
    assert untouched()


STRANGERS: dict[str, tuple[dict[str, Any], str]] = {
    "another format": ({"format": 2}, "restore it with the release that made it"),
    "a newer release": ({"migrations": ["core.0001_tables", "core.9999_to_come"]}, "install that one"),
    "a newer PostgreSQL": ({"postgresql": 99}, "restore it into PostgreSQL 99 or newer"),
    "another key": ({"key": manifest.key_mark("k" * 50)}, "OTHER_KEY=1"),
    "more rows than the dump has": ({"rows": {"core_source": 9}}, "core_source"),
}


@pytest.mark.parametrize("stranger", STRANGERS)
def test_a_backup_that_does_not_fit_is_refused_and_nothing_changed(
    stranger: str, altered: Callable[..., Path], restore: Restore, untouched: Callable[[], bool]
) -> None:
    told, words = STRANGERS[stranger]
    said = restore(altered(**told))
    assert said.status == 1 and words in said.words
    assert untouched()


def test_a_ledger_that_was_made_anew_is_refused_and_nothing_changed(
    altered: Callable[..., Path], saved: Saved, restore: Restore, untouched: Callable[[], bool]
) -> None:
    ledger = manifest.read(saved.folder)["ledger"]
    said = restore(altered(ledger=ledger | {"head": f"1:{'0' * 64}"}))
    assert said.status == 1 and "the ledger was tampered with" in said.words
    assert untouched()


def test_a_portal_that_runs_is_not_restored_into(
    saved: Saved, restore: Restore, untouched: Callable[[], bool], tmp_path: Path
) -> None:
    lock = locks.take(Places.of(tmp_path / "var").run / "portal.lock")
    said = restore(saved.folder)
    assert lock is not None
    os.close(lock)
    assert said.status == 1 and "stop it first" in said.words
    with psycopg.connect(address(TARGET)):
        said = restore(saved.folder)
    assert said.status == 1 and "1 connections use the database" in said.words
    assert untouched()


def test_a_damaged_file_of_the_store_is_put_aside_only_when_asked_to(
    saved: Saved, restore: Restore, untouched: Callable[[], bool], tmp_path: Path
) -> None:
    path = tmp_path / "files" / stored(saved.folder).relative_to(saved.folder / "files")
    path.parent.mkdir(parents=True)
    path.write_text("something else")
    said = restore(saved.folder)
    assert said.status == 1 and "REPLACE=1 puts them aside" in said.words
    assert path.read_text() == "something else"
    shutil.rmtree(tmp_path / "files")
    assert untouched()


@pytest.mark.parametrize(
    ("provider", "locale", "icu", "words"),
    [
        ("c", None, None, {"LOCALE_PROVIDER": "libc"}),  # also where template0 is of ICU
        ("i", None, "kk", {"LOCALE_PROVIDER": "icu", "ICU_LOCALE": "kk"}),  # PostgreSQL 15 and 16
        ("i", "kk", None, {"LOCALE_PROVIDER": "icu", "ICU_LOCALE": "kk"}),
        ("b", "C.UTF-8", None, {"LOCALE_PROVIDER": "builtin", "BUILTIN_LOCALE": "C.UTF-8"}),
    ],
)
def test_the_new_database_orders_words_as_the_old_one_did(
    provider: str, locale: str, icu: str, words: dict[str, str]
) -> None:
    same = {"ENCODING": "UTF8", "LC_COLLATE": "C.UTF-8", "LC_CTYPE": "C.UTF-8"}
    assert like("UTF8", "C.UTF-8", "C.UTF-8", provider, locale, icu) == same | words


def test_only_the_owner_restores(saved: Saved, restore: Restore, untouched: Callable[[], bool]) -> None:
    with psycopg.connect(address("postgres"), autocommit=True) as line:
        line.execute(f"CREATE DATABASE {TARGET}_before_1")
    serving = as_url(address(TARGET, user="portal_app"))
    for folder, given in ((saved.folder, {}), ("", {"UNDO": f"{TARGET}_before_1"})):
        said = restore(folder, DATABASE_URL=serving, **given)
        assert said.status == 1 and "Traceback" not in said.words
        assert f"portal_app does not own the database {TARGET}: set OWNER_DATABASE_URL" in said.words
    assert databases() == {TARGET, f"{TARGET}_before_1"}
    with psycopg.connect(address("postgres"), autocommit=True) as line:
        line.execute(f"DROP DATABASE {TARGET}_before_1")
    assert untouched()


def test_an_owner_who_may_not_make_a_database_is_told_what_he_needs(
    saved: Saved, restore: Restore, untouched: Callable[[], bool]
) -> None:
    with psycopg.connect(address("postgres"), autocommit=True) as line:
        line.execute(f"ALTER DATABASE {TARGET} OWNER TO portal_backup")
    said = restore(saved.folder, DATABASE_URL=as_url(address(TARGET, user="portal_backup")))
    assert said.status == 1 and "ALTER ROLE portal_backup CREATEDB" in said.words
    assert untouched()


def test_what_to_undo_must_be_there(restore: Restore, untouched: Callable[[], bool]) -> None:
    said = restore("", UNDO=f"{TARGET}_before_1")
    assert said.status == 1 and "There is no database" in said.words
    assert untouched()


def test_no_folder_is_named(restore: Restore) -> None:
    said = restore("")
    assert said.status == 1 and "Which backup?" in said.words
