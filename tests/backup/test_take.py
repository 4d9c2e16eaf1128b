"""`make backup`: whole or not there at all."""

import errno
import os
from collections.abc import Callable
from datetime import datetime, tzinfo
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from alatau_portal.backup import manifest, take
from alatau_portal.backup.installation import Installation, as_url
from core.files import store
from core.models import StoredFile
from tests.backup.conftest import Said, address, command
from tests.factories import SourceFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def files(tmp_path: Path, settings: Any) -> Path:
    """A store of the test's own."""
    place = tmp_path / "files"
    options = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": place}}
    settings.STORAGES = settings.STORAGES | {"default": options}
    return place


@pytest.fixture
def backup(files: Path, tmp_path: Path) -> Callable[[], Said]:
    name = connection.settings_dict["NAME"]
    return lambda: command("take", tmp_path / "var", name, files, TO=str(tmp_path / "backups"))


def folders(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "backups").glob("*"))


def test_it_says_what_it_holds_and_nobody_else_may_read_it(
    backup: Callable[[], Said], files: Path, tmp_path: Path
) -> None:
    row = store(BytesIO(b"words"), "words.txt")
    assert backup().status == 0
    (folder,) = folders(tmp_path)
    content = manifest.read(folder)
    manifest.prove(folder, content)
    assert content["rows"]["core_storedfile"] == 1 and content["absent"] == []
    assert content["files"][f"files/{row.path}"] == {"size": 5, "sha256": row.sha256}
    assert content["started"] <= content["snapshot"] <= content["ended"]
    assert settings.SECRET_KEY not in (folder / "manifest.json").read_text()
    assert folder.stat().st_mode & 0o077 == 0
    assert (tmp_path / "var" / "backups" / "newest").read_text() == f"{folder}\n"  # for the alarm backup_old


def test_a_file_that_the_database_names_and_nobody_has_is_told(
    backup: Callable[[], Said], files: Path, tmp_path: Path
) -> None:
    lost, damaged = (store(BytesIO(words), "words.txt") for words in (b"lost", b"damaged"))
    (files / lost.path).unlink()
    (files / damaged.path).write_text("something else")
    said = backup()
    assert said.status == 1 and "2 files that the database names are lost or damaged" in said.words
    (folder,) = folders(tmp_path)
    assert sorted(manifest.read(folder)["absent"]) == sorted([lost.path, damaged.path])


def test_the_role_for_backups_takes_one_and_the_role_that_serves_needs_it(
    files: Path, tmp_path: Path
) -> None:
    SourceFactory()
    row = store(BytesIO(b"words"), "words.txt")
    name = connection.settings_dict["NAME"]
    given = {"TO": str(tmp_path / "backups"), "DATABASE_URL": as_url(address(name, user="portal_app"))}
    refused = command("take", tmp_path / "var", name, files, **given)
    assert refused.status == 1 and "Traceback" not in refused.words
    assert "portal_app may not read everything: give portal_backup in OWNER_DATABASE_URL" in refused.words
    assert folders(tmp_path) == []

    own = as_url(address(name, user="portal_backup"))
    said = command("take", tmp_path / "var", name, files, **given, OWNER_DATABASE_URL=own)
    assert said.status == 0, said.words
    (folder,) = folders(tmp_path)
    content = manifest.read(folder)
    manifest.prove(folder, content)
    assert content["rows"]["core_source"] == 1 and f"files/{row.path}" in content["files"]
    assert content["ledger"]["head"].startswith("1:")  # it closed the open block


@pytest.mark.parametrize(
    ("role", "words"),
    [
        ("", "There is no portal in the database {}: give the DATABASE_URL"),
        ("portal_ro", "portal_ro may not read everything: give portal_backup"),
    ],
)
def test_what_cannot_be_saved_is_said_in_a_sentence(
    role: str, words: str, target: str, files: Path, tmp_path: Path
) -> None:
    name = connection.settings_dict["NAME"] if role else target
    url = as_url(address(name, user=role) if role else address(name))
    said = command("take", tmp_path / "var", name, files, TO=str(tmp_path / "backups"), DATABASE_URL=url)
    assert said.status == 1 and "Traceback" not in said.words
    assert words.format(name) in said.words
    assert folders(tmp_path) == []


def test_a_file_that_cannot_be_read_does_not_prevent_the_backup(
    backup: Callable[[], Said], files: Path, tmp_path: Path
) -> None:
    unreadable, other = (store(BytesIO(words), "words.txt") for words in (b"unreadable", b"other"))
    (files / unreadable.path).unlink()
    (files / unreadable.path).symlink_to(files / unreadable.path)  # reading it fails, for root too
    said = backup()
    assert said.status == 1 and "1 files that the database names are lost or damaged" in said.words
    (folder,) = folders(tmp_path)
    content = manifest.read(folder)
    manifest.prove(folder, content)
    assert content["absent"] == [unreadable.path] and f"files/{other.path}" in content["files"]


