"""Filters at once, the address with them, and the way back; a failure is shown, not swallowed."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

pytestmark = pytest.mark.django_db(transaction=True)

FILTER = "form[hx-get] [name=q]"
ROWS = "#list tbody tr"


def open_register(page: Page, portal: str) -> int:
    """The register with its filters open; how many rows it has."""
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{portal}/kk/projects/")
    if not page.locator(FILTER).is_visible():
        page.locator("details.filters > summary").click()
    return page.locator(ROWS).count()


@pytest.mark.usefixtures("complaints")
def test_the_list_follows_what_is_typed_and_the_way_back_leads_back(page: Page, portal: str) -> None:
    before = open_register(page, portal)
    page.evaluate("document.documentElement.dataset.same = 'page'")

    page.locator(FILTER).press_sequentially("pepsico")
    expect(page).to_have_url(re.compile("q=pepsico"))
    expect(page.locator(ROWS)).to_have_count(1)
    assert page.evaluate("document.documentElement.dataset.same") == "page"  # it was not loaded anew

    page.go_back()
    expect(page).to_have_url(f"{portal}/kk/projects/")
    expect(page.locator(ROWS)).to_have_count(before)


def test_the_browser_keeps_no_copy_of_a_page(page: Page, portal: str) -> None:
    """The way back asks the server: what one reader saw is not there for the next one."""
    open_register(page, portal)
    page.locator(FILTER).press_sequentially("pepsico")
    expect(page).to_have_url(re.compile("q=pepsico"))

    assert page.evaluate("sessionStorage.getItem('htmx-history-cache')") is None


def test_a_failure_is_shown_as_the_page_that_it_is(page: Page, portal: str) -> None:
    open_register(page, portal)

    page.route("**/projects/?*", lambda route: route.fulfill(status=503, body=""), times=1)
    page.locator(FILTER).press_sequentially("p")

    expect(page).to_have_url(re.compile("q=p"))
    expect(page.locator("h1")).to_be_visible()


def test_while_it_is_fetched_the_page_says_so(page: Page, portal: str) -> None:
    open_register(page, portal)
    held: list[Route] = []
    page.route("**/projects/?*", lambda route: held.append(route))

    page.locator(FILTER).press_sequentially("p")
    expect(page.get_by_role("status").filter(has_text="Жүктелуде…")).to_be_visible()
    held[0].continue_()

    expect(page.locator("#loading")).to_have_text("")


def test_what_is_sent_is_sent_once(page: Page, portal: str) -> None:
    sent: list[str] = []
    page.on("request", lambda request: request.method == "POST" and sent.append(request.url))
    page.goto(f"{portal}/kk/accounts/login/")
    page.fill("[name=login]", "nobody")
    page.fill("[name=password]", "nothing at all")

    page.evaluate(
        "document.querySelectorAll('main form button[type=submit]').forEach(b => { b.click(); b.click() })"
    )

    expect(page.locator(".error-summary")).to_be_focused()
    assert len(sent) == 1
