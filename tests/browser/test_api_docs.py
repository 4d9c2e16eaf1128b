"""The API's description in a browser: nothing is blocked, and an address can be tried."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.usefixtures("complaints")
def test_an_address_can_be_tried_from_the_description(page: Page, portal: str) -> None:
    page.goto(f"{portal}/api/docs/")
    districts = page.locator("#operations-districts-districts_list")
    districts.click()
    districts.get_by_role("button", name="Try it out").click()
    districts.get_by_role("button", name="Execute").click()

    answer = districts.locator(".live-responses-table .response").first
    expect(answer).to_contain_text("Gate District", timeout=30_000)
    expect(page.get_by_role("link", name="A first guide").first).to_have_attribute(
        "href", "/api/docs/guide.md"
    )
