"""Where files lie: each is there as a whole or not at all.

A name is the hash of what stands under it, and what is there is never written again: half a file, left by a full disk
or by whoever died while writing, would be taken for the whole one for ever.
"""

import os
import secrets
from contextlib import suppress
from typing import Any

from django.core.files.storage import FileSystemStorage


def sync_directory(path: str | os.PathLike[str]) -> None:
    """Force the names in it to the disk: a file may be there whole, and its name be lost with the power."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class WholeFiles(FileSystemStorage):
    """Written beside its place, forced to the disk, then put into its place in one step."""

    def _save(self, name: str, content: Any) -> str:
        place = self.path(name)
        unfinished = f"{place}.{secrets.token_hex(6)}.part"
        folder = os.path.dirname(place)
        is_new = not os.path.isdir(folder)
        os.makedirs(folder, exist_ok=True)
        try:
            with open(unfinished, "xb") as file:
                for piece in content.chunks():
                    file.write(piece)
                file.flush()
                os.fsync(file.fileno())
            if self.file_permissions_mode is not None:
                os.chmod(unfinished, self.file_permissions_mode)
            os.rename(unfinished, place)
            for name_of in (folder, os.path.dirname(folder))[: 1 + is_new]:
                sync_directory(name_of)
        except BaseException:
            with suppress(OSError):
                os.unlink(unfinished)
            raise
        return name
