"""The filing wizard in a real browser, with the network cut and restored: one report, all bytes, no dead end."""

import hashlib
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tasks.models import Evidence, ProgressReport
from tests.browser.wizard import (
    begin,
    errors,
    fill,
    go,
    home,
    photo,
    receipt,
    says,
    scene,
    submit,
)
from tests.tasks.progress_scene import ProgressScene

__all__ = ["errors", "home", "scene"]

pytestmark = pytest.mark.django_db(transaction=True)


def test_filled_in_without_network_it_arrives_once(
    page: Page, home: str, scene: ProgressScene, errors: Any
) -> None:
    begin(page, home, scene, scene.akimat_signer, "#progress")
    says(page, "saved")
    page.context.set_offline(True)
    fill(page)
    says(page, "offline")

    page.reload()
    expect(page.locator("[name=spent]")).to_have_value("1 500 000,50")
    page.goto(f"{home}/kk/report/")
    page.locator("[data-drafts] a").click()
    go(page, "words")
    page.fill("[name=text]", "Іргетас құйылды")
    submit(page)
    says(page, "offline")
    page.context.set_offline(False)

    number = receipt(page)
    row = ProgressReport.objects.get()
    assert (row.public_id, row.state, row.text) == (number, "submitted", "Іргетас құйылды")
    assert {value.metric: str(value.value) for value in row.values.all()} == {
        "physical_progress": "40.50", "financial_progress": "35.00", "spent": "1500000.50",
        "jobs_construction": "120.00", "jobs_permanent": "None", "jobs_local": "None",
    }  # fmt: skip


def test_the_lost_answer_of_the_submission_makes_no_second_report(
    page: Page, home: str, scene: ProgressScene, errors: Any
) -> None:
    lost: list[str] = []

    def lose(route: Route) -> None:
        if not lost:
            route.fetch()
            lost.append(route.request.url)
            return route.abort()
        return route.continue_()

    begin(page, home, scene, scene.akimat_signer, "#progress")
    fill(page)
    says(page, "saved")
    page.context.route("**/submit/", lose)
    submit(page)

    assert receipt(page) == ProgressReport.objects.get(state="submitted").public_id
    assert len(lost) == 1 and ProgressReport.objects.count() == 1


def test_a_photo_arrives_whole_though_its_pieces_are_lost(
    page: Page, home: str, scene: ProgressScene, errors: Any
) -> None:
    sent: list[int] = []

    def lose(route: Route) -> None:
        if route.request.method == "PATCH":
            sent.append(int(route.request.headers["upload-offset"]))
            if len(sent) == 1:
                route.fetch()  # it arrives, its answer does not
            if len(sent) in (1, 3):
                return route.abort()
        return route.continue_()

    picture = photo()
    begin(page, home, scene, scene.akimat_signer, "#progress")
    fill(page)
    page.context.route("**/api/v1/uploads/**", lose)
    go(page, "files")
    page.set_input_files("#w-add", {"name": "котлован.jpg", "mimeType": "image/jpeg", "buffer": picture})
    page.fill("[data-file=caption]", "Қазаншұңқыр")
    says(page, "held")  # nothing of it is on the server yet, and nothing says that it is
    assert sent == []
    submit(page)

    receipt(page)
    proof = Evidence.objects.get()
    assert (proof.progress, proof.note) == (ProgressReport.objects.get(state="submitted"), "Қазаншұңқыр")
    assert (proof.file.size, proof.file.sha256) == (len(picture), hashlib.sha256(picture).hexdigest())
    assert len(picture) > 2 * 256 * 1024 and sent[:3] == [0, 256 * 1024, 512 * 1024]
