"""What a page costs who reads it: requests, scripts, and how far it jumps while it loads."""

import gzip
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from playwright.sync_api import Page

from tests.pages.words import PAGES, project_page

pytestmark = pytest.mark.django_db(transaction=True)

REQUESTS, SHIFT, SCRIPT_BYTES = 12, 0.02, 25 * 1024
OBSERVE = """
new Promise(done => {
  let shift = 0;
  new PerformanceObserver(list => { for (const entry of list.getEntries()) shift += entry.value; })
    .observe({type: "layout-shift", buffered: true});
  setTimeout(() => done(shift), 250);
})"""


def test_a_page_is_few_requests_and_stands_still(page: Page, portal: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    found = {}

    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        for address in [*(f"/kk{one}" for one in PAGES), project_page("pepsico_plant", "ru")]:
            asked.clear()
            page.goto(portal + address, wait_until="networkidle")
            shift = page.evaluate(OBSERVE)
            if len(asked) > REQUESTS or shift > SHIFT:
                found[address, width] = (len(asked), shift)

    assert found == {}


def test_the_scripts_of_a_page_are_light(page: Page, portal: str) -> None:
    page.goto(f"{portal}/kk/projects/")

    names = page.evaluate("[...document.scripts].map(script => new URL(script.src).pathname)")

    files = [Path(finders.find(name.removeprefix("/static/"))) for name in names]
    assert sum(len(gzip.compress(file.read_bytes(), mtime=0)) for file in files) <= SCRIPT_BYTES
