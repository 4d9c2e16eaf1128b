"""Everything that somebody can read, as it is sent: pages, registers of the API, what they lead to, files."""

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from pathlib import PurePath
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

from django.test import Client
from django.urls import Resolver404, resolve

from alatau_portal.open_data.files import NAMES
from tests.browser.places import PUBLIC, SIGNED_IN
from tests.hostile import exports
from tests.leak.reading import LEADS, OFF, OUT, api_lists

IN_JSON = re.compile(r'"(?:url|next)":\s*"([^"]+)"')
FEEDS = [f"/feeds/changes.{language}.xml" for language in ("kk", "ru", "en")]
#: How many addresses of a view are read.
OF_A_VIEW = 3


class Read(NamedTuple):
    address: str
    status: int
    kind: str
    headers: dict[str, str]
    content: bytes

    @property
    def faults(self) -> list[str]:
        found = [f"answers {self.status}"] * (self.status >= 500)
        found += exports.faults(self.content, self.kind) + exports.of_headers(self.headers)
        return [f"{self.address}: {fault}" for fault in dict.fromkeys(found)]


def get(client: Client, address: str, data: dict[str, Any] | None = None) -> Read:
    """With data it is a form that is sent."""
    answer: Any = client.get(address) if data is None else client.post(address, data)
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return Read(address, answer.status_code, answer.get("Content-Type", ""), dict(answer.headers), content)


def everything(
    client: Client, language: str, of_a_view: int = OF_A_VIEW, files: bool = True, registers: int = 1
) -> Iterator[Read]:
    """From the known addresses on, wherever they lead: some addresses of each view. Without `files`: pages alone.

    `registers`: one of so many addresses of a register of the API.
    """
    known = (f"/{language}{address}" for address in (*PUBLIC, *SIGNED_IN) if "{" not in address)
    queue = [*known]
    if files:
        queue += [
            "/sitemap.xml",
            "/robots.txt",
            *FEEDS,
            *api_lists(),
            *(f"/open-data/{name}" for name in NAMES),
        ]
    seen, views = set(queue), Counter[str]()
    while queue:
        read = get(client, queue.pop(0))
        yield read
        for link in _leads(read):
            is_off = link.startswith(OFF) or any(word in link for word in OUT)
            if link in seen or is_off or not (files or link.partition("?")[0].endswith("/")):
                continue
            seen.add(link)
            view = view_of(link, language)
            view += PurePath(urlsplit(link).path).suffix if view else ""
            if view and views[view] < of_a_view:
                views.update([view])
                queue.append(link)


def _leads(read: Read) -> list[str]:
    if "html" in read.kind:
        to = [unescape(link) for link in LEADS.findall(read.content.decode())]
    else:
        to = IN_JSON.findall(read.content.decode()) if "json" in read.kind else []
    to += [read.headers["Location"]] if "Location" in read.headers else []
    places = []
    for link in to:
        try:
            place = urlsplit(urljoin(f"http://here{read.address}", link))
        except ValueError:  # a word that is no address
            continue
        places.append(f"{place.path}?{place.query}" if place.query else place.path)
    return places


def view_of(address: str, language: str = "") -> str:
    path = urlsplit(address).path
    if language and re.match(r"/(kk|ru|en)/", path) and not path.startswith(f"/{language}/"):
        return ""
    try:
        return str(resolve(path).view_name)
    except Resolver404:
        return ""
