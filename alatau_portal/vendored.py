"""Files of others that are committed: each as its manifest says. `python -m alatau_portal.vendored` checks them all.

A manifest names, for each package, its version and licence, and the SHA-256 of every file. Nothing is fetched, and
nothing but the standard library is needed.
"""

import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
#: What browsers are given, and what only tests use.
FOLDERS = [ROOT / "static" / "vendor", ROOT / "tests" / "browser" / "vendor"]


def faults(folder: Path) -> Iterator[str]:
    """A sentence for each file that is changed, missing or not listed, and for each package without a licence."""
    packages = json.loads((folder / "MANIFEST.json").read_text())
    listed = {name: digest for package in packages.values() for name, digest in package["files"].items()}
    present = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    del present["MANIFEST.json"]
    yield from (f"{folder / name}: missing" for name in sorted(listed.keys() - present.keys()))
    yield from (f"{folder / name}: not in the manifest" for name in sorted(present.keys() - listed.keys()))
    for name in sorted(listed.keys() & present.keys()):
        if hashlib.sha256(present[name].read_bytes()).hexdigest() != listed[name]:
            yield f"{folder / name}: changed"
    for name, package in packages.items():
        if not (
            package["version"] and package["license"] and any("LICENSE" in file for file in package["files"])
        ):
            yield f"{folder}: {name} has no version or no licence"


def main() -> None:
    """Name every fault; end with 1 where there is one."""
    found = [fault for folder in FOLDERS for fault in faults(folder)]
    sys.exit("\n".join(found) or None)


if __name__ == "__main__":
    main()
