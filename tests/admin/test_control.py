"""Instructions in the admin: their verbs by pages, for whoever may use them now; the rest is only looked at."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from psycopg.types.range import DateRange

from accounts.models import Substitution
from core.admin import VERBS
from core.models import Change
from tasks.admin.control import DECISIONS
from tasks.admin.instruction_verbs import VERBS as ON_INSTRUCTIONS
from tasks.choices import InstructionState
from tasks.models import Executor, Instruction
from tasks.words import DONE
from tests.admin.forms import filled, sentences
from tests.admin.rows import address, handed_in
from tests.admin.test_verbs import page_of
from tests.factories import (
    ContributionFactory,
    ExecutionReportFactory,
    ExtensionFactory,
    InstructionFactory,
    OrganisationFactory,
    SubstitutionFactory,
    UserFactory,
    decided_extension,
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

    assert set(client.get(page).context["form"].fields) == {"controller"}
    client.post(page, {})

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


def test_a_term_and_a_state_are_not_typed(browse, office):
    instruction, client = instruction_in("on_control"), browse(office)
    page = address("tasks.Instruction", "change", instruction.pk)
    form = client.get(page).context["adminform"].form

    assert not {"state", "due", "original_due", "executed_on", "is_demo"} & set(form.fields)
    client.post(page, filled(client.get(page), state="executed", due="2030-01-01", why="x"))

    instruction.refresh_from_db()
    assert (instruction.state, instruction.due) == ("on_control", instruction.original_due)


def test_executors_are_mended_while_registered_and_added_later(browse, office):
    instruction, added, client = instruction_in("on_control"), OrganisationFactory(), browse(office)
    page = address("tasks.Instruction", "change", instruction.pk)
    shown = client.get(page)
    executors = next(
        inline for inline in shown.context["inline_admin_formsets"] if inline.opts.model is Executor
    )
    assert (executors.has_change_permission, executors.has_delete_permission) == (False, False)

    new = {
        "executors-TOTAL_FORMS": "2",
        "executors-1-organisation": added.pk,
        "executors-1-instruction": instruction.pk,
    }
    lead = client.post(page, filled(shown, **new, **{"executors-1-role": "lead"}))
    assert lead.status_code == 200
    co = client.post(page, filled(client.get(page), **new, **{"executors-1-role": "co"}))

    assert co.status_code == 302, sentences(co)
    row = instruction.executors.get(organisation=added)
    assert (row.role, row.assigned_on) == ("co", timezone.localdate())


def test_another_controller_is_named(browse, office, second_office):
    instruction, client = instruction_in("on_control"), browse(office)
    page = page_of(instruction, "set-controller")

    assert "controller" in client.post(page, {}).context["form"].errors
    client.post(page, {"controller": second_office.pk})

    instruction.refresh_from_db()
    assert instruction.controller == second_office


def test_many_are_put_on_control_and_each_is_judged(browse, office):
    ready, bare, client = ready_instruction(due=None, original_due=None), InstructionFactory(), browse(office)
    asked = {"action": "put_many_on_control", "_selected_action": [ready.pk, bare.pk]}

    preview = client.post(LIST, asked)
    assert [row.pk for row in preview.context["rows"]] and not preview.context["outcomes"]
    assert "term not set" in preview.content.decode()
    answer = client.post(LIST, asked | {"apply": "1", "due": "2027-03-01"})

    said = {outcome.row.pk: " ".join(outcome.said) for outcome in answer.context["outcomes"]}
    assert (said[ready.pk], answer.context["done"]) == ("", 1)
    assert "expected result" in said[bare.pk]
    states = Instruction.objects.in_bulk([ready.pk, bare.pk])
    assert (states[ready.pk].state, states[bare.pk].state) == ("on_control", "registered")


def test_many_removals_are_proposed(browse, office, auditor):
    reported, running = instruction_in("reported"), instruction_in("in_execution")
    asked = {"action": "propose_many_removals", "_selected_action": [reported.pk, running.pk], "apply": "1"}

    browse(auditor).post(LIST, asked)
    assert Instruction.objects.get(pk=reported.pk).removal_proposed_by is None
    answer = browse(office).post(LIST, asked)

    assert answer.context["done"] == 1
    assert Instruction.objects.get(pk=reported.pk).removal_proposed_by == office


def test_a_draft_is_not_shown_and_what_was_handed_in_is(browse, office):
    draft = ExecutionReportFactory(text="Әлі жазылып жатыр")
    report = handed_in()
    client = browse(office)

    for page in ("change", "history"):
        shown = client.get(address("tasks.Instruction", page, draft.instruction.pk)).content.decode()
        assert "Әлі жазылып жатыр" not in shown, page
    assert client.get(address("tasks.ExecutionReport", "change", draft.pk)).status_code == 302
    shown = client.get(address("tasks.Instruction", "change", report.instruction.pk)).content.decode()
    assert report.text in shown


def test_a_form_with_everything_costs_few_queries(browse, office):
    extension = decided_extension()
    ContributionFactory()
    client, page = browse(office), address("tasks.Instruction", "change", extension.instruction.pk)
    client.get(page)

    with CaptureQueriesContext(connection) as queries:
        assert client.get(page).status_code == 200

    assert len(queries) <= 40, len(queries)


def test_a_substitution_is_appointed_and_ended(browse, office):
    away, other, client = UserFactory(), UserFactory(), browse(office)
    page, today = address("accounts.Substitution", "add"), timezone.localdate()
    days = {"since": today.isoformat(), "until": (today + timedelta(days=9)).isoformat()}

    same = client.post(page, filled(client.get(page), person=away.pk, substitute=away.pk, act="№ 1", **days))
    assert "Nobody acts for himself" in sentences(same)
    done = client.post(page, filled(client.get(page), person=away.pk, substitute=other.pk, act="№ 1", **days))
    assert done.status_code == 302, sentences(done)
    row = Substitution.objects.get()
    assert row.during == DateRange(today, today + timedelta(days=10))
    late = client.post(page_of(row, "end"), {"last": (today + timedelta(days=30)).isoformat()})
    assert "last" in late.context["form"].errors
    client.post(page_of(row, "end"), {"last": today.isoformat()})

    row.refresh_from_db()
    assert row.during == DateRange(today, today + timedelta(days=1))
    assert Change.objects.of(row).last().verb == "end_substitution"


def test_what_is_invented_is_marked(browse, office):
    InstructionFactory(is_demo=True)

    assert "[invented]" in browse(office).get(LIST).content.decode()


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_the_history_has_words_for_every_verb(language):
    with translation.override("en"):
        english = {verb: str(VERBS[verb]) for verb in DONE}
    with translation.override(language):
        assert [verb for verb in DONE if str(VERBS[verb]) == english[verb]] == []
