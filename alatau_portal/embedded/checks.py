"""`make test`: every check, on servers of its own in DATA_DIR/test.

pytest comes last, so that its summary closes the output.
"""

import os
import secrets
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping

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
CHECKS: dict[str, list[str]] = {
    "format": ["-m", "ruff", "format", "--check", "--quiet", "."],
    "lint": ["-m", "ruff", "check", "--quiet", "."],
    "types": ["-m", "mypy"],
    "layers": ["-c", LINT_IMPORTS],
    "migrations": ["manage.py", "makemigrations", "--check", "--dry-run"],
    "security": ["manage.py", "check", "--deploy", "--fail-level", "WARNING"],
    "OpenAPI file": ["manage.py", "openapi", "--check"],
    "tests": ["-m", "pytest", "-n", str(min(4, os.cpu_count() or 2))],
}


def main() -> None:
    """Stop at the first check that fails."""
    own = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    own["DATA_DIR"] = os.environ["DATA_DIR"] = str(environment.read().data_dir / "test")
    settings = environment.read(own)
    embedded.ensure(settings, durable=False)
    if not shutil.which("chromium"):
        print("chromium is not installed: the browser tests are left out", flush=True)
    for name, words in CHECKS.items():
        print(f"== {name}", flush=True)
        started = time.monotonic()
        variables = own | real_installation(settings.database_url) if name == "security" else own
        if status := _run(words, variables):
            raise SystemExit(status if name == "tests" else f"== {name} failed")
        if name != "tests":
            print(f"   {time.monotonic() - started:.1f} s", flush=True)


def real_installation(database_url: str) -> dict[str, str]:
    """What a real installation would set."""
    return {
        "DATABASE_URL": database_url,
        "SECRET_KEY": secrets.token_urlsafe(48),
        "ALLOWED_HOSTS": "alatau.example",
        "PUBLIC_URL": "https://alatau.example",
        "EMAIL_URL": "smtp+tls://portal:secret@mail.alatau.example?from=portal@alatau.example",
    }


def _run(words: list[str], variables: Mapping[str, str]) -> int:
    return subprocess.run([sys.executable, *words], cwd=ROOT, env=variables).returncode


if __name__ == "__main__":
    main()
