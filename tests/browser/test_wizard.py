"""The filing wizard in a real browser, with the network cut and restored: one report, all bytes, no dead end."""

import hashlib
import io
import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from PIL import Image
from playwright.sync_api import Browser, Page, Route, expect

from districts.models import Milestone
from tasks.models import Evidence, ProgressReport
from tests.browser import axe
from tests.browser.test_axe import sign_in
from tests.tasks.progress_scene import ProgressScene

pytestmark = pytest.mark.django_db(transaction=True)

NUMBERS = {
    "physical_progress": "40,5",
    "financial_progress": "35",
    "spent": "1 500 000,50",
    "jobs_construction": "120",
}
PHONE = {"width": 390, "height": 844}
STEPS = ("project", "progress", "milestones", "words", "files", "check")
LONG = 20_000  # ms: the machine may be busy


@pytest.fixture
def scene(
    live_server: Any, transactional_db: None, request: Any, monkeypatch: pytest.MonkeyPatch
) -> ProgressScene:
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 0)
    return ProgressScene(request)


@pytest.fixture
def home(live_server: Any) -> str:
    return live_server.url


@pytest.fixture
def errors(page: Page) -> Iterator[list[str]]:
    """Of scripts and of the content policy; that the network is gone is what these tests are about."""
    heard: list[str] = []
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("console", lambda said: _is_ours(said) and heard.append(said.text))
    yield heard
    assert heard == []


def _is_ours(said: Any) -> bool:
    return said.type in {"error", "warning"} and "Failed to load resource" not in said.text


def begin(
    page: Page,
    home: str,
    scene: ProgressScene,
    by: Any,
    step: str = "",
    language: str = "kk",
    worker: bool = True,
) -> None:
    page.set_viewport_size(PHONE)
    sign_in(page, home, by)
    page.goto("about:blank")  # only what follows a “#” would differ
    page.goto(f"{home}/{language}/report/2026-01/{scene.project.public_id}/{step}")
    expect(page.locator("html[data-wizard=ready]")).to_be_attached(timeout=LONG)
    if worker:
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")


def fill(page: Page) -> None:
    for name, value in NUMBERS.items():
        page.fill(f"[name={name}]", value)
    page.select_option("[name=jobs_permanent_mark]", "not_applicable")
    page.select_option("[name=jobs_local_mark]", "no_data")


def says(page: Page, state: str) -> None:
    expect(page.locator(f".sync[data-state={state}]")).to_be_visible(timeout=LONG)


def go(page: Page, step: str) -> None:
    page.locator(f".wizard-steps a[href='#{step}']").click()
    expect(page.locator(f"[data-step={step}] h2")).to_be_focused()


def submit(page: Page) -> None:
    go(page, "check")
    page.locator("[data-do=submit]").click()


def receipt(page: Page) -> str:
    expect(page.locator("[data-say=number]")).to_contain_text("ALT-R-", timeout=LONG)
    return page.locator("[data-say=number]").inner_text()


def photo() -> bytes:
    """A JPEG of three pieces, which no compression makes small."""
    held = io.BytesIO()
    Image.frombytes("RGB", (900, 700), os.urandom(900 * 700 * 3)).save(held, "JPEG", quality=92)
    return held.getvalue()


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
    submit(page)

    receipt(page)
    proof = Evidence.objects.get()
    assert (proof.progress, proof.note) == (ProgressReport.objects.get(state="submitted"), "Қазаншұңқыр")
    assert (proof.file.size, proof.file.sha256) == (len(picture), hashlib.sha256(picture).hexdigest())
    assert len(picture) > 2 * 256 * 1024 and sent[:3] == [0, 256 * 1024, 512 * 1024]


def test_who_is_signed_out_loses_nothing(page: Page, home: str, scene: ProgressScene, errors: Any) -> None:
    begin(page, home, scene, scene.akimat_preparer, "#progress")
    says(page, "saved")
    Session.objects.all().delete()
    fill(page)
    says(page, "signin")
    expect(page.locator("[data-sync] a")).to_have_attribute(
        "href", f"/kk/accounts/login/?next=%2Fkk%2Freport%2F2026-01%2F{scene.project.public_id}%2F%23progress"
    )

    begin(page, home, scene, scene.akimat_preparer, "#progress")
    says(page, "saved")

    assert ProgressReport.objects.get().values.get(metric="spent").value == 1_500_000.50


