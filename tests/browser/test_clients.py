"""Tokens of the API in a browser: made, shown once, renewed; the catalogue of errors; somebody else's eyes."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.inspection import LANGUAGES, faults
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.usefixtures("complaints")
def test_a_token_is_made_and_renewed_by_its_owner(page: Page, portal: str) -> None:
    person = UserFactory(username="owner", role="office")
    page.goto(f"{portal}/en/accounts/login/?next=/en/accounts/clients/new/")
    page.get_by_label("User name").fill("owner")
    page.get_by_label("Password", exact=True).fill("a password of tests")
    page.locator("main form button[type=submit]").click()

    page.locator("input[name=name]").fill("BI")
    page.get_by_role("button", name="Make the token").click()
    first = page.get_by_label("Token", exact=True).input_value()
    page.goto(f"{portal}/en/accounts/clients/")
    page.get_by_role("link", name=re.compile("Renew")).click()
    page.get_by_role("button", name="Renew the token").click()
    second = page.get_by_label("Token", exact=True).input_value()

    assert first.startswith("alt_") and second.startswith("alt_") and first != second
    expect(page.get_by_text("The token before holds too")).to_be_visible()
    key = person.api_clients.get().pk
    addresses = ["accounts/clients/", f"accounts/clients/{key}/rotate/", f"review/see-as/?who=client:{key}"]
    addresses += ["review/see-as/?who=anonymous&register=projects", "accounts/clients/new/"]
    found = [
        fault
        for place, address in enumerate(addresses)
        for fault in faults(page, portal, f"/{LANGUAGES[place % 3]}/{address}", (390, 1280)[place % 2])
    ]
    assert found == [], "\n".join(found)


def test_the_catalogue_of_errors_can_be_read_by_everybody(page: Page, portal: str) -> None:
    found = [
        fault
        for language, width in (("kk", 390), ("ru", 1280))
        for fault in faults(page, portal, f"/api/docs/errors/?lang={language}#token_expired", width)
    ]

    assert found == [], "\n".join(found)
