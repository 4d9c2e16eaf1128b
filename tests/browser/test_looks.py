"""Other ways to look at a page: a magnified page, forced colours, no motion, paper."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.pages.words import PAGES, project_page

pytestmark = pytest.mark.django_db(transaction=True)


def test_at_twice_the_size_nothing_is_cut_off(page: Page, portal: str) -> None:
    """A screen of 1280 magnified to 200 % has room for 640; it measures in letters, so larger ones do the same."""
    page.set_viewport_size({"width": 640, "height": 512})
    wide = {}
    for address in [*(f"/ru{one}" for one in PAGES), project_page("pepsico_plant", "kk")]:
        page.goto(portal + address)
        if (over := page.evaluate("document.documentElement.scrollWidth - innerWidth")) > 0:
            wide[address] = over

    assert wide == {}


def test_in_forced_colours_states_and_focus_are_still_seen(page: Page, portal: str) -> None:
    page.emulate_media(forced_colors="active")
    page.goto(f"{portal}/kk/projects/")

    tag = page.locator("main .tag").first
    assert style(page, tag, "borderTopStyle") == "solid"
    page.keyboard.press("Tab")
    assert style(page, page.locator(":focus"), "outlineStyle") == "solid"


def test_nothing_moves_for_those_who_do_not_want_it(page: Page, portal: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{portal}/kk/")

    moving = page.evaluate(
        """[...document.querySelectorAll("*")].filter(element => {
          const style = getComputedStyle(element);
          return parseFloat(style.transitionDuration) > 0 || style.animationName !== "none";
        }).length"""
    )

    assert moving == 0


@pytest.mark.parametrize("address", ["/kk/", "/ru/projects/", "/kk/districts/green/", "/ru/timeline/"])
def test_paper_gets_the_content_only(page: Page, portal: str, address: str) -> None:
    page.goto(portal + address)
    page.emulate_media(media="print")

    for hidden in (".strip", ".menu", ".skip", "form"):
        for one in page.locator(hidden).all():
            expect(one).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def style(page: Page, locator: Any, name: str) -> str:
    return locator.evaluate("(element, name) => getComputedStyle(element)[name]", name)
