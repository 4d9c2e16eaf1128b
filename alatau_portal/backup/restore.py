"""`make restore FROM=directory`: the backup becomes the portal's database and files.

Nothing of the portal changes until all is proved: the backup is read and every hash compared; a database beside the
old one is filled, migrated and proved; files are put into the store under names that were free. Then the two databases
change names, in one transaction. The old one stays, and `make restore UNDO=<its name>` brings it back.
"""

import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psycopg
from psycopg import sql

from alatau_portal import embedded, environment
from alatau_portal.backup import manifest, store
from alatau_portal.backup.installation import Installation
from alatau_portal.backup.manifest import DUMP, Manifest
from alatau_portal.backup.take import rows
from alatau_portal.embedded import obstacles
from alatau_portal.embedded.places import Places
from alatau_portal.environment import ROOT

#: Of the new database what the one has whose place it takes: order of words, and who may connect.
LIKE = """
SELECT pg_encoding_to_char(encoding) AS encoding, datcollate AS lc_collate, datctype AS lc_ctype,
       datlocprovider::text AS provider, to_jsonb(d) ->> 'datlocale' AS locale, to_jsonb(d) ->> 'daticulocale' AS icu
  FROM pg_database d WHERE datname = current_database()
"""
OTHERS = """
SELECT count(*) FROM pg_stat_activity
 WHERE datname = %s AND pid <> pg_backend_pid() AND backend_type = 'client backend'
"""
#: Whether the account owns the database, and may make another.
MAY = """
SELECT pg_has_role(d.datdba, 'USAGE'), r.rolsuper OR r.rolcreatedb
  FROM pg_database d, pg_roles r WHERE d.datname = %s AND r.rolname = current_user
"""
#: Names of databases that gave way: to a restore, and to an undoing. Each gives way to the other.
ASIDE = {"_before_": "_undone_", "_undone_": "_before_"}
#: Whoever was put out since the backup would be in again, with the cookie that he has still.
END_SESSIONS = "DELETE FROM accounts_session"
FILLED = """
SELECT EXISTS (SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p'))
"""


def main() -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    settings = environment.read()
    if undone := _given("UNDO"):
        with _stopped(settings):
            embedded.ensure(settings)
            undo(Installation.of(settings), undone)
        return
    if not _given("FROM"):
        raise SystemExit("Which backup? `make restore FROM=directory`, a folder that `make backup` printed.")
    source = ROOT / os.path.expanduser(_given("FROM"))
    started = time.monotonic()
    content = proved(source, settings.secret_key, _given("OTHER_KEY") == "1")
    with _stopped(settings):
        embedded.ensure(settings)
        portal = Installation.of(settings)
        old = restore(portal, source, content, replace=_given("REPLACE") == "1")
    print(f"Restored in {time.monotonic() - started:.1f} s. Start the portal: make run")
    if old:
        print(
            f"  What was there before is kept as the database {old}: make restore UNDO={old} brings it back."
        )


def proved(source: Path, secret_key: str, other_key: bool = False) -> Manifest:
    """The manifest of a backup that is whole and fits this release and this key; or SystemExit."""
    content = manifest.read(source)
    print(f"Backup {source.name}, taken {content['snapshot']} by release {content['release']}", flush=True)
    if unknown := manifest.newer(content):
        raise SystemExit(
            f"{source} is of a newer release ({content['release']}, {unknown[-1]}): install that one, then repeat."
        )
    if content["key"] != manifest.key_mark(secret_key) and not other_key:
        raise SystemExit(
            "SECRET_KEY is not the one that the backup was taken with: give that one (embedded: as the file "
            "secret-key in DATA_DIR). Where it is lost, OTHER_KEY=1 restores all the same: secrets of webhooks "
            "and second factors must then be made anew (docs/backup.md), and links that were handed out no longer "
            "open."
        )
    manifest.prove(source, content)
    print(f"  {len(content['files'])} files have the hashes of the manifest", flush=True)
    return content


def restore(portal: Installation, source: Path, content: Manifest, *, replace: bool) -> str:
    """The name under which the database that was there before is kept; empty where it was empty."""
    stamp = f"{datetime.now(UTC):%Y%m%d%H%M%S}"
    new, old = f"{portal.database}_new_{stamp}", f"{portal.database}_before_{stamp}"
    filled = _refuse(portal, content, replace)
    try:
        _create(portal, new)
        _fill(portal, source, content, new)
        put = store.put(source, content, portal.settings.files_dir, replace=replace)
        print(f"  {put} files put into {portal.settings.files_dir}", flush=True)
        _swap(portal, {portal.database: old, new: portal.database})
    except BaseException:
        _drop(portal, new)
        print("Nothing of the portal's database was changed.", file=sys.stderr)
        raise
    if not filled:
        _drop(portal, old)
    return old if filled else ""


def undo(portal: Installation, kept: str) -> None:
    """The kept database and the present one change places. What is put aside can be had back in the same way."""
    present = portal.database
    word = next((word for word in ASIDE if kept.startswith(f"{present}{word}")), "")
    with portal.connected("postgres") as line:
        found = line.execute("SELECT 1 FROM pg_database WHERE datname = %s", [kept]).fetchone()
        _refuse_the_wrong_account(portal, line)
    if not word or found is None:
        raise SystemExit(f"There is no database {kept} of this portal: `make restore` printed its name.")
    aside = kept.replace(f"{present}{word}", f"{present}{ASIDE[word]}", 1)
    _swap(portal, {present: aside, kept: present})
    print(
        f"{kept} is the portal's database again; the other one is kept: make restore UNDO={aside} brings that back. "
        "Start the portal: make run"
    )


