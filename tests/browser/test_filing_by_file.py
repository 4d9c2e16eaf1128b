"""The page that leaves the portal: opened from the disk with no network, filled in by keyboard, sent back."""

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tasks.models import ProgressReport
from tests.browser import axe
from tests.browser.inspection import faults
from tests.browser.test_axe import sign_in
from tests.factories import MilestoneFactory
from tests.tasks.progress_scene import ProgressScene

pytestmark = pytest.mark.django_db(transaction=True)

NUMBERS = ["40,5", "35", "1 500 000,5", "120", "7", "60"]


@pytest.fixture
def scene(request: Any) -> ProgressScene:
    scene = ProgressScene(request)
    MilestoneFactory(project=scene.project, code="roof", name_kk="Шатыр", name_ru="Крыша")
    return scene


def taken_along(page: Page, portal: str, folder: Path, language: str = "kk") -> Path:
    page.goto(f"{portal}/{language}/report/files/")
    with page.expect_download() as waited:
        page.locator('a[href$="2026-01.html"]').click()
    kept = folder / waited.value.suggested_filename
    waited.value.save_as(kept)
    return kept


def test_a_report_is_filed_by_file(page: Page, portal: str, scene: ProgressScene, tmp_path: Path) -> None:
    sign_in(page, portal, scene.akimat_signer)
    form = taken_along(page, portal, tmp_path)
    page.set_viewport_size({"width": 390, "height": 800})
    page.context.set_offline(True)
    page.goto(form.as_uri())

    assert axe.violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    for field, typed in zip(page.locator("input[inputmode=decimal]").all(), NUMBERS, strict=True):
        field.focus()
        page.keyboard.type(typed)
    page.get_by_label("Сөзбен").fill("Іргетас құйылды")
    page.reload()  # what was typed is kept by the browser
    expect(page.locator("input[inputmode=decimal]").first).to_have_value("40,5")
    page.locator("input[inputmode=decimal]").last.fill("алпыс")
    page.locator("button").press("Enter")
    expect(page.locator("[aria-invalid=true]")).to_be_focused()
    assert axe.violations(page) == []
    page.locator("input[inputmode=decimal]").last.fill("60")
    with page.expect_download() as waited:
        page.locator("button").press("Enter")
    answers = tmp_path / waited.value.suggested_filename
    waited.value.save_as(answers)
    assert json.loads(answers.read_text())["answers"][scene.project.public_id]["text"] == "Іргетас құйылды"

    page.context.set_offline(False)
    for _again in range(2):  # sent twice, there once
        page.goto(f"{portal}/kk/report/files/")
        page.locator("input[type=file]").set_input_files(answers)
        page.locator("main button[type=submit]").last.press("Enter")
        expect(page.get_by_role("heading", name=scene.project.name_kk)).to_be_visible()
    assert axe.violations(page) == []
    page.locator(f'main a[href$="/report/2026-01/{scene.project.public_id}/"]').click()
    page.locator('button[value="submit"]').click()

    row = ProgressReport.objects.get()
    assert row.state == "submitted" and row.submitted_by == scene.akimat_signer
    assert [str(one.value) for one in row.values.order_by("pk")] == [
        "40.50",
        "35.00",
        "1500000.50",
        "120.00",
        "7.00",
        "60.00",
    ]


def test_the_page_of_files_and_what_it_says(
    page: Page, portal: str, scene: ProgressScene, tmp_path: Path
) -> None:
    row = scene.save(words={"text": "Ескі"})
    sign_in(page, portal, scene.akimat_signer)
    for language, width in (("kk", 390), ("ru", 1280)):
        assert faults(page, portal, f"/{language}/report/files/", width) == []
    answers = page.request.get(f"{portal}/kk/report/files/2026-01.json").json()
    ours = answers | {"answers": {scene.project.public_id: {"text": "Менікі"}}}
    scene.save(words={"text": "Олардыкі"}, client_uuid=row.client_uuid, base=row.version)
    for name, content in {"asked.json": ours, "wrong.json": {"frozen": 1}}.items():
        (tmp_path / name).write_text(json.dumps(content))
        page.set_viewport_size({"width": 390, "height": 800})
        page.goto(f"{portal}/kk/report/files/")
        page.locator("input[type=file]").set_input_files(tmp_path / name)
        page.locator("main form button[type=submit]").last.click()
        expect(page.locator("fieldset, .error-summary").first).to_be_visible()
        assert axe.violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
