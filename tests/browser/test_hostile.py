"""Hostile words in a browser: what a page makes of them after it is loaded, its own scripts included.

The browser is told to pass over the content policy: not even what it would forbid may be there.

`test_scripts.py` opens what visitors read; here the office and, as `make judges` says (HOSTILE=all),
everybody opens a page of every view.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from tests.admin.rows import LOOKED_AT, ROWS, address
from tests.hostile import reading, words
from tests.hostile.world import IS_THOROUGH, PEOPLE, World

pytestmark = pytest.mark.django_db(transaction=True)
READERS = list(PEOPLE) if IS_THOROUGH else ["office"]
#: Pages that are opened, of those that show the words.
MOST = 1000 if IS_THOROUGH else 8


@pytest.fixture
def world(live_server: Any, transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 0)
    return World()


@pytest.fixture
def trusting(browser: Any) -> Iterator[Any]:
    """A page without a content policy."""
    context = browser.new_context(bypass_csp=True)
    yield context.new_page()
    context.close()


def open_all(page: Any, home: str, client: Client, places: list[str]) -> list[str]:
    """What ran in these pages: the mark that a script would leave, and dialogs."""
    cookies = [{"name": name, "value": one.value, "url": home} for name, one in client.cookies.items()]
    page.context.add_cookies(cookies)
    ran: list[str] = []
    page.on("dialog", lambda dialog: (ran.append(f"dialog at {page.url}"), dialog.dismiss()))
    for place in places:
        page.goto(home + place, wait_until="load")
        ran += [place] * bool(page.evaluate(f"window.{words.SENTINEL} !== undefined"))
    return ran


def showing(client: Client, language: str) -> list[str]:
    """An address of every view of which an answer shows the words."""
    views: dict[str, str] = {}
    for read in reading.everything(client, language, of_a_view=1, files=False):
        if "html" in read.kind and read.status == 200 and words.SENTINEL.encode() in read.content:
            views.setdefault(reading.view_of(read.address), read.address)
        if len(views) == MOST:
            break
    return list(views.values())


@pytest.mark.parametrize("name", READERS)
def test_nothing_runs_in_a_browser(world: World, live_server: Any, trusting: Any, name: str) -> None:
    client = world.browser(name)
    addresses = showing(client, PEOPLE[name][0])

    ran = open_all(trusting, live_server.url, client, addresses)
    print(f"   {name}: {len(addresses)} pages opened")  # noqa: T201

    assert ran == []
    assert len(addresses) >= 6


def test_nothing_runs_in_the_admin(world: World, live_server: Any, trusting: Any) -> None:
    client = world.browser("office")
    chosen = list(ROWS) if IS_THOROUGH else ["districts.Project", "investors.Enquiry"]
    addresses = []
    for model in chosen:
        row = ROWS[model]()
        world.planting.plant(row)
        addresses += [address(model, "changelist"), address(model, "change", row.pk)]
        addresses += [address(model, "history", row.pk)] if model not in LOOKED_AT else []

    assert open_all(trusting, live_server.url, client, addresses) == []


def test_a_script_that_did_run_would_be_seen(live_server: Any, trusting: Any) -> None:
    trusting.route(
        "**/ran", lambda route: route.fulfill(body="<script>window.__x=1</script>", content_type="text/html")
    )

    assert open_all(trusting, live_server.url, Client(), ["/ran"]) == ["/ran"]