def test_two_devices_are_shown_both_and_asked(
    page: Page, home: str, scene: ProgressScene, errors: Any, browser: Browser
) -> None:
    begin(page, home, scene, scene.akimat_preparer, "#progress")
    fill(page)
    says(page, "saved")
    other = browser.new_page()
    begin(other, home, scene, scene.akimat_signer, "#progress")
    expect(other.locator("[name=spent]")).to_have_value("1500000.5")
    other.context.set_offline(True)
    other.fill("[name=physical_progress]", "50")
    other.fill("[name=financial_progress]", "36")
    says(other, "offline")
    page.fill("[name=physical_progress]", "45")
    page.fill("[name=jobs_construction]", "130")
    says(page, "saved")

    other.context.set_offline(False)
    expect(other.locator("[data-step=conflict] h2")).to_be_focused(timeout=LONG)
    choice = other.locator("[data-conflicts] fieldset")
    expect(choice).to_have_count(1)
    expect(choice).to_contain_text("50")
    expect(choice).to_contain_text("45")
    other.locator("[data-conflicts] [value=mine]").check()
    other.locator("[data-do=choose]").click()
    says(other, "saved")

    told = {row.metric: int(row.value) for row in ProgressReport.objects.get().values.exclude(value=None)}
    assert told | {"physical_progress": 50, "financial_progress": 36, "jobs_construction": 130} == told
    other.context.close()


def test_signing_out_leaves_nothing_on_the_device(
    page: Page, home: str, scene: ProgressScene, errors: Any
) -> None:
    begin(page, home, scene, scene.akimat_preparer, "#progress")
    page.context.set_offline(True)
    page.fill("[name=spent]", "777")
    says(page, "offline")
    page.context.set_offline(False)
    says(page, "saved")
    assert page.evaluate(KEPT) == [1, 1, 1]

    page.goto(f"{home}/kk/accounts/logout/")
    page.locator("main button[type=submit]").click()
    page.wait_for_url(f"{home}/kk/**")

    page.goto(f"{home}/kk/accounts/login/")
    assert page.evaluate(KEPT) == [0, 0, 0]


#: How many databases, caches and workers the portal has on this device.
KEPT = """Promise.all([indexedDB.databases(), caches.keys(), navigator.serviceWorker.getRegistrations()])
  .then((all) => all.map((one) => one.length))"""


def test_another_person_on_the_device_sees_nothing_of_the_first(
    page: Page, home: str, scene: ProgressScene, errors: Any
) -> None:
    begin(page, home, scene, scene.akimat_preparer, "#progress")
    says(page, "saved")
    Session.objects.all().delete()
    page.fill("[name=spent]", "777")
    says(page, "signin")

    begin(page, home, scene, scene.akimat_signer, "#progress")
    expect(page.locator("[name=spent]")).to_have_value("")
    begin(page, home, scene, scene.akimat_preparer, "#progress")
    expect(page.locator("[name=spent]")).to_have_value("777")


def test_where_it_is_switched_off_the_worker_takes_itself_away(
    page: Page, home: str, scene: ProgressScene, settings: Any
) -> None:
    begin(page, home, scene, scene.akimat_preparer)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    settings.WIZARD_OFFLINE = False

    page.evaluate("navigator.serviceWorker.getRegistration().then((one) => one.update())")
    for _ in range(100):
        if (kept := page.evaluate(KEPT))[1:] == [0, 0]:
            break
        page.wait_for_timeout(100)
    assert kept == [1, 0, 0]  # what is typed is not touched
    begin(page, home, scene, scene.akimat_preparer, "#progress", worker=False)
    fill(page)
    says(page, "saved")
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0


def test_with_the_keyboard_alone_and_without_a_fault_of_axe(
    page: Page, home: str, scene: ProgressScene, errors: Any
) -> None:
    Milestone.objects.create(project=scene.project, code="start", name_kk="Басталуы", name_ru="Начало")
    begin(page, home, scene, scene.akimat_signer, language="ru")
    says(page, "saved")
    for step in STEPS:
        assert axe.violations(page, axe.ALL) == [], step
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], step
        if step == "progress":
            type_numbers(page)
        if step != "check":
            tab_to(page, f"[data-step={step}] .actions .button")
            page.keyboard.press("Enter")
            expect(page.locator(f"[data-step={STEPS[STEPS.index(step) + 1]}] h2")).to_be_focused()
    page.go_back()
    expect(page.locator("[data-step=files] h2")).to_be_focused()
    page.go_forward()
    tab_to(page, "[data-do=submit]")
    page.keyboard.press("Enter")
    expect(page.locator("[data-summary]")).to_be_focused()
    tab_to(page, "[data-summary] a")
    page.keyboard.press("Enter")
    expect(page.locator("[name=jobs_local]")).to_be_focused()
    page.keyboard.type("7")
    says(page, "saved")
    go(page, "check")
    tab_to(page, "[data-do=submit]")
    page.keyboard.press("Enter")

    receipt(page)
    assert axe.violations(page, axe.ALL) == []


def tab_to(page: Page, selector: str, most: int = 60) -> None:
    """As in test_keyboard; but the button inside a field of a day has the focus without being `:focus`."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate(
            "wanted => document.activeElement === "
            "[...document.querySelectorAll(wanted)].find(one => one.checkVisibility())",
            selector,
        ):
            return
    raise AssertionError(f"{selector} is not reached by Tab")


def type_numbers(page: Page) -> None:
    for name in (*NUMBERS, "jobs_permanent"):
        tab_to(page, f"[name={name}]")
        page.keyboard.type(NUMBERS.get(name, "0"))
