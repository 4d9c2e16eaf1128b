"""Every link a visitor finds within three clicks of the home page: none is broken, and that is all there is."""

import re
import time
from html.parser import HTMLParser
from http import HTTPStatus
from typing import Any
from urllib.error import HTTPError
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit
from urllib.request import urlopen

from alatau_portal.embedded.apart import Portal

CLICKS = 3
LANGUAGES = ("kk", "ru", "en")
FOLLOWED = re.compile(r"^/(kk|ru|en)/")
#: What a visitor must be able to reach.
SECTIONS = (
    "districts/gate/",
    "districts/golden/",
    "districts/growing/",
    "districts/green/",
    "projects/",
    "investors/",
    "search/",
    "about-data/",
    "open-data/",
    "legal-acts/",
    "timeline/",
    "changes/",
    "accessibility/",
    "privacy/",
    "accounts/login/",
)


class Page(HTMLParser):
    """The links and the anchors of a page."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.links: set[str] = set()
        self.anchors: set[str] = set()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        self.anchors |= {given["id"]} if given.get("id") else set()
        # Where a form leads to is there once it was sent.
        sent_to = urldefrag(given.get("action") or "")[0] if tag == "form" else None
        target = given.get("href") or given.get("src") or sent_to
        if target and not target.startswith(("mailto:", "tel:", "data:")):
            self.links.add(urljoin(self.address, target))


def judge(portal: Portal) -> list[str]:
    return [fault for language in LANGUAGES for fault in _in_language(portal.url, language)]


def crawl(home: str, language: str) -> tuple[dict[str, Page], list[str]]:
    """The pages of a language within three clicks, and what was wrong on the way."""
    pages: dict[str, Page] = {}
    faults: list[str] = []
    asked: set[tuple[str, ...]] = set()
    coming = {f"{home}/{language}/": "the home page"}
    for click in range(CLICKS + 1):
        found: dict[str, str] = {}
        for address, origin in coming.items():
            page = _read(address, home, faults, origin)
            if page is None:
                continue
            pages[address] = page
            found |= {urldefrag(link)[0]: address for link in sorted(page.links) if link.startswith(home)}
        coming = {}
        for link, origin in found.items() if click < CLICKS else ():
            if _shape(link) not in asked:
                asked.add(_shape(link))
                coming[link] = origin
    return pages, faults


def _shape(address: str) -> tuple[str, ...]:
    """A list that is filtered by one thing or another is one page: its path and the names in its query."""
    parts = urlsplit(address)
    return (parts.path, *sorted(name for name, _ in parse_qsl(parts.query)))


def _read(address: str, home: str, faults: list[str], origin: str) -> Page | None:
    """The page, if it is one; a fault where it does not answer. Only pages of the portal are read for links."""
    try:
        with _answered(address) as answer:
            is_page = answer.headers.get_content_type() == "text/html"
            if not is_page or not FOLLOWED.match(urlsplit(address).path):
                return None
            page = Page(answer.url)
            page.feed(answer.read().decode())
            return page
    except HTTPError as answer:
        faults.append(
            f"{address.removeprefix(home)} answers {answer.code}, linked from {origin.removeprefix(home)}"
        )
        return None


def _answered(address: str) -> Any:
    """Files of registers are counted: who asks for more than a person would waits, as he is told."""
    try:
        return urlopen(address)
    except HTTPError as answer:
        if answer.code != HTTPStatus.TOO_MANY_REQUESTS:
            raise
        time.sleep(int(answer.headers["Retry-After"]) + 1)
        return urlopen(address)


def _in_language(home: str, language: str) -> list[str]:
    pages, faults = crawl(home, language)
    faults += [
        f"{page.address.removeprefix(home)} links to #{anchor}, which {there.removeprefix(home)} has not"
        for page in pages.values()
        for there, anchor in map(urldefrag, page.links)
        if anchor and there in pages and anchor not in pages[there].anchors
    ]
    reached = {urlsplit(address).path for address in pages}
    missing = {f"/{language}/{section}" for section in SECTIONS} - reached
    return sorted(set(faults)) + [f"{path} is not within {CLICKS} clicks" for path in sorted(missing)]
