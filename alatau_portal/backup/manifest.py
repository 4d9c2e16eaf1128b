"""What a backup says of itself (manifest.json), and whether it is true.

A backup is a folder: `database.dump`, `files/<path in the store>`, `manifest.json`. The manifest is written last and
carries its own hash, so that a folder with a manifest that can be read is a whole backup.
"""

import hashlib
import hmac
import json
import os
import tomllib
from pathlib import Path
from typing import Any

from alatau_portal.environment import ROOT

FORMAT = 1
NAME, DUMP, FILES = "manifest.json", "database.dump", "files"
CHUNK = 2**20
OTHER = "Take another backup"

type Manifest = dict[str, Any]


def write(folder: Path, content: Manifest) -> None:
    text = json.dumps(content | {"sha256": _own_hash(content)}, ensure_ascii=False, indent=1)
    with open(folder / NAME, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def read(folder: Path) -> Manifest:
    """The manifest of a whole backup of a format that this release knows, or SystemExit with one sentence."""
    path = folder / NAME
    try:
        content = json.loads(path.read_text())
        own = content.pop("sha256")
    except OSError:
        raise SystemExit(
            f"{folder} is no backup: it has no {NAME} that can be read. Name a folder that `make backup` printed."
        ) from None
    except (ValueError, KeyError, AttributeError):
        raise SystemExit(f"{path} is damaged: it is not whole. {OTHER}.") from None
    if own != _own_hash(content):
        raise SystemExit(f"{path} is damaged: it is not what was written. {OTHER}.")
    if content["format"] != FORMAT:
        raise SystemExit(
            f"{folder} is of format {content['format']}, this release reads {FORMAT}: "
            f"restore it with the release that made it ({content['release']}), then upgrade."
        )
    return dict(content)


def prove(folder: Path, content: Manifest) -> None:
    """Every file is there, with the size and the hash that it had; or SystemExit that names each that is not."""
    faults = []
    for name, told in content["files"].items():
        path = folder / name
        if not path.is_file():
            faults.append(f"{name} is missing")
        elif path.stat().st_size != told["size"] or hash_of(path) != told["sha256"]:
            faults.append(f"{name} is damaged")
    if faults:
        more = f" (and {len(faults) - 5} more)" if len(faults) > 5 else ""
        raise SystemExit(f"{folder} is not whole: {', '.join(faults[:5])}{more}. {OTHER}.")


def hash_of(path: Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def entry(path: Path) -> dict[str, Any]:
    return {"size": path.stat().st_size, "sha256": hash_of(path)}


def key_mark(secret_key: str) -> str:
    """By which a key is known again; nobody can make the key of it."""
    return hmac.new(secret_key.encode(), b"alatau_portal.backup", "sha256").hexdigest()


def release() -> str:
    return str(tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"])


def migrations() -> set[str]:
    """Those of the project's own apps that this release has; of libraries' only the database knows."""
    return {f"{path.parent.parent.name}.{path.stem}" for path in ROOT.glob("*/migrations/[0-9]*.py")}


def newer(content: Manifest) -> list[str]:
    """Migrations of our apps that the backup has had and this release does not know."""
    known = migrations()
    apps = {name.partition(".")[0] for name in known}
    return sorted(
        name for name in content["migrations"] if name.partition(".")[0] in apps and name not in known
    )


def _own_hash(content: Manifest) -> str:
    plain = json.dumps(content, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()
