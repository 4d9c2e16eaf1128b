"""The settings of a real installation: what the settings make of its variables, in a process of its own."""

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
VARIABLES = {
    "DATABASE_URL": "postgresql://portal_app:secret@127.0.0.1:1/portal",
    "SECRET_KEY": "k3" * 25,
    "ALLOWED_HOSTS": "testserver",
    "PUBLIC_URL": "https://testserver",
    "DJANGO_SETTINGS_MODULE": "alatau_portal.settings",
}
#: Whatever of them a test sets.
BEGINS = (
    "SESSION_COOKIE",
    "CSRF_COOKIE",
    "LANGUAGE_COOKIE",
    "KNOWN_COOKIE",
    "SECURE_",
    "DEBUG",
    "HTTPS",
    "MFA_ROLES",
)
SAY = f"""
import json
from django.conf import settings
names = [name for name in dir(settings) if name.startswith({BEGINS!r})]
print(json.dumps({{name: getattr(settings, name) for name in names}}, default=str))
"""


@cache
def settings() -> dict[str, Any]:
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG", "DATA_DIR"}}
    asked = [sys.executable, "-c", SAY]
    said = subprocess.run(asked, cwd=ROOT, env=kept | VARIABLES, capture_output=True, text=True, check=True)
    told: dict[str, Any] = json.loads(said.stdout)
    return told
