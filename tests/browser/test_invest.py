"""The pages for investors in a browser: the map beside the list, a list kept on the device, all without scripts too."""

import gzip
import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from playwright.sync_api import Page, expect

from districts.models import District
from investors.models import Opportunity
from tests.browser.inspection import LANGUAGES, WIDTHS, faults
from tests.factories import OpportunityPlotFactory, opportunity_in
from tests.pages.plots import plot, supplied

pytestmark = pytest.mark.django_db(transaction=True)
MAP = ".moving-map[data-drawn]"


@pytest.fixture
def plots(portal: str) -> list[str]:
    """Four invented plots in the Gate District, from west to east."""
    gate = District.objects.get(code="gate")
    made = []
    for number in range(4):
        west = 77.0 + number * 0.02
        ring = [[west, 43.44], [west + 0.01, 43.44], [west + 0.01, 43.45], [west, 43.45], [west, 43.44]]
        row = plot(
            f"Учаске {number + 1}", district=gate, is_demo=True, area_ha=10 * (number + 1),
            geometry={"type": "Polygon", "coordinates": [ring]},
        )  # fmt: skip
        supplied(row, capacity=10 * (number + 1))
        made.append(row.public_id)
    OpportunityPlotFactory(
        opportunity=opportunity_in("open", district=gate, is_demo=True, name_kk="Мүмкіндік"), plot=row
    )
    return made


def open_map(page: Page, portal: str, query: str = "") -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{portal}/kk/invest/{query}")
    page.locator("[data-map]").scroll_into_view_if_needed()
    expect(page.locator(MAP)).to_be_visible()


@pytest.mark.usefixtures("complaints")
def test_the_map_shows_the_plots_of_the_list_and_both_light_up_together(
    page: Page, portal: str, plots: list[str]
) -> None:
    open_map(page, portal)
    expect(page.locator(".map-number")).to_have_text(["1", "2", "3", "4"])
    expect(page.locator(".invest-map > .map")).to_be_hidden()

    row = page.locator(f"[data-plot={plots[1]}]")
    row.locator("h3 a").focus()
    expect(page.locator("path.map-plot.is-lit")).to_have_count(1)
    page.locator(".map-number").nth(2).hover()
    expect(page.locator(f"[data-plot={plots[2]}]")).to_have_class(re.compile("is-lit"))
    expect(page.locator(".leaflet-tooltip-pane [role=tooltip]")).to_contain_text("Учаске 3")
    page.locator(".map-number").nth(3).click()
    expect(page.locator(f"[data-plot={plots[3]}] h3 a")).to_be_focused()


@pytest.mark.usefixtures("complaints")
def test_a_filter_changes_list_and_map_at_once(page: Page, portal: str, plots: list[str]) -> None:
    open_map(page, portal)
    page.evaluate("document.querySelector('.moving-map').dataset.same = 'map'")

    page.locator("[name=area_min]").fill("25")
    page.locator("[name=area_min]").blur()

    expect(page).to_have_url(re.compile("area_min=25"))
    expect(page.locator("[data-plot]")).to_have_count(2)
    expect(page.locator(".map-number")).to_have_text(["1", "2"])
    assert page.evaluate("document.querySelector('.moving-map').dataset.same") == "map"
    page.go_back()
    expect(page.locator(".map-number")).to_have_count(4)


@pytest.mark.usefixtures("complaints")
def test_what_is_chosen_stays_on_the_device_and_is_compared(
    page: Page, portal: str, plots: list[str]
) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{portal}/kk/invest/")
    page.locator(f"[data-plot={plots[0]}] [name=plot]").check()
    page.goto(f"{portal}/kk/invest/plots/{plots[2]}/")
    page.locator("[data-choose]").click()
    expect(page.locator("[data-choose]")).to_have_attribute("data-choose", plots[2])

    page.goto(f"{portal}/kk/invest/?area_min=25")
    expect(page.locator(f"[data-plot={plots[2]}] [name=plot]")).to_be_checked()
    expect(page.locator("output[data-own-number]")).to_have_text("2")
    page.locator("[data-chosen] button").first.click()
    assert set(re.findall(r"ALT-L-\d+", page.url)) == {plots[0], plots[2]}
    expect(page.locator(".compare tbody tr.differs")).not_to_have_count(0)

    page.goto(f"{portal}/kk/invest/shortlist/")
    expect(page).to_have_url(re.compile(f"plot={plots[0]}&plot={plots[2]}"))
    page.locator(f"[data-drop={plots[0]}]").click()
    expect(page).to_have_url(f"{portal}/kk/invest/shortlist/?plot={plots[2]}")
    assert page.evaluate("localStorage.getItem('invest-list')") == f'["{plots[2]}"]'
    assert [cookie["name"] for cookie in page.context.cookies() if cookie["name"] != "django_language"] == []


def test_without_scripts_everything_goes_by_forms_and_links(
    portal: str, browser: Any, plots: list[str]
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{portal}/kk/invest/")
    expect(page.locator(".invest-map svg .spot")).to_have_count(4)
    for number in plots[:2]:
        page.locator(f"[data-plot={number}] [name=plot]").check()
    page.locator("[data-chosen] button").nth(1).click()
    expect(page).to_have_url(f"{portal}/kk/invest/shortlist/?plot={plots[0]}&plot={plots[1]}")

    page.locator("#add-plot").select_option(plots[3])
    page.locator(".add-plot button").click()
    expect(page.locator(".plot")).to_have_count(3)
    page.locator("[data-drop]").first.click()
    expect(page).to_have_url(f"{portal}/kk/invest/shortlist/?plot={plots[1]}&plot={plots[3]}")
    page.locator("main form[action$='compare/'] button").click()
    expect(page.locator(".compare thead a")).to_have_count(2)
    page.goto(f"{portal}/kk/invest/match/")
    page.locator("[name=hectares]").fill("35")
    page.locator(".needs button").click()
    expect(page.locator(".match")).to_have_count(4)
    expect(page.locator(".match").first.locator("h3")).to_have_text("Учаске 4")
    context.close()


def test_no_page_of_them_has_a_fault(page: Page, portal: str, plots: list[str]) -> None:
    offer = Opportunity.objects.get().public_id
    three = "&".join(f"plot={number}" for number in plots[:3])
    addresses = [
        "", f"plots/{plots[0]}/", "opportunities/", f"opportunities/{offer}/", f"compare/?{three}",
        f"shortlist/?{three}", "match/?hectares=20&power_mw=15&rail=on",
    ]  # fmt: skip

    found = [
        fault
        for place, address in enumerate(addresses)
        for language, width in [(LANGUAGES[place % 3], WIDTHS[0]), (LANGUAGES[(place + 1) % 3], WIDTHS[1])]
        for fault in faults(page, portal, f"/{language}/invest/{address}", width)
    ]

    assert found == [], "\n".join(found)


def test_the_map_is_light_and_comes_after_the_page(page: Page, portal: str, plots: list[str]) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_viewport_size({"width": 390, "height": 400})
    page.goto(f"{portal}/kk/invest/", wait_until="networkidle")
    assert not any("leaflet" in url for url in asked)

    page.locator("[data-map]").scroll_into_view_if_needed()
    expect(page.locator(MAP)).to_be_visible()
    scripts = ["js/invest.js", "js/invest-map.js", "vendor/leaflet-1.9.4/leaflet.js"]
    weight = sum(len(gzip.compress(Path(str(finders.find(name))).read_bytes(), mtime=0)) for name in scripts)
    assert weight <= 48 * 1024
