"""The admin in a browser: nothing is blocked or complained of, axe finds nothing, the keyboard suffices."""

import pytest
from playwright.sync_api import Page, expect

from districts.models import Project
from tasks.models import Instruction
from tests.browser.inspection import faults
from tests.browser.places import ADMIN
from tests.browser.test_axe import sign_in
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)

#: Beside those of places.py: forms with open tabs, verbs, tables in and out, what the machine keeps.
MORE = [
    "/admin/districts/project/{project_pk}/change/#milestones",
    "/admin/districts/project/{project_pk}/change-stage/",
    "/admin/districts/project/export/",
    "/admin/core/calendarday/import/",
    "/admin/core/change/",
    "/admin/accounts/invitation/add/",
]


@pytest.fixture
def office_page(page: Page, portal: str) -> Page:
    sign_in(page, portal, UserFactory(role="office"))
    return page


def test_no_page_of_the_admin_is_at_fault(office_page: Page, portal: str) -> None:
    keys = {
        "project_pk": Project.objects.get(code="k_park").pk,
        "instruction_pk": Instruction.objects.earliest("pk").pk,
    }
    found = []
    for place, address in enumerate([*ADMIN, *MORE]):
        language, width = ("kk", "ru")[place % 2], (1280, 390)[place // 2 % 2]
        office_page.context.add_cookies([{"name": "django_language", "value": language, "url": portal}])
        office_page.goto("about:blank")  # a page that differs only after its # would not be asked for again
        found += faults(office_page, portal, address.format(**keys), width)

    assert found == [], "\n".join(found)


def test_ctrl_k_and_the_language_tabs_need_no_mouse(office_page: Page, portal: str) -> None:
    page = office_page
    page.goto(f"{portal}/admin/")
    page.keyboard.press("Control+k")
    expect(page.locator("#search-input-command")).to_be_focused()
    page.keyboard.insert_text("k-park")  # as what is pasted: no key is let go
    expect(page.locator("#command-results-list li").first).to_be_visible(timeout=30_000)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/change/")

    page.goto(f"{portal}/admin/districts/project/{Project.objects.get(code='k_park').pk}/change/")
    page.get_by_role("button", name="Қазақша").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("[name=name_ru]")).to_be_visible()
    expect(page.locator("[name=name_kk]")).to_be_hidden()
