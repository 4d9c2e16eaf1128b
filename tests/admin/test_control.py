"""Instructions in the admin: their verbs by pages, for whoever may use them now; the rest is only looked at."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from psycopg.types.range import DateRange

from accounts.models import User
from core.models import Change
from tasks.admin.control import DECISIONS
from tasks.admin.instruction_verbs import VERBS as ON_INSTRUCTIONS
from tasks.choices import InstructionState
from tasks.models import Executor, Instruction
from tests.admin.rows import address, handed_in
from tests.admin.test_verbs import page_of
from tests.factories import (
    ExtensionFactory,
    InstructionFactory,
    OrganisationFactory,
    SubstitutionFactory,
    UserFactory,
    instruction_in,
    ready_instruction,
)

pytestmark = pytest.mark.django_db

S = InstructionState
#: What the office is offered, by state.
OFFICE = {
    S.REGISTERED: {"put-on-control", "set-recurrence", "set-controller", "cancel"},
    S.ON_CONTROL: {"reassign", "set-recurrence", "set-controller", "cancel"},
    S.IN_EXECUTION: {"reassign", "set-recurrence", "set-controller", "cancel"},
    S.REPORTED: {"propose-removal", "set-controller", "return"},
    S.RETURNED: {"reassign", "set-recurrence", "set-controller", "cancel"},
    S.EXECUTED: set(),
    S.CANCELLED: set(),
}
LIST = address("tasks.Instruction", "changelist")


def offered(client, row):
    page = client.get(address(row._meta.label, "change", row.pk))
    return {one["path"].rstrip("/").rpartition("/")[2] for one in page.context["actions_detail"]}


def acting_for(person, substitute):
    """The substitute has the person's rights today."""
    today = timezone.localdate()
    SubstitutionFactory(
        person=person, substitute=substitute, during=DateRange(today, today + timedelta(days=2))
    )


def proposed(by, **facts):
    instruction = instruction_in("reported", **facts)
    instruction.removal_proposed_by, instruction.removal_proposed_at = by, timezone.now()
    instruction.save()
    return instruction


@pytest.mark.parametrize("state", S)
def test_the_office_is_offered_what_is_its_and_has_a_sense_now(browse, office, auditor, state):
    instruction = instruction_in(state)

    assert offered(browse(office), instruction) == OFFICE[state]
    assert offered(browse(auditor), instruction) == set()


@pytest.mark.parametrize("verb", ON_INSTRUCTIONS.values(), ids=lambda verb: verb.code)
def test_an_auditor_is_refused_every_verb_of_an_instruction(browse, auditor, verb):
    page = page_of(instruction_in("reported"), verb.code.replace("_", "-"))

    assert browse(auditor).get(page).status_code == 403
    assert browse(auditor).post(page, {}).status_code == 403


@pytest.mark.parametrize("verb", DECISIONS)
def test_an_auditor_is_refused_every_decision(browse, auditor, verb):
    page = page_of(ExtensionFactory(), verb.replace("_", "-"))

    assert browse(auditor).post(page, {}).status_code == 403


def test_control_asks_what_the_register_lacks(browse, office):
    instruction, lead, client = InstructionFactory(), OrganisationFactory(), browse(office)
    page = page_of(instruction, "put-on-control")

    refused = client.post(page, {"expected_result_kk": "Акт"})
    assert set(refused.context["form"].errors) >= {"due"}
    assert refused.context["form"]["expected_result_kk"].value() == "Акт"
    typed = {"due": "2027-03-01", "expected_result_kk": "Қабылдау актісі", "lead": lead.pk}
    assert client.post(page, typed).status_code == 302

    instruction.refresh_from_db()
    assert (instruction.state, instruction.due, instruction.original_due) == (
        "on_control",
        date(2027, 3, 1),
        date(2027, 3, 1),
    )
    assert (instruction.controller, instruction.executors.get().organisation) == (office, lead)


def test_control_asks_nothing_that_is_known(browse, office):
    client, instruction = browse(office), ready_instruction()
    page = page_of(instruction, "put-on-control")

    assert set(client.get(page).context["form"].fields) == {"controller", "reason"}
    client.post(page, {"reason": "Мерзімі бұрын қойылған"})

    assert Instruction.objects.get(pk=instruction.pk).state == "on_control"


def test_another_organisation_leads(browse, office):
    instruction, client = instruction_in("on_control"), browse(office)
    page, other = page_of(instruction, "reassign"), OrganisationFactory()

    assert "lead" in client.post(page, {"reason": "x"}).context["form"].errors
    assert "reason" in client.post(page, {"lead": other.pk}).context["form"].errors
    client.post(page, {"lead": other.pk, "reason": "Құзыреті соған жатады"})

    live = Executor.objects.filter(instruction=instruction).live()
    assert [(row.organisation, row.role) for row in live] == [(other, "lead")]
    last = Change.objects.filter(verb="reassign").last()
    assert (last.actor, last.note) == (f"user:{office.pk}", "Құзыреті соған жатады")


