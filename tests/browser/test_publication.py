"""Two persons publish: one changes in the admin, another compares and lets out; a word stays at the old address."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from core.text import Text
from districts.models import Project, Publication
from districts.services import publishing
from tests.browser.inspection import faults
from tests.browser.test_axe import sign_in
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)
LIST = "/review/publications/"


@pytest.fixture
def people(portal: str) -> tuple[Any, Any]:
    return UserFactory(role="office", full_name="Айгүл Серікқызы"), UserFactory(
        role="office", full_name="Ермек Асан"
    )


def test_a_change_goes_from_one_person_to_another(
    page: Page, portal: str, people: Any, complaints: Any
) -> None:
    first, second = people
    project = Project.objects.get(code="pepsico_plant")
    was = project.name_en
    sign_in(page, portal, first)
    page.context.add_cookies([{"name": "django_language", "value": "en", "url": portal}])
    page.goto(f"{portal}/admin/districts/project/{project.pk}/change/")
    expect(page.get_by_role("heading", name="Publication")).to_be_visible()
    page.get_by_role("button", name="English").click()
    page.locator("#id_name_en").fill("Snack plant of PepsiCo")
    page.get_by_role("button", name="Save", exact=True).click()
    assert Project.objects.get(pk=project.pk).name_en == was

    publication = Publication.objects.get()
    publishing.confirm_translations(project, by=first, languages=["kk", "ru"])
    page.goto(f"{portal}/en{LIST}{publication.pk}/")
    page.get_by_role("button", name="Make ready to publish").click()
    sign_in(page, portal, second)
    page.goto(f"{portal}/en{LIST}")
    page.get_by_role("link", name="Snack").or_(page.get_by_role("link", name=was)).first.click()
    expect(page.get_by_text("Snack plant of PepsiCo")).to_be_visible()
    page.get_by_role("button", name="Publish", exact=True).click()

    page.context.clear_cookies()
    page.goto(f"{portal}/en/projects/{project.public_id}/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Snack plant of PepsiCo")


def test_its_pages_are_without_fault(page: Page, portal: str, people: Any) -> None:
    first, second = people
    project = Project.objects.get(code="k_park")
    publishing.save_draft(
        project, {"name_kk": "К-Парк", "name_ru": "К-Парк", "name_en": "K-Park two"}, by=first
    )
    ready = publishing.make_ready(project, by=first)
    down = Project.objects.get(code="pepsico_plant")
    publishing.take_down(
        down, by=first, reason=Text("Жоба тоқтатылды.", "Проект прекращён.", "The project was stopped.")
    )
    sign_in(page, portal, second)
    pages = [LIST, f"{LIST}?list=down", f"{LIST}{ready.pk}/"]
    found = [
        fault
        for address in pages
        for language in ("kk", "ru", "en")
        for width in (390, 1280)
        for fault in faults(page, portal, f"/{language}{address}", width)
    ]
    page.context.clear_cookies()
    for language, width in (("kk", 390), ("ru", 1280), ("en", 390)):
        found += faults(page, portal, f"/{language}/projects/{down.public_id}/", width, 410)

    assert found == [], "\n".join(found)
