"""From a pasted press release to instructions on control, by the office, in a browser.

The text is pasted; what was read is checked item by item; each instruction is registered and put on control, with
what the text does not say and a reason for what is weak. Pasted again, the text is known. Every page is judged.
"""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import Organisation
from tasks.models import Instruction, Meeting, Protocol
from tests.browser.inspection import listening
from tests.browser.test_accounts import enter, judge
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)
SHIPPED = (Path("tasks/data") / "press-release-2025-09-29.kk.txt").read_text(encoding="utf-8-sig")
#: The same words on another day: the release itself is in the register, and the page says so.
RELEASE = SHIPPED.replace("date 2025-09-29", "date 2025-10-06")


@pytest.fixture
def desk(portal: str, browser: Any) -> Any:
    """A window in which the office has signed in."""
    body = Organisation.objects.get(code="project_office")
    UserFactory(username="dana", role="office", organisation=body, full_name="dana")
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    with listening(page, portal) as complaints:
        enter(page, portal, "dana", "kk")
        yield page
        assert complaints == []
    page.context.close()


def paste(page: Page, portal: str, text: str) -> None:
    page.goto(f"{portal}/kk/meetings/")
    page.locator("main a[href$='/meetings/import/']").click()
    page.fill("[name=text]", text)
    page.locator("main form.form button[type=submit]").click()
    page.wait_for_load_state()


def take(page: Page) -> None:
    """The first instruction that waits becomes one of the register."""
    page.locator("li.item:has(.tag-active) a.button").first.click()
    judge(page, 1280)
    page.locator("main form.register-form .actions button[type=submit]").click()
    page.wait_for_load_state()


def put_on_control(page: Page, result: str) -> None:
    """Straight from the message that says that it is registered."""
    page.locator("a[href*='/put_on_control/']").first.click()
    day = timezone.localdate() + timedelta(days=45)
    page.fill("[name=due]", f"{day:%Y-%m-%d}")
    page.fill("[name=expected_result_kk]", result)
    if not page.input_value("[name=lead]"):
        page.fill("[name=lead]", "mic")
    page.fill("[name=reason]", "Хабарламада солай айтылған")
    judge(page, 1280)
    page.locator("main form.form button[type=submit]").first.click()
    page.wait_for_load_state()


def test_a_pasted_press_release_becomes_instructions_on_control(portal: str, desk: Page) -> None:
    before = set(Instruction.objects.values_list("pk", flat=True))
    paste(desk, portal, RELEASE)
    judge(desk, 1280)
    expect(desk.locator(".read-text mark")).to_have_count(Protocol.objects.latest("pk").items.count())
    paper = desk.url

    for number in (1, 2):
        take(desk)
        put_on_control(desk, f"Акт № {number}")
        expect(desk.locator(".page-head")).to_contain_text("Бақылауда")
        desk.goto(paper)

    made = Instruction.objects.exclude(pk__in=before).order_by("pk")
    assert [one.state for one in made] == ["on_control", "on_control"]
    first = made[0]
    assert {one.organisation.code for one in first.executors.exclude(organisation=None)} == {
        "mic",
        "akimat_almaty_region",
    }
    assert first.source_item.text in RELEASE
    desk.set_viewport_size({"width": 390, "height": 844})
    judge(desk, 390)


def test_the_release_of_the_register_is_known(portal: str, desk: Page) -> None:
    meetings = Meeting.objects.count()
    paste(desk, portal, SHIPPED)

    expect(desk.locator(".error-summary")).to_contain_text("Бұл мәтін тізілімде бар")
    judge(desk, 1280)
    desk.locator("[name=again]").check()
    desk.locator("main form.form button[type=submit]").click()
    desk.wait_for_load_state()

    expect(desk.locator("#items")).to_be_visible()
    assert Meeting.objects.count() == meetings + 1


def test_a_meeting_is_written_down_signed_and_corrected(portal: str, desk: Page) -> None:
    desk.goto(f"{portal}/kk/meetings/new/")
    desk.select_option("[name=kind]", "project_office")
    desk.fill("[name=held]", f"{timezone.localdate():%Y-%m-%d}")
    desk.fill("[name=title_kk]", "Жобалық офис отырысы")
    desk.fill("[name=agenda-0-title_kk]", "Су құбыры")
    desk.locator("main form .actions button[type=submit]").first.click()
    expect(desk.locator("main")).to_contain_text("Су құбыры")
    expect(desk.locator("#agenda + ol")).to_contain_text("алдыңғы отырыстан ашық қалған")
    judge(desk, 1280)

    desk.locator("a[href$='/protocol/']").click()
    desk.locator("main form.form button[type=submit]").click()
    desk.select_option("[name=kind]", "decision")
    desk.fill("main [name=text]", "Жарғы бекітілсін")
    desk.locator("form[action$='/add/'] button[type=submit]").click()
    desk.locator("a[href$='/sign/']").click()
    desk.fill("[name=number]", "17")
    judge(desk, 1280)
    desk.locator("main form.form button[type=submit]").click()
    expect(desk.locator(".page-head")).to_contain_text("қол қойылған")
    desk.locator("a[href$='/correct/']").click()
    desk.fill("[name=reason]", "Нөмірі қате")
    desk.locator("main form.form button[type=submit]").click()
    expect(desk.locator(".page-head")).to_contain_text("Мынаны ауыстырады")
    judge(desk, 1280)
    assert Protocol.objects.filter(supersedes__isnull=False).count() == 1
