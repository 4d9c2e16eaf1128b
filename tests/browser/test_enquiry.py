"""A stranger on a phone asks in English, and follows the link of the receipt."""

import re

import pytest
from playwright.sync_api import Page, expect

from core.models import Outbox
from investors.enquiring import steps
from investors.models import Enquiry
from tests.browser.axe import violations

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def no_haste(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steps, "QUICKEST", 0)  # a program fills it in, quicker than it may


def fill_in(page: Page) -> None:
    page.get_by_label("Company or organisation").fill("Silk Road Cold Chain")
    page.get_by_label("Country of registration").select_option("SG")
    page.get_by_label("Your name").fill("Mei Lin")
    page.get_by_label("E-mail").fill("mei@example.org")
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Energy").check()
    page.get_by_label("Land, ha").fill("12.5")
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("What do you want to know").fill("Do you have ten hectares with power?")
    page.get_by_label(re.compile("I have read the text above")).check()
    page.get_by_role("button", name="Check your answers").click()


@pytest.mark.browser_context_args(viewport={"width": 390, "height": 844}, locale="en-GB")
@pytest.mark.usefixtures("complaints")
def test_a_stranger_on_a_phone_asks_and_follows_the_link(page: Page, portal: str) -> None:
    page.goto(f"{portal}/en/invest/enquiry/")
    page.get_by_role("button", name="Continue").click()
    expect(page.locator(".error-summary")).to_be_focused()
    assert violations(page) == []

    fill_in(page)
    expect(page.get_by_role("heading", name="Check your answers")).to_be_visible()
    page.go_back()
    expect(page.get_by_label("What do you want to know")).to_have_value(
        "Do you have ten hectares with power?"
    )
    page.go_forward()
    page.get_by_role("button", name=re.compile("^Change.*What you plan")).click()
    expect(page.get_by_label("Land, ha")).to_have_value("12.5")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Check your answers").click()
    page.get_by_role("button", name="Send the enquiry").dblclick()

    expect(page.get_by_role("heading", level=1)).to_have_text("The enquiry is received")
    enquiry = Enquiry.objects.get()
    expect(page.locator(".receipt")).to_have_text(enquiry.receipt)
    assert Outbox.objects.filter(payload__to="mei@example.org").count() == 1

    page.goto(portal + "/" + page.locator(".status-link").inner_text().split("/", 3)[3])
    expect(page.get_by_text("We answer by")).to_be_visible()
    assert violations(page) == []
    page.get_by_text("Withdraw the consent and ask for erasure").click()
    page.get_by_role("button", name="Withdraw and ask for erasure").click()
    expect(page.get_by_text("You withdrew the consent")).to_be_visible()


@pytest.mark.usefixtures("complaints")
def test_another_language_in_the_midst_keeps_what_was_typed(page: Page, portal: str) -> None:
    page.goto(f"{portal}/en/invest/enquiry/")
    page.get_by_label("Company or organisation").fill("Silk Road Cold Chain")
    page.locator(".languages a[lang=ru]").click()

    expect(page.locator("html")).to_have_attribute("lang", "ru")
    expect(page.locator("[name=organisation_name]")).to_have_value("Silk Road Cold Chain")


@pytest.mark.browser_context_args(java_script_enabled=False, viewport={"width": 390, "height": 844})
def test_without_javascript_it_is_sent_all_the_same(page: Page, portal: str) -> None:
    page.goto(f"{portal}/en/invest/enquiry/")
    fill_in(page)
    page.get_by_role("button", name="Send the enquiry").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("The enquiry is received")
