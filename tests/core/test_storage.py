"""A file is kept as a whole or not at all, whatever the disk does."""

import io
from pathlib import Path

import pytest
from django.core.files.storage import default_storage

from core import files
from core.exceptions import CannotStore
from core.models import StoredFile
from tests.failing import full_disk

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n" + b"x" * 200_000


def kept() -> list[Path]:
    return [path for path in Path(default_storage.path("")).rglob("*") if path.is_file()]


@pytest.fixture
def store(settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "core.storage.WholeFiles", "OPTIONS": {"location": tmp_path / "files"}}
    }
    return tmp_path / "files"


def test_a_full_disk_leaves_nothing_and_the_same_file_is_kept_later(store):
    with full_disk(), pytest.raises(CannotStore) as refused:
        files.store(io.BytesIO(PDF), "есеп.pdf")
    assert refused.value.status == 507
    assert kept() == []

    row = files.store(io.BytesIO(PDF), "есеп.pdf")

    with default_storage.open(row.path) as whole:
        assert whole.read() == PDF
    assert [path.name for path in kept()] == [row.sha256]


def test_a_directory_that_cannot_be_written_is_another_matter(store):
    store.write_bytes(b"in its place")

    with pytest.raises(CannotStore) as refused:
        files.store(io.BytesIO(PDF), "есеп.pdf")

    assert refused.value.status == 503


def test_whoever_dies_while_writing_leaves_no_file_under_the_name(store, monkeypatch):
    def die(*_: object) -> None:
        raise SystemExit

    with monkeypatch.context() as dying:
        dying.setattr("core.storage.os.fsync", die)
        with pytest.raises(SystemExit):
            files.store(io.BytesIO(PDF), "есеп.pdf")
    assert kept() == []
    assert not StoredFile.objects.exists()


def test_what_is_kept_may_be_read_by_no_stranger(store, settings):
    row = files.store(io.BytesIO(PDF), "есеп.pdf")

    assert Path(default_storage.path(row.path)).stat().st_mode & 0o777 == settings.FILE_UPLOAD_PERMISSIONS
