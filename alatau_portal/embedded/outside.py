"""The one directory outside of DATA_DIR, for what cannot lie in it.

It is named after a random number that DATA_DIR keeps in `installation`, and says in `owner` whose it is: a DATA_DIR
that was moved takes it along, a copy of a DATA_DIR gets a number of its own. `make clean` removes it.
"""

import os
import secrets
import shutil
from pathlib import Path

from alatau_portal.embedded.account import server_account


def made_once(path: Path, text: str) -> str:
    """The text of a secret file that the first of several processes writes."""
    if not path.exists():
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(text)
        try:
            os.link(draft, path)  # refused where another process was first
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()


def number(data_dir: Path, *, foreign: bool) -> None:
    """Give DATA_DIR its number, once; and note whether it held something else before."""
    made_once(data_dir / "installation", f"{secrets.token_hex(8)} {'shared' if foreign else 'own'}")


def home(data_dir: Path) -> Path:
    """Where it lies, whether or not it was made."""
    found, account = (data_dir / "installation").read_text().split()[0], server_account()
    lasting = [Path(place) for place in ("/var/lib", "/var/tmp") if account and os.access(place, os.W_OK)]
    place = [*lasting, Path("/tmp")][0] / f"alatau-portal-{found}"
    return place if _belongs(place, data_dir) else home(data_dir)


def make(data_dir: Path) -> Path:
    """The directory, made where it is missing."""
    place = home(data_dir)
    place.mkdir(exist_ok=True)
    place.chmod(0o755 if server_account() else 0o700)
    made_once(place / "owner", str(data_dir))
    return place


def _belongs(place: Path, data_dir: Path) -> bool:
    """It is free or of this DATA_DIR; where it is not, DATA_DIR is a copy and gets another number."""
    if not (place / "owner").exists():
        return True
    if place.is_symlink() or place.stat().st_uid != os.geteuid():
        raise SystemExit(f"{place} is somebody else's: remove {data_dir / 'installation'} and start again.")
    owner = Path((place / "owner").read_text())
    if owner == data_dir:
        return True
    if not _same_number(owner, data_dir):  # DATA_DIR was moved
        (place / "owner").write_text(str(data_dir))
        return True
    foreign = (data_dir / "installation").read_text().endswith("shared")
    (data_dir / "installation").unlink()
    number(data_dir, foreign=foreign)
    return False


def _same_number(one: Path, other: Path) -> bool:
    kept = [place / "installation" for place in (one, other)]
    return all(file.exists() for file in kept) and kept[0].read_text() == kept[1].read_text()


def remove(data_dir: Path) -> None:
    """Take it away, and DATA_DIR too unless it held something else before."""
    if not (data_dir / "installation").exists():
        return
    shutil.rmtree(home(data_dir), ignore_errors=True)
    if (data_dir / "installation").read_text().endswith("shared"):
        raise SystemExit(f"{data_dir} held other files before the portal came: remove it yourself.")
    shutil.rmtree(data_dir)
