"""The public pages in a browser: nothing is blocked, nothing overflows, nothing needs JavaScript."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.pages.words import PAGES, project_page

pytestmark = pytest.mark.django_db(transaction=True)


def width_of_the_page(page: Page) -> int:
    return page.evaluate("document.documentElement.scrollWidth")


@pytest.mark.usefixtures("complaints")
def test_no_page_complains_or_scrolls_sideways(page: Page, portal: str) -> None:
    pages = [*PAGES, "/accounts/login/", project_page("pepsico_plant").removeprefix("/kk")]

    for language in ("kk", "ru", "en"):
        for address in pages:
            answer = page.goto(f"{portal}/{language}{address}")
            assert answer is not None
            assert answer.status == 200
            for width in (1280, 390, 320):
                page.set_viewport_size({"width": width, "height": 800})
                assert width_of_the_page(page) <= width, (address, language, width)


@pytest.mark.browser_context_args(java_script_enabled=False, viewport={"width": 390, "height": 800})
def test_a_reader_without_javascript_finds_a_project_and_its_source(page: Page, portal: str) -> None:
    page.goto(f"{portal}/kk/")

    page.get_by_text("Мәзір", exact=True).click()
    page.locator("header nav").get_by_role("link", name="Жобалар", exact=True).click()
    page.get_by_role("link", name="PepsiCo снек зауыты").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("PepsiCo снек зауыты")
    expect(page.get_by_text("368 млн USD")).to_be_visible()

    page.get_by_role("link", name=re.compile("Русский|Рус")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Завод снеков PepsiCo")

    page.get_by_role("link", name=re.compile(r"\[S35\]")).first.click()
    expect(page).to_have_url(re.compile(r"/ru/about-data/#S35$"))
    expect(page.locator("#S35")).to_be_in_viewport()


def test_the_map_leads_to_the_district_by_keyboard(page: Page, portal: str) -> None:
    page.goto(f"{portal}/en/")

    district = page.locator("svg a[aria-label='Green District']")
    district.focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Green District")
    expect(page.locator("svg a[aria-current=page]")).to_have_attribute("aria-label", "Green District")


def test_paper_gets_the_content_without_the_menus(page: Page, portal: str) -> None:
    page.goto(f"{portal}/ru{project_page('pepsico_plant').removeprefix('/kk')}")
    page.emulate_media(media="print")

    expect(page.locator(".strip")).to_be_hidden()
    expect(page.locator("nav.breadcrumbs")).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("table")).to_be_visible()
