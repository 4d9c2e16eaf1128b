"""One instruction, from the register to its removal from control, by the people who do it, in a browser.

The office registers it and puts it on control; the ministry takes it and starts; the akimat contributes; the ministry
asks for more time from a phone and the Deputy Prime Minister gives it; a report is returned, corrected, proposed for
removal and accepted. Every page on the way is judged: axe, sideways scroll, what the browser complains of.
"""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import Organisation
from tasks.models import Instruction
from tests.browser.inspection import listening
from tests.browser.test_accounts import enter, judge
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)

PEOPLE = {
    "dana": ("office", "project_office"),
    "kanat": ("leadership", "deputy_prime_minister"),
    "marat": ("executor", "mic"),
    "aigul": ("executor", "akimat_almaty_region"),
}
MINISTRY, AKIMAT = "mic", "akimat_almaty_region"
TASK = "Су құбырының жобасын бекіту"
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
PROOF = Path(__file__).parent / "vendor" / "axe-core-4.14.1" / "LICENSE"


@pytest.fixture
def people(portal: str) -> None:
    for name, (role, code) in PEOPLE.items():
        UserFactory(
            username=name, role=role, organisation=Organisation.objects.get(code=code), full_name=name
        )


@pytest.fixture
def as_(portal: str, people: None, browser: Any) -> Any:
    """as_("dana"): a window of her own, in which she has signed in; each listens for complaints."""
    windows: dict[str, Page] = {}
    heard: list[Any] = []

    def window(name: str, screen: Any = None, language: str = "kk") -> Page:
        if name not in windows:
            page = browser.new_context(viewport=screen or DESK).new_page()
            ear = listening(page, portal)
            heard.append((ear, ear.__enter__()))
            enter(page, portal, name, language)
            page.wait_for_load_state()
            windows[name] = page
        return windows[name]

    yield window
    for ear, complaints in heard:
        assert complaints == []
        ear.__exit__(None, None, None)
    for page in windows.values():
        page.context.close()


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def do(page: Page, verb: str, fill: Callable[[Page], None] = lambda page: None) -> None:
    """From the card to the page of the verb, and back by its button."""
    page.locator(f"main a[href*='/{verb}/']").first.click()
    fill(page)
    judge(page, page.viewport_size["width"] if page.viewport_size else 1280)
    page.locator("main form.form button[type=submit]").first.click()
    page.wait_for_load_state()


def state(page: Page, word: str) -> None:
    expect(page.locator(".page-head")).to_contain_text(word)


def test_from_the_register_to_its_removal(portal: str, as_: Any) -> None:
    office = as_("dana")
    card = _register(portal, office)
    _put_on_control(office)

    ministry = as_("marat", PHONE)
    _take(portal, ministry, card)
    _contribute(portal, as_("aigul", PHONE), card)
    _ask_for_more_time(ministry)

    leader = as_("kanat", PHONE, "ru")
    _grant(portal, leader)
    ministry.goto(portal + card)
    expect(ministry.locator(".page-head")).to_contain_text(f"{in_days(30):%d.%m.%Y}")
    expect(ministry.locator(".page-head")).to_contain_text(f"{in_days(10):%d.%m.%Y}")

    _report(ministry, "Жоба бекітілді")
    office.goto(portal + card)
    do(office, "return", lambda page: page.locator("[name=note]").fill("Мемлекеттік сараптаманы қосыңыз"))
    state(office, "Пысықтауға қайтарылды")
    ministry.goto(portal + card)
    expect(ministry.locator("main")).to_contain_text("Мемлекеттік сараптаманы қосыңыз")
    _report(ministry, "Жоба бекітілді, сараптамасы қоса берілді", PROOF)

    office.goto(portal + card)
    do(office, "propose_removal")
    _remove(portal, leader)

    office.goto(portal + card)
    state(office, "Бақылаудан алынды")
    judge(office, 1280)
    instruction = Instruction.objects.get(text_kk=TASK)
    assert (instruction.state, instruction.original_due, instruction.due) == (
        "executed",
        in_days(10),
        in_days(30),
    )
    assert instruction.removed_by and instruction.removed_by.username == "kanat"
    assert instruction.reports.get(kind="final").returns == 1


