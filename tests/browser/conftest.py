"""Debian's chromium against the live portal with the real data; without chromium these tests say so and are skipped."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests import database

CHROMIUM = Path("/usr/bin/chromium")
QUIET = ["--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


@pytest.fixture(autouse=True, scope="session")
def _chromium() -> None:
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is not installed: the browser tests are not run")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # playwright runs an event loop in this thread


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    sandbox = [] if os.geteuid() else ["--no-sandbox"]  # chromium refuses to run as root with one
    return browser_type_launch_args | {"executable_path": str(CHROMIUM), "args": [*QUIET, *sandbox]}


@pytest.fixture
def portal(
    live_server: Any, transactional_db: None, published_city: str, monkeypatch: pytest.MonkeyPatch
) -> str:
    """The address of a portal that holds the real city. Its threads keep no connection: the database must go."""
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 0)
    database.bring_back(published_city)
    return live_server.url


@pytest.fixture
def complaints(page: Any, live_server: Any) -> Iterator[list[str]]:
    """What the browser complains of, and every request that leaves the portal: there is none."""
    heard: list[str] = []
    page.on("console", lambda message: message.type in {"error", "warning"} and heard.append(message.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("requestfailed", lambda request: _is_lost(request) and heard.append(f"failed: {request.url}"))
    page.on(
        "request", lambda request: _is_foreign(request.url, live_server.url) and heard.append(request.url)
    )
    yield heard
    assert heard == []


def _is_lost(request: Any) -> bool:
    """Not one that the browser itself gave up because the reader went on."""
    return request.failure != "net::ERR_ABORTED"


def _is_foreign(url: str, home: str) -> bool:
    return not url.startswith((home, "data:"))
