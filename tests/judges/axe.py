"""Every page that a visitor or the office finds, in each language and width."""

from urllib.parse import urlsplit

from playwright.sync_api import Page, sync_playwright

from alatau_portal.embedded.apart import Portal
from benchmarks.browser import launch
from tests.browser.axe import WCAG
from tests.browser.inspection import ALL, LANGUAGES, WIDTHS, faults
from tests.browser.places import ADMIN, SIGNED_IN
from tests.judges.links import crawl


def judge(portal: Portal) -> list[str]:
    with sync_playwright() as playwright:
        browser = launch(playwright)
        found = _of_visitors(browser.new_page(), portal)
        office = browser.new_context().new_page()
        _sign_in(office, portal)
        found += _of_the_office(office, portal)
        browser.close()
    return found


def _of_visitors(page: Page, portal: Portal) -> list[str]:
    """What the crawl found, each address without its query once."""
    found = []
    for language in LANGUAGES:
        pages, _ = crawl(portal.url, language)
        addresses = sorted({urlsplit(address).path for address in pages if f"/{language}/" in address})
        found += [
            fault for width in WIDTHS for one in addresses for fault in faults(page, portal.url, one, width)
        ]
    return found


def _of_the_office(page: Page, portal: Portal) -> list[str]:
    plain = [address for address in SIGNED_IN if "{" not in address]
    found = [
        fault
        for language, width in ALL
        for address in plain
        for fault in faults(page, portal.url, f"/{language}{address}", width)
    ]
    for language in ("kk", "ru"):
        page.goto(f"{portal.url}/{language}/")  # the admin speaks the language last chosen
        for address in (one for one in ADMIN if "{" not in one):
            found += faults(page, portal.url, address, 1280, tags=WCAG)
    return found


def _sign_in(page: Page, portal: Portal) -> None:
    account = portal.account("office")
    page.goto(f"{portal.url}/kk/accounts/login/")
    page.fill("[name=login]", account["username"])
    page.fill("[name=password]", account["password"])
    page.locator("main button[type=submit]").click()
    page.wait_for_url(f"{portal.url}/kk/")
