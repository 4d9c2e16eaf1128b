"""The judges of `make judges` find what is wrong, on a little site that is."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from alatau_portal.embedded.apart import Portal
from tests.judges import api, headers, links, redbot

PAGES = {
    "/kk/": '<a href="/kk/projects/">1</a> <a href="/kk/gone/">2</a> <a href="/kk/projects/#nowhere">3</a>',
    "/kk/projects/": '<a href="/kk/projects/?page=1">1</a> <a href="/kk/projects/?page=2">2</a>',
    "/kk/projects/?page=1": '<p id="top"></p>',
}


class Site(BaseHTTPRequestHandler):
    asked: list[str] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        body = PAGES.get(self.path, "").encode()
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Cache-Control", "no-cache")
        self.send_header("Content-Security-Policy", "default-src 'none'; script-src * 'unsafe-inline'")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[Portal]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    Thread(target=server.serve_forever, daemon=True).start()
    yield Portal(f"http://127.0.0.1:{server.server_port}", Path())
    server.shutdown()
    server.server_close()


def test_broken_links_and_far_pages_are_named(site):
    found = links.judge(site)

    assert "/kk/gone/ answers 404, linked from /kk/" in found
    assert "/kk/ links to #nowhere, which /kk/projects/ has not" in found
    assert "/kk/search/ is not within 3 clicks" in found
    assert "/kk/projects/ is not within 3 clicks" not in found


def test_one_list_is_not_read_page_after_page(site):
    Site.asked.clear()

    links.crawl(site.url, "kk")

    assert "/kk/projects/?page=1" in Site.asked
    assert "/kk/projects/?page=2" not in Site.asked


def test_weak_headers_are_named(site):
    found = "\n".join(headers.judge(site))

    for weakness in (
        "x-frame-options: None",
        "'unsafe-inline'",
        "script-src allows any host",
        "frame-ancestors is None",
        "tells a version",
    ):
        assert weakness in found


def test_cookies_sharing_and_foreign_scripts_are_judged():
    good = "__Host-s=1; HttpOnly; SameSite=Lax; Secure"
    assert headers.cookies("https://alatau.example", {"set-cookie": f"{good}\n{good}"}) == []
    assert len(headers.cookies("https://alatau.example", {"set-cookie": f"{good}\ns=1; SameSite=Lax"})) == 2

    anybody = {"access-control-allow-origin": "*"}
    assert headers.sharing(anybody) == [] and headers.sharing(
        anybody | {"access-control-allow-credentials": "true"}
    )

    assert headers.foreign_scripts('<script src="/a.js"></script><link href="https://x.example/">') == []
    assert headers.foreign_scripts('<script async src="//cdn.example/a.js"></script>')


def test_what_each_role_sent_is_added_up_and_must_be_enough(tmp_path):
    (tmp_path / "gw0.json").write_text('{"office": 3999, "anonymous": 1}')
    (tmp_path / "gw1.json").write_text('{"office": 1, "auditor": 3999}')

    sent = api.counted(tmp_path)

    assert (sent["office"], sent["anonymous"], sent["investor"]) == (4000, 1, 0)
    assert api.too_few(sent, "office") == []
    assert api.too_few(sent, "auditor") == ["only 3999 requests as auditor, 4000 are asked for"]
    assert api.too_few(sent, "leadership") == ["only 0 requests as leadership, 4000 are asked for"]


def test_what_cannot_be_asked_for_again_is_named(site):
    (fault,) = redbot.faults(site.url + "/kk/")

    assert fault.startswith("FRESHNESS_NO_CACHE_NO_VALIDATOR: ")


def test_a_browser_must_be_told_to_stay_with_https():
    weak, strong = (
        {"strict-transport-security": f"max-age={age}; includeSubDomains"} for age in (60, 63072000)
    )

    assert headers.transport("https://alatau.example", weak)
    assert headers.transport("https://alatau.example", {})
    assert headers.transport("http://127.0.0.1", strong)
    assert headers.transport("https://alatau.example", strong) == []
