"""The whole way in a browser: a stranger finds land, compares, asks; the office answers; an investor sees a clock."""

import re
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import Organisation
from districts.models import District
from investors.demo_requests import load_requests
from investors.enquiring import steps
from investors.models import Enquiry
from tests.browser.test_axe import sign_in
from tests.browser.test_enquiry import fill_in
from tests.factories import UserFactory
from tests.pages.plots import plot, supplied

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("complaints")]
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def land(portal: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setattr(steps, "QUICKEST", 0)  # a program fills it in, quicker than it may
    gate = District.objects.get(code="gate")
    rows = [plot(f"Plot {number}", district=gate, is_demo=True, area_ha=10 * number) for number in (1, 2)]
    for row in rows:
        supplied(row, capacity=8)
    return [row.public_id for row in rows]


def ask(page: Page, portal: str, land: list[str]) -> str:
    """From the page of the district to the receipt; returns the address of the page of the state."""
    page.goto(f"{portal}/en/districts/gate/")
    page.get_by_role("link", name=re.compile("Plots and opportunities of the district")).click()
    for number in land:
        page.locator(f"[data-plot={number}] [name=plot]").check()
    page.locator("[data-chosen] button").first.click()
    expect(page.locator(".compare tbody tr.differs")).not_to_have_count(0)
    page.locator(".compare tbody").get_by_role("link", name="Plot 2", exact=True).click()
    page.get_by_role("link", name="Ask about this plot").first.click()
    fill_in(page)
    expect(page.locator("main")).to_contain_text(land[1])
    page.get_by_role("button", name="Send the enquiry").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The enquiry is received")
    return portal + "/" + page.locator(".status-link").inner_text().split("/", 3)[3]


def test_from_the_district_to_the_answer(page: Page, portal: str, land: list[str]) -> None:
    page.set_viewport_size(PHONE)
    status = ask(page, portal, land)
    page.goto(status)
    expect(page.get_by_text("We answer by")).to_be_visible()
    enquiry = Enquiry.objects.get()
    assert enquiry.plot is not None and enquiry.plot.public_id == land[1]

    office = UserFactory(role="office", username="answers", full_name="Айгүл Серікқызы")
    sign_in(page, portal, office)
    page.goto(f"{portal}/en/review/enquiries/")
    page.get_by_role("link", name="Silk Road Cold Chain").click()
    page.get_by_role("link", name="Answer", exact=True).click()
    page.get_by_label("Answer", exact=True).fill("Yes: twenty hectares with eight megawatts.\n\nAigul")
    page.get_by_role("button", name="Look at the mail before it is sent").click()
    page.get_by_role("button", name="Send the answer").click()
    expect(page.get_by_text("answered in time")).to_be_visible()

    page.context.clear_cookies()
    page.goto(status)
    expect(page.get_by_text("We answer by")).to_have_count(0)
    for secret in ("Silk Road", "Mei Lin", "example.org", "hectares", "megawatts"):
        expect(page.locator("body")).not_to_contain_text(secret)


def test_an_investor_signs_in_and_sees_the_clock(page: Page, portal: str) -> None:
    group = Organisation.objects.get(code="caspian_group")
    people: dict[str, Any] = {
        "investor": UserFactory(username="asker", role="investor", organisation=group),
        "office": UserFactory(username="answerer", role="office"),
    }
    load_requests(people, timezone.localdate())
    page.set_viewport_size(PHONE)
    sign_in(page, portal, people["investor"])
    page.goto(f"{portal}/en/room/")

    expect(page.locator("main")).to_contain_text("working day")
    expect(page.get_by_text("Overdue").first).to_be_visible()
