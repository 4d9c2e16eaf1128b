"""The registers in a browser: filters at once and without JavaScript, sorting by keyboard, Back, focus."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from districts.models import Project

pytestmark = pytest.mark.django_db(transaction=True)
FIRST = "table.register tbody th a"


def test_a_filter_works_at_once_and_back_undoes_it(portal: str, page: Any, complaints: list[str]) -> None:
    page.goto(f"{portal}/kk/projects/")
    page.evaluate("window.isTheSamePage = true")
    everything = page.locator(FIRST).count()

    page.get_by_label("Аудан", exact=True).focus()
    page.get_by_label("Аудан", exact=True).select_option("gate")
    expect(page).to_have_url(f"{portal}/kk/projects/?district=gate")
    expect(page.locator(FIRST)).to_have_count(Project.objects.filter(district__code="gate").count())
    expect(page.locator("#list-status")).to_contain_text("осы сүзгілер бойынша")
    expect(page.get_by_label("Аудан", exact=True)).to_be_focused()
    assert page.evaluate("window.isTheSamePage")

    page.go_back()
    expect(page).to_have_url(f"{portal}/kk/projects/")
    expect(page.locator(FIRST)).to_have_count(everything)
    expect(page.get_by_label("Аудан", exact=True)).to_have_value("")


def test_typing_finds_while_the_reader_types_and_is_one_step_back(
    portal: str, page: Any, complaints: list[str]
) -> None:
    page.goto(f"{portal}/kk/projects/")
    field = page.locator("main").get_by_label("Іздеу", exact=True)

    for letters in ("гол", "ьф"):
        field.press_sequentially(letters)
        expect(page).to_have_url(re.compile(rf"q=.*{page.evaluate('encodeURIComponent', letters)}$"))
    expect(page.locator(FIRST)).to_have_count(1)
    expect(field).to_be_focused()
    expect(field).to_have_value("гольф")

    page.go_back()
    expect(page).to_have_url(f"{portal}/kk/projects/")


def test_the_keyboard_alone_sorts_and_removes_a_filter(portal: str, page: Any, complaints: list[str]) -> None:
    page.goto(f"{portal}/kk/projects/?kind=social")
    page.locator(".skip").focus()
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.className") == "sort":
            break
    page.keyboard.press("Enter")

    expect(page).to_have_url(f"{portal}/kk/projects/?kind=social&ordering=name")
    expect(page.locator("th[aria-sort=ascending]")).to_have_text("Атауы")
    page.locator(".chip").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{portal}/kk/projects/?ordering=name")


@pytest.mark.parametrize("width", [390, 1280])
def test_the_map_stands_beside_the_list(portal: str, page: Any, complaints: list[str], width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{portal}/ru/projects/")
    page.get_by_role("link", name="На карте").click()

    expect(page.locator("svg .area")).to_have_count(4)
    expect(page.get_by_role("link", name=re.compile(r"^Gate District \(\d+\)$"))).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator("main").get_by_role("link", name="Green District", exact=True).click()
    expect(page.locator(".chip")).to_have_text(re.compile("Green"))


def test_without_javascript_the_form_and_the_links_do(portal: str, browser: Any) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{portal}/kk/investors/")
    page.get_by_label("Кезең", exact=True).select_option("building")
    page.get_by_role("button", name="Көрсету").click()

    expect(page).to_have_url(f"{portal}/kk/investors/?stage=building")
    expect(page.locator(FIRST)).to_have_count(3)
    page.locator("a.sort").first.click()
    expect(page).to_have_url(f"{portal}/kk/investors/?stage=building&ordering=name")
    assert page.locator("th[aria-sort=ascending]").inner_text() == "Атауы"
    page.locator(FIRST).first.click()
    assert page.locator("h1").is_visible() and "/kk/investors/" in page.url
    context.close()


def test_a_wrong_value_is_shown_at_its_field_and_mended_there(portal: str, page: Any) -> None:
    page.goto(f"{portal}/ru/projects/")
    year = page.get_by_label("Год срока или стадии", exact=True)
    year.fill("27")
    year.press("Enter")

    expect(page.locator(".error-summary")).to_be_focused()
    page.locator(".error-summary a").click()
    expect(year).to_be_focused()
    expect(page.locator(".field.invalid")).to_have_count(1)
    year.fill("2027")
    year.press("Enter")
    expect(page.locator(".error-summary")).to_have_count(0)
    expect(page.locator(FIRST)).not_to_have_count(0)
