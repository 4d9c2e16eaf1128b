"""All that a reader can get: pages, API, feeds, exports with what is inside them, pictures. Each with its headers."""

import re
import zipfile
from collections import Counter
from html import unescape
from io import BytesIO
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

from django.test import Client
from django.urls import Resolver404, get_resolver, resolve

from alatau_portal.open_data.files import NAMES
from tests.portal.test_matrix import routes

LEADS = re.compile(r'\b(?:href|src|content|action|data-[a-z-]+)="((?:https?://[^"/]+)?/[^"#\s]*)')
#: What differs from one answer to the next.
CHANGING = re.compile(
    r'(name="csrfmiddlewaretoken" value="|nonce[-="]+|name="(?:once|state|client_uuid)" value=")[^"]*'
)
#: A paper says when it was drawn.
HOUR = re.compile(r"\b\d\d:\d\d\b")
#: How many addresses of a view are read, and of those how many that are asked alike.
OF_A_VIEW, OF_A_KIND = 2, 1
#: What costs seconds to draw is read once, by visitors.
COSTLY = re.compile(r"\.(pdf|png|docx|xlsx)$")
OFF = ("/static/", "/admin/", "/i18n/", "/api/docs/")
OUT = ("logout",)


class Answer(NamedTuple):
    status: int
    headers: tuple[tuple[str, str], ...]
    text: str


def browser(language: str, user: Any = None) -> Client:
    client = Client(headers={"accept-language": language}, raise_request_exception=False)
    if user is not None:
        client.force_login(user)
    return client


def get(client: Client, address: str) -> Answer:
    response = client.get(address)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    told = ("ETag", "Last-Modified", "Location", "Content-Disposition", "Link")
    kind = response.get("Content-Type", "")
    told = told if "pdf" not in kind else ("Content-Disposition",)  # drawn anew, it says when
    headers = tuple((name, response[name]) for name in told if name in response)
    return Answer(response.status_code, headers, text_of(body, kind))


def text_of(body: bytes, kind: str) -> str:
    """What a reader can find in it, inside archives and papers, too."""
    if "spreadsheetml" in kind or "wordprocessingml" in kind or kind == "application/zip":
        archive = zipfile.ZipFile(BytesIO(body))
        parts = (archive.read(name) for name in archive.namelist() if "docProps" not in name)
        return " ".join(part.decode("utf-8", "replace") for part in parts)
    if kind.startswith("application/pdf"):
        from pypdf import PdfReader
        from pypdf.errors import PyPdfError

        try:
            reader = PdfReader(BytesIO(body))
            pages = [page.extract_text() for page in reader.pages]
        except PyPdfError:
            pages = []
        if not pages:  # as it was handed in
            return body.decode("utf-8", "replace")
        about = {name: value for name, value in (reader.metadata or {}).items() if "Date" not in name}
        return HOUR.sub("", " ".join([*pages, str(about)]))
    if kind.startswith("image/"):
        return body.hex()
    return CHANGING.sub("", body.decode("utf-8", "replace"))


def everything(client: Client, language: str, files: bool = True) -> dict[str, Answer]:
    """Every kind of answer that can be reached from the home page, every list of the API in every format, and every
    file of the open data.

    Without `files`: not what is drawn or written anew for each reader, whoever he is.
    """
    lists = [address for address in api_lists() if files or not COSTLY.search(address)]
    open_data = [f"/open-data/{name}" for name in NAMES]
    queue = [f"/{language}/", "/sitemap.xml", "/robots.txt", *open_data, *lists]
    seen, kinds, found = set(queue), Counter[Any](), {}
    while queue:
        address = queue.pop(0)
        found[address] = answer = get(client, address)
        assert answer.status < 500, address
        for link in _leads(answer, address):
            if link in seen or link.startswith(OFF) or any(word in link for word in OUT):
                continue
            seen.add(link)
            view, asked = _kind(link)
            if not view or (link[1:3] in ("kk", "ru", "en") and not link.startswith(f"/{language}/")):
                continue
            costly = bool(COSTLY.search(link.partition("?")[0]))
            if costly and not files:
                continue
            if kinds[view] < (1 if costly else OF_A_VIEW) and kinds[view, asked] < OF_A_KIND:
                kinds.update([view, (view, asked)])
                queue.append(link)
    return found


def api_lists() -> list[str]:
    """Addresses of all lists of the API, as JSON and as files."""
    named = [(route, name or "") for route, name in routes(get_resolver().url_patterns)]
    endings = ("-list", "-csv", "-xlsx", "-geojson")
    lists = [route for route, name in named if route.startswith("api/v1/") and name.endswith(endings)]
    return sorted("/" + re.sub(r"[\^$]|\\Z", "", route).replace("\\.", ".") for route in lists)


def _leads(answer: Answer, address: str) -> list[str]:
    to = [unescape(found) for found in LEADS.findall(answer.text)] if "<" in answer.text[:200] else []
    to += [value for name, value in answer.headers if name == "Location"]
    joined = (urlsplit(urljoin(f"http://here{address}", one)) for one in to)
    return [f"{one.path}?{one.query}" if one.query else one.path for one in joined]


def _kind(address: str) -> tuple[str, str]:
    place = urlsplit(address)
    try:
        match = resolve(place.path)
    except Resolver404:
        return "", ""
    return match.view_name, "&".join(sorted({part.partition("=")[0] for part in place.query.split("&")}))
