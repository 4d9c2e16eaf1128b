"""What is judged of every page: its status, its width, what the browser complains of, what axe finds."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Page

from tests.browser import axe

LANGUAGES = ("kk", "ru", "en")
WIDTHS = (390, 1280)
ALL = [(language, WIDTHS[(place + turn) % 2]) for turn in (0, 1) for place, language in enumerate(LANGUAGES)]
NARROWEST = 320


def once(place: int) -> list[tuple[str, int]]:
    """One combination for the page at this place of a list, all six in turn."""
    return [ALL[place % len(ALL)]]


def spread(place: int) -> list[tuple[str, int]]:
    """Two combinations for the page at this place of a list: both widths, two languages, all six in turn."""
    return [(LANGUAGES[place % 3], 390), (LANGUAGES[(place + 1) % 3], 1280)]


@contextmanager
def listening(page: Page, home: str) -> Iterator[list[str]]:
    """What the browser complains of, and every request that leaves the portal."""
    heard: list[str] = []

    def told(message: Any) -> None:
        if message.type in {"error", "warning"} and not _is_the_page_itself(message, page):
            heard.append(message.text)

    def asked(request: Any) -> None:
        if not request.url.startswith((home, "data:")):
            heard.append(f"foreign: {request.url}")

    def failed(error: Any) -> None:
        heard.append(str(error))

    listeners = {"console": told, "request": asked, "pageerror": failed}
    for event, listener in listeners.items():
        page.on(event, listener)  # type: ignore[call-overload]
    yield heard
    for event, listener in listeners.items():
        page.remove_listener(event, listener)


def _is_the_page_itself(message: Any, page: Page) -> bool:
    """Chromium notes in the console that a page of an error has the status of an error."""
    return "Failed to load resource" in message.text and message.location.get("url") == page.url


def faults(
    page: Page, home: str, address: str, width: int, status: int = 200, tags: tuple[str, ...] = axe.ALL
) -> list[str]:
    """Everything that is wrong with the page at this address and width, one line each."""
    with listening(page, home) as heard:
        page.set_viewport_size({"width": width, "height": 900})
        answer = page.goto(home + address)
        found = [] if answer and answer.status == status else [f"status {answer and answer.status}"]
        found += axe.violations(page, tags)
        if width < 1280:
            page.set_viewport_size({"width": NARROWEST, "height": 900})
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    found += [f"scrolls sideways by {wide} px"] * (wide > 0)
    return [f"{address} at {width}: {fault}" for fault in found + heard]
