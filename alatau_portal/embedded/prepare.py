"""Brings the portal up to date before it runs: migrations, the real data, demo accounts, static files."""

import hashlib
import os
from contextlib import nullcontext
from io import StringIO
from pathlib import Path

from alatau_portal.embedded.install import DEMO_CONTENT
from alatau_portal.environment import ROOT

#: Static files of libraries that no page of ours asks for.
UNUSED = ["redoc", "rest_framework"]


def main() -> None:
    """Each step changes nothing when nothing is to be done."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alatau_portal.settings")
    import django
    from django.core.management import CommandError, call_command

    django.setup()
    from alatau_portal.settings import ENV

    _say("Database")
    _reach_database()
    try:
        call_command("migrate", interactive=False, verbosity=0)
    except CommandError as error:
        raise SystemExit(str(error)) from None
    _say("Real data of Alatau City")
    call_command("load_alatau", quiet=True)
    if ENV.embedded and ENV.demo:
        call_command("demo_accounts", stdout=StringIO())  # said when the portal is ready
    if os.environ.get(DEMO_CONTENT):
        _load_demo()
    collect_static(ENV.data_dir)


def _load_demo() -> None:
    from django.core.management import CommandError, call_command

    _say("Invented instructions, for trying out")
    try:
        call_command("load_demo", stdout=StringIO())
    except CommandError as error:
        raise SystemExit(f"{error} Leave DEMO=0 and DATABASE_URL out of `make demo`.") from None


def _reach_database() -> None:
    from django.db import OperationalError, connection

    from core.roles import as_owner

    for variable, account in (("DATABASE_URL", nullcontext()), ("OWNER_DATABASE_URL", as_owner())):
        try:
            with account:
                connection.ensure_connection()
        except OperationalError as error:
            reason = str(error).splitlines()[0]
            raise SystemExit(
                f"The database of {variable} does not answer: check the address. {reason}"
            ) from None


def _say(step: str) -> None:
    print(f"  {step}", flush=True)


def collect_static(data_dir: Path) -> None:
    """Collect and compress the static files, unless they are the same as last time."""
    from django.core.management import call_command

    stamp, current = data_dir / "static.stamp", fingerprint()
    if stamp.exists() and stamp.read_text() == current:
        return
    _say("Static files")
    call_command("collectstatic", interactive=False, verbosity=0, clear=True, ignore_patterns=UNUSED)
    stamp.write_text(current)


def fingerprint() -> str:
    """Of the installed packages and the project's own static files."""
    files = [path for path in sorted((ROOT / "static").rglob("*")) if path.is_file()]
    parts = [(ROOT / "requirements.lock").read_text()]
    parts += [f"{path} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in files]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


if __name__ == "__main__":
    main()
