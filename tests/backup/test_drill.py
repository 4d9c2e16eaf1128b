"""`make restore-drill`: what it refuses. What it proves takes minutes, and is its own."""

from pathlib import Path

import pytest

from tests.backup.conftest import TARGET, command


@pytest.mark.parametrize("portal", ["drill", "drill-restored"])
def test_a_backup_that_the_drill_would_clear_away_is_refused(portal: str, tmp_path: Path) -> None:
    folder = tmp_path / "var" / portal / "backups" / "20261129T120000Z"
    folder.mkdir(parents=True)
    (folder / "manifest.json").touch()
    said = command("drill", tmp_path / "var", TARGET, tmp_path / "files", FROM=str(folder))
    assert said.status == 1 and "is in a directory that the drill clears: move it elsewhere" in said.words
    assert (folder / "manifest.json").exists()
