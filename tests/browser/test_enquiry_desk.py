"""Enquiries in the hands of the office, against axe, at both widths, in three languages; and one that is answered."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from investors.demo import load_enquiries
from investors.models import Enquiry, EnquiryReply
from tests.browser.test_axe import sign_in
from tests.browser.test_filing import seen
from tests.factories import (
    EnquiryFactory,
    InvestorFactory,
    OrganisationFactory,
    StoredFileFactory,
    UserFactory,
    enter_enquiry,
)

pytestmark = pytest.mark.django_db(transaction=True)
QUEUE = "/review/enquiries/"


def in_days(number: int) -> date:
    return timezone.localdate() + timedelta(days=number)


def asked(**facts: Any) -> Enquiry:
    told: dict[str, Any] = {
        "organisation_name": "Көктем Логистика",
        "bin": "491240900016",
        "promised_on": in_days(5),
        "hectares": 7,
        "power_mw": 2,
        "rail": True,
        "sectors": ["transport"],
        "file": StoredFileFactory(scan_state="pending"),
    }
    return EnquiryFactory(**(told | facts))


def test_the_queue_one_of_them_and_its_verbs(page: Page, portal: str, office: Any) -> None:
    load_enquiries(office, timezone.localdate())
    enquiry = asked()
    twin = asked(bin="", file=None)
    InvestorFactory(organisation=OrganisationFactory(name_kk="Көктем Логистика"))
    answered = enter_enquiry(EnquiryFactory(organisation_name="Көктем Логистика"), "answered")
    sign_in(page, portal, office)

    one = f"{QUEUE}{enquiry.receipt}/"
    verbs = [f"{one}{verb}/" for verb in ("take", "answer", "duplicate", "close", "spam")]
    pages = [QUEUE, f"{QUEUE}?state=spam", one, *verbs, f"{QUEUE}{answered.receipt}/convert/"]
    assert seen(page, portal, *pages) == []
    assert twin.receipt in page.goto(f"{portal}/kk{one}").text()  # type: ignore[union-attr]


def test_it_is_answered_after_a_look_at_the_mail(page: Page, portal: str, complaints: list[str]) -> None:
    enquiry = asked(language="en")
    office = UserFactory(role="office", username="answers", full_name="Айгүл Серікқызы")
    sign_in(page, portal, office)
    page.set_viewport_size({"width": 390, "height": 844})

    page.goto(f"{portal}/en{QUEUE}")
    page.get_by_role("link", name="Көктем Логистика").click()
    page.get_by_role("link", name="Answer", exact=True).click()
    page.get_by_label("Answer", exact=True).fill("We have two plots.\n\nAigul")
    page.get_by_role("button", name="Look at the mail before it is sent").click()
    expect(page.get_by_role("heading", name="So the answer will be sent")).to_be_visible()
    assert not EnquiryReply.objects.exists()
    page.get_by_role("button", name="Send the answer").click()

    expect(page.get_by_text("The answer is sent.")).to_be_visible()
    expect(page.get_by_text("answered in time")).to_be_visible()
    enquiry.refresh_from_db()
    assert (enquiry.state, enquiry.handler) == ("answered", office)