def test_a_report_is_read_returned_and_proposed_for_removal(browse, office):
    returned, good, client = instruction_in("reported"), instruction_in("reported"), browse(office)

    shown = client.get(page_of(returned, "return"))
    assert "Салынды" in shown.content.decode()
    assert "note" in client.post(page_of(returned, "return"), {}).context["form"].errors
    client.post(page_of(returned, "return"), {"note": "Актісі жоқ"})
    client.post(page_of(good, "propose-removal"))

    returned.refresh_from_db()
    good.refresh_from_db()
    assert (returned.state, good.removal_proposed_by) == ("returned", office)
    assert offered(client, good) == {"return", "set-controller"}


def test_who_acts_for_whoever_gave_it_removes_whole_and_in_part(browse, office, second_office, leadership):
    acting_for(leadership, office)
    whole, part = (proposed(second_office, issuer=leadership.organisation) for _number in range(2))
    client = browse(office)
    assert offered(client, whole) == {"accept", "remove-part", "return", "set-controller"}

    client.post(page_of(whole, "accept"))
    typed = {"text_kk": "4 км жол салу", "expected_result_kk": "4 км", "due": "2027-09-01"}
    refused = client.post(page_of(part, "remove-part"), typed | {"text_kk": ""})
    client.post(page_of(part, "remove-part"), typed)

    assert "text_kk" in refused.context["form"].errors
    whole.refresh_from_db()
    part.refresh_from_db()
    assert (whole.state, whole.removed_by, whole.removed_for) == ("executed", office, leadership)
    assert (part.state, part.remainder.due) == ("executed", date(2027, 9, 1))


def test_whoever_proposed_does_not_remove(browse, office, leadership):
    acting_for(leadership, office)

    assert offered(browse(office), proposed(office, issuer=leadership.organisation)) == {
        "return",
        "set-controller",
    }


def test_an_interim_report_is_accepted_and_closes_nothing(browse, office):
    report, client = handed_in(), browse(office)
    assert "accept-interim" in offered(client, report.instruction)

    client.post(page_of(report.instruction, "accept-interim"))

    report.refresh_from_db()
    assert (report.state, Instruction.objects.get().state) == ("accepted", "on_control")


def test_it_recurs_and_ends(browse, office):
    instruction, client = instruction_in("on_control"), browse(office)

    wrong = client.post(page_of(instruction, "set-recurrence"), {"recurrence": "weekly", "day": "9"})
    assert wrong.context["form"].errors
    client.post(page_of(instruction, "set-recurrence"), {"recurrence": "monthly", "day": "5"})
    instruction.refresh_from_db()
    assert (instruction.recurrence, instruction.recurrence_day) == ("monthly", 5)
    client.post(page_of(instruction, "cancel"), {"reason": "Қайталанған"})

    instruction.refresh_from_db()
    assert (instruction.state, instruction.cancelled_reason) == ("cancelled", "Қайталанған")


def test_more_time_is_decided_and_corrected(browse, office, leadership):
    extension = ExtensionFactory(instruction=instruction_in("on_control", issuer=leadership.organisation))
    client = browse(office)
    assert offered(client, extension) == {"take-up"}
    client.post(page_of(extension, "take-up"))
    assert client.get(page_of(extension, "grant")).status_code == 403

    acting_for(leadership, office)
    assert offered(client, extension) == {"grant", "refuse"}
    assert "reason" in client.post(page_of(extension, "refuse"), {}).context["form"].errors
    client.post(page_of(extension, "grant"), {"due": "2026-03-20"})
    extension.refresh_from_db()
    assert (extension.state, extension.instruction.due) == ("granted", date(2026, 3, 20))
    assert offered(client, extension) == {"correct"}
    client.post(page_of(extension, "correct"), {"why": "Қате күн", "reason": "Мерзім жеткілікті"})

    extension.refresh_from_db()
    assert (extension.corrected_by.state, extension.instruction.due) == ("refused", date(2026, 3, 1))
    assert (extension.corrected_by.decided_by, extension.corrected_by.decided_for) == (office, leadership)
    assert offered(client, extension) == set()


@pytest.mark.parametrize("facts", [{"is_active": False}, {"valid_until": date(2020, 1, 1)}])
def test_a_substitution_for_a_closed_account_is_not_called_in_force(browse, office, executor, facts):
    acting_for(executor, UserFactory(username="substitute"))
    page = address("accounts.Substitution", "changelist")
    open_one = browse(office).get(page, {"waits": "now"})
    User.objects.filter(pk=executor.pk).update(**facts)

    closed, every = browse(office).get(page, {"waits": "now"}), browse(office).get(page)

    assert [len(answer.context["cl"].result_list) for answer in (open_one, closed, every)] == [1, 0, 1]
    assert "gives no rights: that account is closed" in every.content.decode()
