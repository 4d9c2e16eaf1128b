"""Forms and lists of instructions in the admin: what is typed, what many get at once, what is shown."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from psycopg.types.range import DateRange

from accounts.models import Substitution
from core.admin import VERBS
from core.models import Change
from tasks.models import Executor, Instruction
from tasks.words import DONE
from tests.admin.forms import filled, sentences
from tests.admin.rows import address, handed_in
from tests.admin.test_verbs import page_of
from tests.factories import (
    ContributionFactory,
    ExecutionReportFactory,
    InstructionFactory,
    OrganisationFactory,
    UserFactory,
    decided_extension,
    instruction_in,
    ready_instruction,
)

pytestmark = pytest.mark.django_db

LIST = address("tasks.Instruction", "changelist")


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
