"""Puts the files of a backup into the store, where each lies under the name of its content.

What is there already and is the same stays; what nobody saved stays, too: a file without a row is only wasted space.
So the files of before are still there when a restore is undone.
"""

import os
import shutil
from pathlib import Path

from alatau_portal.backup.manifest import FILES, Manifest, hash_of
from core.storage import sync_directory


def put(source: Path, content: Manifest, target: Path, *, replace: bool) -> int:
    """How many were put. A file of the same name and other content is damaged: with `replace` it is put aside."""
    saved = {
        name.removeprefix(f"{FILES}/"): told["sha256"]
        for name, told in content["files"].items()
        if name.startswith(f"{FILES}/")
    }
    wanted = {name: digest for name, digest in saved.items() if not _is(target / name, digest)}
    if (damaged := [name for name in wanted if (target / name).exists()]) and not replace:
        raise SystemExit(
            f"{len(damaged)} files in {target} are not what their names say, such as {damaged[0]}: "
            "REPLACE=1 puts them aside."
        )
    for name, digest in wanted.items():
        try:
            _put(source / FILES / name, target / name, digest)
        except OSError as error:
            raise SystemExit(
                f"{target} cannot be written ({error.strerror}): make it yours, make room, then repeat."
            ) from None
    return len(wanted)


def _is(path: Path, digest: str) -> bool:
    return path.is_file() and hash_of(path) == digest


def _put(source: Path, target: Path, digest: str) -> None:
    """Whole on the disk before it has its name."""
    _make(target.parent)
    draft = target.with_name(f"{target.name}.restoring")
    try:
        shutil.copyfile(source, draft)
        draft.chmod(0o640)
        if hash_of(draft) != digest:
            raise SystemExit(f"{source} was copied with other bytes: look at the disks, then repeat.")
        descriptor = os.open(draft, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)
        if target.exists():
            target.rename(target.with_name(f"{target.name}.damaged"))
        draft.rename(target)
        sync_directory(target.parent)
    finally:
        draft.unlink(missing_ok=True)


def _make(folder: Path) -> None:
    """With the folders above it, each on the disk under its name."""
    if not folder.is_dir():
        _make(folder.parent)
        folder.mkdir()
        sync_directory(folder.parent)
