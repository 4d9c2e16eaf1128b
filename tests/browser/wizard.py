"""A phone that files a report: its pages, what is typed, what they say."""

import io
import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.test_axe import sign_in
from tests.tasks.progress_scene import ProgressScene

NUMBERS = {
    "physical_progress": "40,5",
    "financial_progress": "35",
    "spent": "1 500 000,50",
    "jobs_construction": "120",
}
PHONE = {"width": 390, "height": 844}
STEPS = ("project", "progress", "milestones", "words", "files", "check")
LONG = 20_000  # ms: the machine may be busy


@pytest.fixture
def scene(
    live_server: Any, transactional_db: None, request: Any, monkeypatch: pytest.MonkeyPatch
) -> ProgressScene:
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 0)
    return ProgressScene(request)


@pytest.fixture
def home(live_server: Any) -> str:
    return live_server.url


@pytest.fixture
def errors(page: Page) -> Iterator[list[str]]:
    """Of scripts and of the content policy; that the network is gone is what these tests are about."""
    heard: list[str] = []
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("console", lambda said: _is_ours(said) and heard.append(said.text))
    yield heard
    assert heard == []


def _is_ours(said: Any) -> bool:
    return said.type in {"error", "warning"} and "Failed to load resource" not in said.text


def begin(
    page: Page,
    home: str,
    scene: ProgressScene,
    by: Any,
    step: str = "",
    language: str = "kk",
    worker: bool = True,
) -> None:
    page.set_viewport_size(PHONE)
    sign_in(page, home, by)
    page.goto("about:blank")  # only what follows a “#” would differ
    page.goto(f"{home}/{language}/report/2026-01/{scene.project.public_id}/{step}")
    expect(page.locator("html[data-wizard=ready]")).to_be_attached(timeout=LONG)
    if worker:
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")


def fill(page: Page) -> None:
    for name, value in NUMBERS.items():
        page.fill(f"[name={name}]", value)
    page.select_option("[name=jobs_permanent_mark]", "not_applicable")
    page.select_option("[name=jobs_local_mark]", "no_data")


def says(page: Page, state: str) -> None:
    expect(page.locator(f".sync[data-state={state}]")).to_be_visible(timeout=LONG)


def go(page: Page, step: str) -> None:
    page.locator(f".wizard-steps a[href='#{step}']").click()
    expect(page.locator(f"[data-step={step}] h2")).to_be_focused()


def submit(page: Page) -> None:
    go(page, "check")
    page.locator("[data-do=submit]").click()


def receipt(page: Page) -> str:
    expect(page.locator("[data-say=number]")).to_contain_text("ALT-R-", timeout=LONG)
    return page.locator("[data-say=number]").inner_text()


def photo() -> bytes:
    """A JPEG of three pieces, which no compression makes small."""
    held = io.BytesIO()
    Image.frombytes("RGB", (900, 700), os.urandom(900 * 700 * 3)).save(held, "JPEG", quality=92)
    return held.getvalue()
