"""Files of a backup in the store: each has its name on the disk, and each new folder too."""

import os
from pathlib import Path
from typing import Any

import pytest

from alatau_portal.backup import store
from alatau_portal.backup.manifest import hash_of


def test_each_new_folder_is_on_the_disk_under_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, target = tmp_path / "backup", tmp_path / "store"
    (source / "files/ab/cd").mkdir(parents=True)
    (source / "files/ab/cd/one").write_bytes(b"act")
    target.mkdir()
    told: Any = {"files": {"files/ab/cd/one": {"sha256": hash_of(source / "files/ab/cd/one")}}}
    synced: list[str] = []
    real = store.sync_directory
    monkeypatch.setattr(store, "sync_directory", lambda path: (synced.append(os.fspath(path)), real(path)))

    assert store.put(source, told, target, replace=False) == 1

    assert synced == [str(target), str(target / "ab"), str(target / "ab/cd")]
    assert (target / "ab/cd/one").read_bytes() == b"act"
    assert store.put(source, told, target, replace=False) == 0
