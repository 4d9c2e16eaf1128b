"""A card with something of everything, and the forms of its verbs, as each of those who meet there sees them."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from accounts.models import Organisation
from tasks import services
from tasks.models import Instruction
from tests.browser.inspection import ALL, faults
from tests.browser.test_axe import sign_in
from tests.factories import UserFactory
from tests.pages.control import address, executing, in_days

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people(portal: str) -> dict[str, Any]:
    bodies = {"office": "project_office", "leadership": "deputy_prime_minister", "executor": "mic"}
    made = {
        role: UserFactory(username=role, role=role, organisation=Organisation.objects.get(code=code))
        for role, code in bodies.items()
    }
    akimat = Organisation.objects.get(code="akimat_almaty_region")
    return made | {"co": UserFactory(username="co", role="executor", organisation=akimat)}


@pytest.fixture
def full(people: dict[str, Any]) -> Instruction:
    office, leadership, executor, co = people.values()
    made = executing(office, leadership, executor, co, evidence_kind="link")
    proof = services.Proof(kind="link", url="https://example.kz/act")
    services.contribute(made, by=co, text="Жер бөлінді", proofs=[proof])
    services.report(made, by=executor, kind="interim", text="Іргетас құйылды", proofs=[proof])
    services.accept(made, by=office)
    asked = services.request_extension(made, by=executor, new_due=in_days(60), reason="Жабдық кешікті")
    services.grant(asked, by=leadership, due=in_days(50))
    services.report(made, by=executor, kind="final", text="Салынды", proofs=[proof])
    services.return_report(made, by=office, note="Актіні қосыңыз")
    services.request_extension(made, by=executor, new_due=in_days(90), reason="Тағы кешікті")
    return made


VERBS = {
    "office": ["", "reassign", "set_controller", "set_recurrence", "take_up", "cancel"],
    "leadership": ["", "grant", "refuse"],
    "executor": ["", "report", "split", "withdraw"],
    "co": ["", "contribute", "accept_assignment"],
}


@pytest.mark.parametrize("role", VERBS)
def test_nothing_is_wrong_with_what_each_sees(
    page: Page, portal: str, full: Instruction, people: dict[str, Any], role: str
) -> None:
    sign_in(page, portal, people[role])

    found = [
        fault
        for place, verb in enumerate(VERBS[role])
        for language, width in (ALL if verb == "" else [ALL[place % len(ALL)]])
        for fault in faults(page, portal, address(full, verb, language), width)
    ]

    assert found == [], "\n".join(found)


def test_paper_gets_the_card_without_the_buttons(
    page: Page, portal: str, full: Instruction, people: dict[str, Any]
) -> None:
    sign_in(page, portal, people["office"])
    page.goto(portal + address(full))
    page.emulate_media(media="print")

    expect(page.locator(".verbs")).to_be_hidden()
    expect(page.locator("svg.wide-chart")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
