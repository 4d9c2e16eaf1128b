"""Pages with an S-curve, against axe, on a phone and on a desk, as a visitor and as the office."""

import pytest
from playwright.sync_api import Page

from core.dates import PartialDate
from districts.models import District
from tests.browser.inspection import faults
from tests.browser.test_axe import sign_in
from tests.factories import MilestoneFactory, ProjectFactory, UserFactory
from tests.pages.progress import planned

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_curve_of_a_project_and_of_its_district(page: Page, portal: str) -> None:
    project = ProjectFactory(
        visibility="public", district=District.objects.get(code="gate"), name_en="School"
    )
    planned(project=project)
    MilestoneFactory(project=project, forecast=PartialDate.parse("2027-02"))
    here = f"projects/{project.public_id}/"
    places = [(f"/kk/{here}", 390), (f"/ru/{here}", 1280), ("/kk/districts/gate/", 390)]

    assert [fault for address, width in places for fault in faults(page, portal, address, width)] == []

    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{portal}/en/projects/{project.public_id}/")
    drawings = page.get_by_role("img", name="Physical progress")
    assert drawings.count() == 1  # the wide one is not there for anybody
    letters = drawings.locator("text").first.evaluate("text => text.getBoundingClientRect().height")
    assert letters >= 12
    page.get_by_text("The same as a table").press("Enter")
    assert page.get_by_role("rowheader", name="May 2026").is_visible()


def test_money_beside_works_for_the_office(page: Page, portal: str) -> None:
    project = planned()
    planned(actual=[], project=project, metric="financial_progress")
    sign_in(page, portal, UserFactory(role="office"))

    assert faults(page, portal, f"/ru/projects/{project.public_id}/", 390) == []
