"""With the keyboard alone: the skip link, the menus, the search, the filters, the order, the map."""

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("complaints")]


def tab_to(page: Page, selector: str, most: int = 60) -> None:
    """Press Tab until the focus is there; every stop on the way is one that can be seen."""
    wanted = page.locator(selector).first
    for _ in range(most):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        assert focused.evaluate("element => element.checkVisibility()"), focused.evaluate("e => e.outerHTML")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"{selector} is not reached by Tab")


def test_the_skip_link_leads_past_the_menus(page: Page, portal: str) -> None:
    page.goto(f"{portal}/kk/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    expect(page.locator(".skip")).to_be_in_viewport()

    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize("width", [390, 1280])
def test_the_menus_open_and_close(page: Page, portal: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{portal}/ru/")
    if width == 390:
        tab_to(page, ".menu > summary")
        page.keyboard.press("Enter")
    tab_to(page, ".menu .dropdown > summary")
    page.keyboard.press("Enter")
    green = page.locator(".dropdown a[data-district=green]").first
    expect(green).to_be_visible()

    page.keyboard.press("Escape")
    expect(green).to_be_hidden()
    expect(page.locator(".menu .dropdown > summary").first).to_be_focused()

    page.keyboard.press("Enter")
    tab_to(page, ".dropdown a[data-district=green]")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/ru/districts/green/$"))


def test_control_k_leads_to_the_search(page: Page, portal: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{portal}/kk/")

    page.keyboard.press("Control+k")
    page.keyboard.type("курылыс")
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile("/kk/search/"))
    expect(page.locator("main")).to_contain_text("құрылыс", ignore_case=True)


def test_the_register_is_sorted_and_read(page: Page, portal: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{portal}/ru/projects/")

    tab_to(page, "thead a.sort", most=90)
    page.keyboard.press("Enter")
    expect(page.locator("th[aria-sort]").first).to_be_visible()
    tab_to(page, "tbody th a", most=120)
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile("/ru/projects/ALT-P-"))


def test_the_map_is_walked_through(page: Page, portal: str) -> None:
    page.goto(f"{portal}/en/districts/gate/")

    tab_to(page, "svg a[aria-label='Golden District']", most=120)
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile("/en/districts/golden/$"))
