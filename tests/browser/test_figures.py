"""Two dates asked for wrongly are told so at their field and nothing is lost; the answer is one sheet of paper."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.inspection import faults

pytestmark = pytest.mark.django_db(transaction=True)

WRONG = "/ru/figures/difference/?from=2026-02-01&to=2025-11-01&measure=investment"
RIGHT = "/ru/figures/difference/?from=2025-01-01&to=2026-02-01&measure=investment"


def test_a_wrong_question_is_answered_at_its_field(page: Page, portal: str) -> None:
    assert faults(page, portal, WRONG, 390, 400) == []

    field = page.locator("#id_from")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_value("2026-02-01")
    expect(page.locator("#id_measure")).to_have_value("investment")


def test_the_answer_is_one_sheet_of_paper(page: Page, portal: str) -> None:
    page.goto(portal + RIGHT)

    paper = page.pdf(format="A4", prefer_css_page_size=True)

    assert len(re.findall(rb"/Type /Page\b(?!s)", paper)) == 1
