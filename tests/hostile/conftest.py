"""The web server of the portal itself on the database of the tests: Django's own reads bytes in its own way."""

import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from alatau_portal import environment
from alatau_portal.embedded import commands
from alatau_portal.embedded.apart import free_port
from alatau_portal.environment import ROOT
from tests.hostile import wire

STARTS_WITHIN = 180


@pytest.fixture
def granian(transactional_db: None, tmp_path: Path) -> Iterator[str]:
    """Its address."""
    given: dict[str, Any] = {
        "PORT": str(free_port()),
        "DJANGO_SETTINGS_MODULE": "tests.hostile.settings",
        "HOSTILE_DATABASE": connection.settings_dict["NAME"],
        "HOSTILE_FILES": str(tmp_path / "files"),
    }
    own = os.environ | given
    settings = environment.read(own)
    log = tmp_path / "web.log"
    with open(log, "wb") as output:
        web = subprocess.Popen(commands.web(settings), cwd=ROOT, env=own, stdout=output, stderr=output)
    try:
        _wait(web, settings.public_url, log)
        yield settings.public_url
    finally:
        web.terminate()
        web.wait(20)


def _wait(web: "subprocess.Popen[bytes]", home: str, log: Path) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while True:
        try:
            if wire.is_alive(home):
                return
        except OSError:
            pass
        assert web.poll() is None and time.monotonic() < until, log.read_text(errors="replace")[-2000:]
        time.sleep(0.1)
