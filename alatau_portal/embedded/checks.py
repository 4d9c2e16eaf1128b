"""`make test`: every check, on servers of its own in DATA_DIR/test.

The checks run side by side, as many as there are processors; pytest comes last, so that its summary closes the output.
"""

import os
import secrets
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

from alatau_portal import embedded, environment
from alatau_portal.environment import ROOT

#: A developer's own servers, accounts and addresses do not reach the tests.
FOREIGN = {
    *(
        "DATABASE_URL",
        "OWNER_DATABASE_URL",
        "REDIS_URL",
        "SECRET_KEY",
        "SECRET_KEY_FALLBACKS",
        "ALLOWED_HOSTS",
        "PUBLIC_URL",
        "HOST",
    ),
    *(
        "PORT",
        "EMAIL_URL",
        "STORAGE_URL",
        "SCANNER_URL",
        "MAP_TILE_URL",
        "OC4IDS_PREFIX",
        "MFA_ROLES",
        "DEMO",
        "WEB_THREADS",
    ),
    *("SECURITY_CONTACT", "METRICS_TOKEN", "WEBHOOK_LOOPBACK", "WIZARD_OFFLINE"),
    *("OIDC_URL", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET", "OIDC_NAME"),
}
LINT_IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command()"
TEMPLATE = "import django; django.setup(); from tests.database import template; template()"
#: What takes longest begins first.
CHECKS: dict[str, list[str]] = {
    "types": ["-m", "mypy"],
    "database for the tests": ["-c", TEMPLATE],
    "format": ["-m", "ruff", "format", "--check", "--quiet", "."],
    "lint": ["-m", "ruff", "check", "--quiet", "."],
    "layers": ["-c", LINT_IMPORTS],
    "migrations": ["manage.py", "makemigrations", "--check", "--dry-run"],
    "security": ["manage.py", "check", "--deploy", "--fail-level", "WARNING"],
    "OpenAPI file": ["manage.py", "openapi", "--check"],
}
#: A module's own fixtures are made by one worker: each begins with a half of all tests, not with every other one.
TESTS = ["-m", "pytest", "-n", str(min(4, os.cpu_count() or 2)), "--dist", "worksteal"]


def main() -> None:
    """Stop at the first check that fails."""
    own = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    own["DATA_DIR"] = os.environ["DATA_DIR"] = str(environment.read().data_dir / "test")
    own["DJANGO_SETTINGS_MODULE"] = "alatau_portal.settings"
    settings = environment.read(own)
    embedded.ensure(settings, durable=False)
    if not shutil.which("chromium"):
        print("chromium is not installed: the browser tests are left out", flush=True)
    with ThreadPoolExecutor(os.cpu_count() or 2) as pool:
        running = {name: pool.submit(_checked, name, own, settings.database_url) for name in CHECKS}
        for name, check in running.items():
            status, said = check.result()
            print(said, end="", flush=True)
            if status:
                pool.shutdown(cancel_futures=True)
                raise SystemExit(f"== {name} failed")
    print("== tests", flush=True)
    if status := subprocess.run([sys.executable, *TESTS], cwd=ROOT, env=own).returncode:
        raise SystemExit(status)


def _checked(name: str, own: Mapping[str, str], database_url: str) -> tuple[int, str]:
    """Its status, and what it said."""
    variables = {**own, **real_installation(database_url)} if name == "security" else own
    words = [sys.executable, *CHECKS[name]]
    started = time.monotonic()
    done = subprocess.run(
        words, cwd=ROOT, env=variables, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    return done.returncode, f"== {name}\n{done.stdout}   {time.monotonic() - started:.1f} s\n"


def real_installation(database_url: str) -> dict[str, str]:
    """What a real installation would set."""
    return {
        "DATABASE_URL": database_url,
        "SECRET_KEY": secrets.token_urlsafe(48),
        "ALLOWED_HOSTS": "alatau.example",
        "PUBLIC_URL": "https://alatau.example",
        "EMAIL_URL": "smtp+tls://portal:secret@mail.alatau.example?from=portal@alatau.example",
    }


if __name__ == "__main__":
    main()