def _refuse(portal: Installation, content: Manifest, replace: bool) -> bool:
    """Whether there is something in the database; SystemExit where it may not be replaced."""
    with portal.connected() as line:
        version = line.info.server_version // 10000
        others = line.execute(OTHERS, [portal.database]).fetchone()
        filled = line.execute(FILLED).fetchone()
        _refuse_the_wrong_account(portal, line)
    if version < content["postgresql"]:
        raise SystemExit(
            f"The backup is of PostgreSQL {content['postgresql']}, this server is of {version}: "
            f"restore it into PostgreSQL {content['postgresql']} or newer."
        )
    if others and others[0]:
        raise SystemExit(
            f"{others[0]} connections use the database {portal.database}: stop the portal and everything else "
            "that uses it (web, worker, beat, manage.py), then repeat."
        )
    if filled and filled[0] and not replace:
        raise SystemExit(
            f"The database {portal.database} is not empty: REPLACE=1 puts the backup in its place "
            "and keeps what is there under another name."
        )
    return bool(filled and filled[0])


def _refuse_the_wrong_account(portal: Installation, line: psycopg.Connection) -> None:
    """Whoever makes the new tables owns them: that must be who owns the portal's, never the account that serves."""
    user = line.info.user
    is_owner, makes_databases = line.execute(MAY, [portal.database]).fetchone() or (False, False)
    if not is_owner:
        raise SystemExit(
            f"{user} does not own the database {portal.database}: set OWNER_DATABASE_URL to the account that does."
        )
    if not makes_databases:
        raise SystemExit(
            f"{user} may not make a database: let the master of the server ALTER ROLE {user} CREATEDB, then repeat."
        )


@contextmanager
def _stopped(settings: environment.Environment) -> Iterator[None]:
    """The portal of this DATA_DIR does not run, and does not start meanwhile."""
    lock = obstacles.hold_portal(
        Places.of(settings.data_dir), "stop it first (Ctrl-C in its terminal), then repeat"
    )
    try:
        yield
    finally:
        os.close(lock)


def _create(portal: Installation, name: str) -> None:
    with portal.connected() as line:
        words = like(*line.execute(LIKE).fetchone() or ())
    options = sql.SQL(" ").join(sql.SQL("{} {}").format(sql.SQL(key), value) for key, value in words.items())
    query = sql.SQL("CREATE DATABASE {} TEMPLATE template0 {}").format(sql.Identifier(name), options)
    with portal.connected(autocommit=True) as line:
        line.execute(query)


def like(encoding: str, collate: str, ctype: str, provider: str, locale: str, icu: str) -> dict[str, str]:
    """The words of CREATE DATABASE; what is not said is taken from template0, which may be made otherwise."""
    words = {"ENCODING": encoding, "LC_COLLATE": collate, "LC_CTYPE": ctype}
    match provider:
        case "i":
            return words | {"LOCALE_PROVIDER": "icu", "ICU_LOCALE": locale or icu}
        case "b":
            return words | {"LOCALE_PROVIDER": "builtin", "BUILTIN_LOCALE": locale}
        case _:
            return words | {"LOCALE_PROVIDER": "libc"}


def _fill(portal: Installation, source: Path, content: Manifest, name: str) -> None:
    """Restore, compare with the manifest, bring up to this release, prove the ledger."""
    with portal.connected() as line:
        version = line.info.server_version // 10000
    options = [
        "--no-owner",
        "--no-privileges",
        "--exit-on-error",
        "--no-password",
    ]  # migrate gives the rights
    portal.run(portal.program("pg_restore", version), *options, "-d", name, source / DUMP, database=name)
    with portal.connected(name, autocommit=True) as line:
        counted = rows(line)
        line.execute("ANALYZE")
    wrong = {
        table
        for table in counted.keys() | content["rows"]
        if counted.get(table) != content["rows"].get(table)
    }
    if wrong:
        raise SystemExit(
            f"The restored database is not what was saved: {', '.join(sorted(wrong))} differ in rows."
        )
    print(f"  {sum(counted.values())} rows in {len(counted)} tables, as in the manifest", flush=True)
    portal.manage("migrate", "--no-input", "--verbosity=0", database=name)  # opens the era of the ledger, too
    with portal.connected(name) as line:
        line.execute(END_SESSIONS)
    head = [f"--head={content['ledger']['head']}"] if content["ledger"]["head"] else []
    print(f"  {portal.manage('verify_ledger', *head, database=name)}", flush=True)


def _swap(portal: Installation, names: dict[str, str]) -> None:
    """Give databases other names, all or none."""
    with portal.connected("postgres") as line:
        try:
            for name, other in names.items():
                query = sql.SQL("ALTER DATABASE {} RENAME TO {}")
                line.execute(query.format(sql.Identifier(name), sql.Identifier(other)))
        except psycopg.errors.ObjectInUse:
            raise SystemExit("Somebody connected to the database meanwhile: stop him, then repeat.") from None


def _drop(portal: Installation, name: str) -> None:
    with portal.connected("postgres", autocommit=True) as line:
        line.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _given(name: str) -> str:
    return os.environ.get(name, "").strip()


if __name__ == "__main__":
    main()
