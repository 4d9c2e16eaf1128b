"""The room in Chromium: an investor asks on a phone, the office answers, the investor sees the clock and closes."""

import os
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import Organisation, User
from districts.models import Milestone, Project
from investors.demo_requests import load_requests
from investors.models import Request
from tests.browser.inspection import faults, once
from tests.browser.test_axe import sign_in
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
#: Where pictures are put to be looked at, if anywhere.
SHOTS = os.environ.get("SHOTS", "")


@pytest.fixture
def people(portal: str) -> dict[str, User]:
    group = Organisation.objects.get(code="caspian_group")
    investor = UserFactory(username="asker", role="investor", organisation=group)
    office = UserFactory(username="answerer", role="office", full_name="Айгүл Сәрсен")
    made = {"investor": investor, "office": office}
    load_requests(made, timezone.localdate())
    return made


def shoot(page: Page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)


def test_every_page_of_it_is_sound(page: Page, portal: str, people: dict[str, User]) -> None:
    assert Project.objects.exists() and Milestone.objects.exists()
    asked = Request.objects.get(holder="investor", state="open").public_id
    of_investor = ["/room/", "/room/requests/new/", f"/room/requests/{asked}/"]
    of_office = [
        "/review/requests/",
        "/review/requests/new/?organisation=caspian_group",
        f"/review/requests/{Request.objects.late(timezone.localdate()).get().public_id}/",
        "/room/?organisation=caspian_group",
    ]
    found: list[str] = []
    for who, addresses in (("investor", of_investor), ("office", of_office)):
        sign_in(page, portal, people[who])
        for place, address in enumerate(addresses):
            for language, width in once(place) if not SHOTS else _all():
                found += faults(page, portal, f"/{language}{address}", width)
                shoot(page, f"{who}-{place}-{language}-{width}")

    assert found == [], "\n".join(found)


def _all() -> Any:
    return [(language, width) for language in ("kk", "ru", "en") for width in (390, 1280)]


def test_an_investor_asks_and_is_answered(page: Page, portal: str, people: Any, complaints: Any) -> None:
    sign_in(page, portal, people["investor"])
    page.set_viewport_size(PHONE)
    page.goto(f"{portal}/en/room/requests/new/")
    page.locator("[name=title]").fill("Access road")
    page.locator("[name=text]").fill("When will the road reach the plot?")
    page.locator("main form.form [type=submit]").dblclick()
    page.wait_for_url("**/room/requests/ALT-Q-*/")
    here = page.url
    row = Request.objects.get(title="Access road")
    assert row.messages.count() == 1

    page.context.clear_cookies()
    sign_in(page, portal, people["office"])
    page.set_viewport_size(DESK)
    page.goto(f"{portal}/en/review/requests/{row.public_id}/")
    page.locator("#write [name=text]").fill("In autumn: the region builds it.")
    page.locator("#write [value=reply]").click()
    expect(page.locator(".thread")).to_contain_text("In autumn")

    page.context.clear_cookies()
    sign_in(page, portal, people["investor"])
    page.set_viewport_size(PHONE)
    page.goto(here)
    expect(page.locator(".clock-facts .tag-warn")).to_be_visible()
    page.locator("#write [value=close]").click()
    expect(page.locator(".thread")).to_be_visible()
    assert Request.objects.get(pk=row.pk).state == "closed"
