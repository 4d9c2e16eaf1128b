"""`make backup [TO=directory]`: one state of the database, and the files that it names, in a new dated folder.

It is taken from a running portal. The dump, the counts of rows and the list of files are read in one snapshot; files
are written before the rows that name them, so each of them is there by then. The folder has another name until all of
it is on the disk: half a backup is never taken for a whole one.
"""

import errno
import os
import shutil
import signal
import sys
from contextlib import suppress
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from alatau_portal import embedded, environment
from alatau_portal.backup import manifest
from alatau_portal.backup.installation import Installation
from alatau_portal.backup.manifest import DUMP, FILES, Manifest, entry
from alatau_portal.environment import ROOT
from core.storage import sync_directory

PARTIAL, NEWEST = ".partial", "newest"
TABLES = """
SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') ORDER BY 1
"""
#: What pg_dump cannot dump: tables and counters that this account may not read.
HIDDEN = """
SELECT EXISTS (SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'S')
                AND NOT has_table_privilege(oid, 'SELECT'))
"""
HEAD = "SELECT no || ':' || encode(hash, 'hex') FROM core_seal ORDER BY no DESC LIMIT 1"
BOOKMARK = "SELECT core_current_era() || '/' || pg_current_snapshot(), (SELECT coalesce(max(id), 0) FROM core_change)"
MIGRATIONS = "SELECT app || '.' || name FROM django_migrations ORDER BY 1"
STORED = "SELECT DISTINCT path, sha256 FROM core_storedfile ORDER BY 1"


def main() -> None:
    """Ends with 1, and says so, where a file that the database names is lost or damaged in the store."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    settings = environment.read()
    given = os.environ.get("TO", "").strip()
    place = ROOT / os.path.expanduser(given) if given else settings.data_dir / "backups"
    embedded.ensure(settings)
    folder, lost = take(Installation.of(settings), place)
    note(settings.data_dir / "backups", folder)
    content = manifest.read(folder)
    size = sum(told["size"] for told in content["files"].values())
    print(f"Backup: {folder}")
    print(
        f"  {sum(content['rows'].values())} rows in {len(content['rows'])} tables, "
        f"{len(content['files']) - 1} files, {size / 2**20:.1f} MB, ledger head {content['ledger']['head']}"
    )
    print("  Keep SECRET_KEY apart from it: without the key its secrets cannot be read (docs/backup.md).")
    if lost:
        sys.exit(
            f"{len(lost)} files that the database names are lost or damaged in {settings.files_dir}, such as "
            f"{lost[0]}: the backup is kept, but lacks them. Fetch them from an earlier backup."
        )


def note(home: Path, folder: Path) -> None:
    """Tell the portal of it, wherever it is: alatau_portal/seeing/facts.py looks how old the newest one is."""
    home.mkdir(parents=True, exist_ok=True)
    (home / NEWEST).write_text(f"{folder}\n")


def take(portal: Installation, place: Path) -> tuple[Path, list[str]]:
    """The new folder in this place, and the files that it should have and has not."""
    name = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    folder, draft = place / name, place / f"{name}{PARTIAL}"
    _begin(folder, draft)
    try:
        lost = _fill(portal, draft, _earlier(place))
        _sync(draft)
        draft.rename(folder)
        sync_directory(place)
    except BaseException as error:
        shutil.rmtree(draft, ignore_errors=True)
        if isinstance(error, OSError) or (isinstance(error, SystemExit) and _is_full(str(error))):
            raise SystemExit(_complaint(place, error)) from None
        raise
    return folder, lost


def _begin(folder: Path, draft: Path) -> None:
    """An empty draft of our own: what another backup is writing there is never touched."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        if not (taken := folder.exists()):
            draft.mkdir(mode=0o700)
    except OSError as error:
        if not (taken := isinstance(error, FileExistsError) and draft.exists()):
            raise SystemExit(_complaint(folder.parent, error)) from None
    if taken:
        raise SystemExit(f"Another backup of the same second is at {folder}: repeat the command.")