def test_a_disk_without_hard_links_keeps_copies_and_what_the_store_has_lost(
    files: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    here, lost = (store(BytesIO(words), "words.txt") for words in (b"here", b"lost"))
    first, _ = take.take(_portal(files), tmp_path / "backups")
    first.rename(tmp_path / "backups" / "20261128T000000Z")
    monkeypatch.setattr(os, "link", refuse)
    (files / lost.path).unlink()
    folder, absent = take.take(_portal(files), tmp_path / "backups")
    assert absent == []
    assert [(folder / "files" / row.path).read_bytes() for row in (here, lost)] == [b"here", b"lost"]
    assert (folder / "files" / here.path).stat().st_nlink == 1


def test_a_file_is_kept_once_and_what_a_disk_has_damaged_is_copied_anew(files: Path, tmp_path: Path) -> None:
    row = store(BytesIO(b"words"), "words.txt")
    portal = _portal(files)
    inodes = []
    for number in range(3):
        if number == 2:
            (tmp_path / "1" / "files" / row.path).write_text("other")
        folder, lost = take.take(portal, tmp_path / "backups")
        assert not lost
        folder.rename(tmp_path / "backups" / f"2026112{number}T000000Z")
        kept = tmp_path / "backups" / f"2026112{number}T000000Z" / "files" / row.path
        (tmp_path / str(number)).symlink_to(kept.parents[2])
        inodes.append(kept.stat().st_ino)
        assert kept.read_bytes() == b"words" or number < 2
    assert inodes[0] == inodes[1] != inodes[2]
    assert (files / row.path).stat().st_ino not in inodes


@pytest.mark.parametrize("door", ["pg_dump", "a copy"])
def test_a_full_disk_leaves_nothing_and_is_said(
    door: str, files: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store(BytesIO(b"words"), "words.txt")
    full = os.strerror(errno.ENOSPC)

    def fail(*_: object, **__: object) -> None:
        raise (
            SystemExit(f"pg_dump failed: could not write to file: {full}")
            if door == "pg_dump"
            else OSError(errno.ENOSPC, full)
        )

    if door == "pg_dump":
        monkeypatch.setattr(Installation, "run", fail)
    else:
        monkeypatch.setattr(Path, "write_bytes", fail)
    with pytest.raises(SystemExit, match="No space left in .*: remove old backups"):
        take.take(_portal(files), tmp_path / "backups")
    assert folders(tmp_path) == []


@pytest.mark.parametrize("of_the_other", ["20261129T021500Z.partial", "20261129T021500Z"])
def test_a_backup_of_the_same_second_is_left_alone(
    of_the_other: str, files: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "Clock":
            return cls(2026, 11, 29, 2, 15, tzinfo=tz)

    monkeypatch.setattr(take, "datetime", Clock)
    other = tmp_path / "backups" / of_the_other
    other.mkdir(parents=True)
    (other / "database.dump").write_bytes(b"half of it")
    with pytest.raises(SystemExit, match="Another backup of the same second is at .*: repeat the command"):
        take.take(_portal(files), tmp_path / "backups")
    assert folders(tmp_path) == [other]
    assert (other / "database.dump").read_bytes() == b"half of it"


def test_a_place_that_cannot_be_written_is_said(files: Path, tmp_path: Path) -> None:
    (tmp_path / "backups").write_text("no directory")
    with pytest.raises(SystemExit, match="backups cannot be written .*: make it yours, or set TO"):
        take.take(_portal(files), tmp_path / "backups")
    assert (tmp_path / "backups").read_text() == "no directory"


def test_the_instant_of_the_snapshot_is_never_after_it(
    files: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was acknowledged before that instant is in the backup: the drill counts by it."""
    begun_by_the_database = "SELECT extract(epoch FROM now())::text, 0 FROM pg_sleep(0.05)"
    monkeypatch.setattr(take, "BOOKMARK", begun_by_the_database)
    content = manifest.read(take.take(_portal(files), tmp_path / "backups")[0])
    assert datetime.fromisoformat(content["snapshot"]).timestamp() <= float(content["ledger"]["bookmark"])


def test_what_was_erased_since_the_snapshot_is_not_called_lost(files: Path) -> None:
    row = store(BytesIO(b"words"), "words.txt")
    StoredFile.objects.all().delete()
    assert take._still_named(_portal(files), [row.path]) == []


def _portal(files: Path) -> Installation:
    from dataclasses import replace

    from alatau_portal.settings import ENV

    return Installation(
        replace(ENV, storage_url=f"file://{files}"), address(connection.settings_dict["NAME"])
    )