def _register(portal: str, office: Page) -> str:
    """The first lines of the paper: what, by whom given, who executes. The term is not known yet."""
    office.goto(f"{portal}/kk/control/")
    judge(office, 1280)
    office.locator("main a[href$='/control/register/']").first.click()
    judge(office, 1280)
    office.fill("[name=text_kk]", TASK)
    office.fill("[name=text_ru]", "Утвердить проект водопровода")
    office.fill("[name=issuer]", "deputy_prime_minister")
    office.fill("[name=lead]", MINISTRY)
    office.fill("[name=co_0]", AKIMAT)
    office.locator("main form.form > .actions button[type=submit]").click()
    expect(office.locator("h1")).to_contain_text(TASK)
    state(office, "Тіркелді")
    return office.url.removeprefix(portal)


def _put_on_control(office: Page) -> None:
    """Without a term and a result it is refused, with both fields named; nothing that was typed is lost."""
    office.locator("main a[href*='/put_on_control/']").first.click()
    office.fill("[name=expected_result_ru]", "Утверждённый проект")
    office.locator("main form.form button[type=submit]").click()
    expect(office.locator("[role=alert], .error-summary").first).to_be_visible()
    expect(office.locator("[name=expected_result_ru]")).to_have_value("Утверждённый проект")
    office.fill("[name=due]", in_days(10).isoformat())
    office.fill("[name=expected_result_kk]", "Бекітілген жоба")
    office.locator("main form.form button[type=submit]").click()
    state(office, "Бақылауда")


def _take(portal: str, ministry: Page, card: str) -> None:
    """From a phone: the list of what is owed leads to the next step."""
    ministry.goto(f"{portal}/kk/control/mine/")
    expect(ministry.locator("main")).to_contain_text(TASK)
    judge(ministry)
    ministry.goto(portal + card)
    judge(ministry)
    do(ministry, "accept_assignment")
    do(ministry, "start")
    state(ministry, "Орындалуда")


def _contribute(portal: str, akimat: Page, card: str) -> None:
    akimat.goto(portal + card)
    do(akimat, "contribute", lambda page: page.locator("[name=text]").fill("Жер телімі бөлінді"))
    expect(akimat.locator("main")).to_contain_text("Жер телімі бөлінді")
    expect(akimat.locator("main a[href*='/request_extension/']")).to_have_count(0)  # the leader's alone


def _ask_for_more_time(ministry: Page) -> None:
    def ask(page: Page) -> None:
        page.fill("[name=new_due]", in_days(40).isoformat())
        page.fill("[name=reason]", "Жабдық кешікті")

    do(ministry, "request_extension", ask)
    expect(ministry.locator("main")).to_contain_text("Жабдық кешікті")
    expect(ministry.locator("main a[href*='/request_extension/']")).to_have_count(0)  # one at a time


def _grant(portal: str, leader: Page) -> None:
    """In Russian and on a phone: what waits for a decision, and another date than the one asked for."""
    leader.goto(f"{portal}/ru/control/decisions/")
    judge(leader)
    expect(leader.locator("main")).to_contain_text("Утвердить проект водопровода")
    leader.locator("main details.unfold-inline > summary").first.click()
    leader.locator("main details.unfold-inline input[type=date]").first.fill(in_days(30).isoformat())
    leader.locator("main details.unfold-inline button[type=submit]").first.click()
    expect(leader.locator("main details.unfold-inline")).to_have_count(0)


def _report(ministry: Page, text: str, proof: Path | None = None) -> None:
    def write(page: Page) -> None:
        page.goto(page.url.partition("?")[0] + "?kind=final")
        page.fill("[name=text]", text)
        if proof:
            page.set_input_files(
                "[name=documents]",
                {
                    "name": "сараптама.txt",
                    "mimeType": "text/plain",
                    "buffer": proof.read_bytes(),
                },
            )

    do(ministry, "report", write)
    state(ministry, "Есеп берілді")


def _remove(portal: str, leader: Page) -> None:
    leader.goto(f"{portal}/ru/control/decisions/")
    judge(leader)
    leader.locator("main button[name=verb][value=accept]").click()
    expect(leader.locator("main button[name=verb][value=accept]")).to_have_count(0)