def _fill(portal: Installation, draft: Path, earlier: Path | None) -> list[str]:
    started = _now()
    _seal(portal)
    with portal.connected() as line:
        begun = _now()  # what was acknowledged until then is in it
        line.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        snapshot = str(_one(line, "SELECT pg_export_snapshot()"))
        content = _of_the_snapshot(line) | {"snapshot": begun}
        stored = line.execute(STORED).fetchall()
        program = portal.program("pg_dump", line.info.server_version // 10000)
        portal.run(program, "-Fc", "--no-password", f"--snapshot={snapshot}", "-f", draft / DUMP)
    (draft / DUMP).chmod(0o600)
    files = {DUMP: entry(draft / DUMP)}
    absent = []
    for path, digest in stored:
        if _keep(
            portal.settings.files_dir / path, draft / FILES / path, digest, earlier and earlier / FILES / path
        ):
            files[f"{FILES}/{path}"] = entry(draft / FILES / path)
        else:
            absent.append(path)
    own = {"format": manifest.FORMAT, "release": manifest.release(), "started": started, "ended": _now()}
    key = {"key": manifest.key_mark(portal.settings.secret_key)}
    manifest.write(draft, own | content | key | {"absent": absent, "files": files})
    return _still_named(portal, absent)


def _seal(portal: Installation) -> None:
    """What is not sealed cannot be proved. Here it shows, too, whether there is a portal and who may save all of it."""
    with portal.connected(autocommit=True) as line:
        user = line.info.user
        try:
            line.execute("SELECT core_current_era(), core_close_blocks(1000)")
            hidden = _one(line, HIDDEN)
        except psycopg.errors.UndefinedFunction:
            raise SystemExit(
                f"There is no portal in the database {portal.database}: give the DATABASE_URL that it runs with."
            ) from None
        except psycopg.errors.InsufficientPrivilege:
            hidden = True
    if hidden:
        raise SystemExit(
            f"{user} may not read everything: give portal_backup in OWNER_DATABASE_URL (docs/backup.md)."
        )


def _of_the_snapshot(line: psycopg.Connection) -> Manifest:
    """What the dump holds, as this transaction sees it."""
    bookmark, newest = line.execute(BOOKMARK).fetchone() or ("", 0)
    return {
        "postgresql": line.info.server_version // 10000,
        "migrations": [name for (name,) in line.execute(MIGRATIONS).fetchall()],
        "rows": rows(line),
        "ledger": {"head": _one(line, HEAD) or "", "bookmark": bookmark, "newest": newest},
    }


def rows(line: psycopg.Connection) -> dict[str, int]:
    """How many each table has."""
    tables = [name for (name,) in line.execute(TABLES).fetchall()]
    count = sql.SQL("SELECT count(*) FROM public.{}")
    return {name: _one(line, count.format(sql.Identifier(name))) for name in tables}


def _keep(source: Path, target: Path, digest: str, earlier: Path | None) -> bool:
    """A copy of the stored file, or the very file of the backup before: it is never written again.

    Not a link to the store itself: what damages that one would damage its backup.
    """
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    kept = _content(earlier, digest) if earlier else None
    if earlier and kept:
        with suppress(OSError):  # some disks know no hard links: then each backup has a copy of its own
            os.link(earlier, target)
            return True
    content = _content(source, digest) or kept
    if content is None:
        return False
    target.write_bytes(content)
    target.chmod(0o600)
    return True


def _content(path: Path, digest: str) -> bytes | None:
    """None where it is lost, damaged or cannot be read: a disk that begins to die does not prevent the backup."""
    try:
        content = path.read_bytes()
    except OSError:
        return None
    return content if sha256(content).hexdigest() == digest else None


def _still_named(portal: Installation, absent: list[str]) -> list[str]:
    """Those that nobody has erased since the snapshot."""
    with portal.connected() as line:
        named = line.execute("SELECT DISTINCT path FROM core_storedfile WHERE path = ANY(%s)", [absent])
        return [path for (path,) in named.fetchall()]


def _earlier(place: Path) -> Path | None:
    found = [path.parent for path in place.glob(f"*/{manifest.NAME}") if path.parent.suffix != PARTIAL]
    return max(found, default=None)


def _sync(folder: Path) -> None:
    """On the disk, files and names."""
    for home, _, names in os.walk(folder):
        for name in names:
            descriptor = os.open(os.path.join(home, name), os.O_RDONLY)
            os.fsync(descriptor)
            os.close(descriptor)
        sync_directory(Path(home))


def _is_full(said: str) -> bool:
    return os.strerror(errno.ENOSPC) in said or os.strerror(errno.EDQUOT) in said


def _complaint(place: Path, error: BaseException) -> str:
    if _is_full(str(error)):
        return f"No space left in {place}: remove old backups or set TO to another disk. Nothing of this one is left."
    return (
        f"{place} cannot be written ({error}): make it yours, or set TO to a directory where you may write."
    )


def _one(line: psycopg.Connection, query: Any) -> Any:
    found = line.execute(query).fetchone()
    return found[0] if found else None


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


if __name__ == "__main__":
    main()
