"""The filing wizard and its people: signed out, on two devices, one after the other, with the keyboard alone."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from accounts.models import Session
from districts.models import Milestone
from tasks.models import ProgressReport
from tests.browser import axe
from tests.browser.wizard import (
    LONG,
    NUMBERS,
    PHONE,
    STEPS,
    begin,
    errors,
    fill,
    go,
    home,
    photo,
    receipt,
    says,
    scene,
)
from tests.tasks.progress_scene import ProgressScene

__all__ = ["errors", "home", "scene"]

pytestmark = pytest.mark.django_db(transaction=True)


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
    go(page, "files")
    page.set_input_files("#w-add", {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": photo()})
    says(page, "held")
    assert page.evaluate(KEPT) == [1, 1, 1]

    page.goto(f"{home}/kk/accounts/logout/")
    asked: list[str] = []
    page.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    page.locator("main button[type=submit]").click()
    assert len(asked) == 1 and page.url.endswith("/logout/")  # a photo that was never sent would go
    page.once("dialog", lambda dialog: dialog.accept())
    page.locator("main button[type=submit]").click()
    page.wait_for_url(f"{home}/kk/")

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
