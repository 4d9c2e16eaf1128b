"""What the database refuses of control, row by row and by name: executors, extensions, reports, proof, the clock."""

from datetime import date

import pytest
from django.utils import timezone

from tasks.models import ExecutionReport, Extension, Instruction
from tests.database import as_owner
from tests.factories import (
    ContributionFactory,
    EvidenceFactory,
    ExecutionReportFactory,
    ExecutorFactory,
    ExtensionFactory,
    HoldIntervalFactory,
    InstructionFactory,
    ProjectFactory,
    ProtocolItemFactory,
    SourceFactory,
    StoredFileFactory,
    decided_extension,
    instruction_in,
    ready_instruction,
    somebody,
)
from tests.refusals import Wrong, insert_copy, parameters, refused, refuses, sql

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 1)
ACCEPTED = (
    "UPDATE tasks_executionreport SET state = 'accepted', decided_by_id = %s, decided_on = %s WHERE id = %s"
)
NO_TERM = {"due": None, "original_due": None}
REPORTED, EXECUTED = {"state": "reported"}, {"state": "executed"}
DEMO = {"is_demo": True}
DECIDER, REMOVER = (lambda: somebody().pk), (lambda: somebody("remover").pk)
PROPOSED = {"removal_proposed_by_id": DECIDER, "removal_proposed_at": timezone.now}
SIGNED = {"decided_by_id": DECIDER, "decided_on": DAY}
FILE = lambda: StoredFileFactory().pk  # noqa: E731


def remainder():
    whole = instruction_in("executed")
    return InstructionFactory(parent=whole, remainder_of=whole)


def submitted():
    return instruction_in("reported").reports.get()


CASES = {
    "tasks_instruction_due_with_first_due": [
        Wrong(ready_instruction, {"due": None}),
        Wrong(ready_instruction, {"due": DAY}, given=NO_TERM),
        Wrong(ready_instruction, {"original_due": DAY}, given=NO_TERM),
    ],
    "tasks_instruction_executed_with_day_and_name": [
        Wrong(instruction_in, EXECUTED, given=REPORTED),
        Wrong(instruction_in, {"executed_on": DAY}, given=REPORTED),
        Wrong(instruction_in, {"executed_on": None}, given=EXECUTED),
        Wrong(instruction_in, {"removed_by_id": None}, given=EXECUTED),
    ],
    "tasks_instruction_executed_by_final_report": [
        Wrong(
            instruction_in,
            EXECUTED | PROPOSED | {"executed_on": DAY, "removed_by_id": REMOVER},
            given=REPORTED,
        )
    ],
    "tasks_instruction_proposed_while_reported": [
        Wrong(instruction_in, PROPOSED, given={"state": "in_execution"}),
        Wrong(instruction_in, {"removal_proposed_by_id": DECIDER}, given=REPORTED),
        Wrong(instruction_in, {"removal_proposed_at": timezone.now}, given=REPORTED),
    ],
    "tasks_instruction_removed_by_two": [
        Wrong(instruction_in, {"removed_by_id": DECIDER}, given=EXECUTED),
        Wrong(instruction_in, {"removal_proposed_by_id": None, "removal_proposed_at": None}, given=EXECUTED),
    ],
    "tasks_instruction_recurs_on_a_day": [
        Wrong(InstructionFactory, {"recurrence": "weekly", "recurrence_day": 8, "recurs_since": DAY}),
        Wrong(InstructionFactory, {"recurrence": "monthly", "recurrence_day": 32, "recurs_since": DAY}),
        Wrong(InstructionFactory, {"recurrence": "monthly", "recurs_since": DAY}),
        Wrong(InstructionFactory, {"recurrence": "quarterly", "recurrence_day": 5}),
        Wrong(InstructionFactory, {"recurrence_day": 5}),
        Wrong(InstructionFactory, {"recurs_since": DAY}),
    ],
    "tasks_instruction_demo_apart": [
        Wrong(InstructionFactory, {"visibility": "public"}, given=DEMO),
        Wrong(InstructionFactory, {"project_id": lambda: ProjectFactory().pk}, given=DEMO),
        Wrong(InstructionFactory, {"source_id": lambda: SourceFactory().pk}, given=DEMO),
    ],
    "tasks_instruction_of_real_project": [
        Wrong(InstructionFactory, {"project_id": lambda: ProjectFactory(is_demo=True).pk}),
        Wrong(InstructionFactory, {"project_id": lambda: ProjectFactory(is_demo=True).pk}, copied=True),
    ],
    "tasks_instruction_demo_for_ever": [
        Wrong(InstructionFactory, DEMO),
        Wrong(InstructionFactory, {"is_demo": False}, given=DEMO),
    ],
    "tasks_instruction_demo_with_demo": [
        Wrong(InstructionFactory, {"parent_id": lambda: InstructionFactory(is_demo=True).pk}),
        Wrong(InstructionFactory, {"parent_id": lambda: InstructionFactory().pk}, given=DEMO),
    ],
    "tasks_instruction_in_step_with_report": [
        Wrong(instruction_in, REPORTED, given={"state": "in_execution"}),
        Wrong(instruction_in, {"state": "returned"}, given=REPORTED),
        Wrong(instruction_in, REPORTED, given={"state": "returned"}),
        Wrong(submitted, SIGNED | {"state": "returned", "return_note": "Актісі жоқ"}),
        Wrong(submitted, SIGNED | {"state": "accepted"}),
    ],
    "tasks_instruction_remainder_of_id_key": [Wrong(remainder, twin=("remainder_of_id", "parent_id"))],
    "tasks_executor_refused_with_reason": [
        Wrong(ExecutorFactory, {"refused_on": DAY}),
        Wrong(ExecutorFactory, {"refused_reason": "Біздің құзырет емес"}),
    ],
    "tasks_executor_accepted_or_refused": [
        Wrong(ExecutorFactory, {"accepted_on": DAY, "refused_on": DAY, "refused_reason": "Жоқ"})
    ],
    "tasks_contribution_worded": [Wrong(ContributionFactory, {"text": ""}, copied=True)],
    "tasks_contribution_kept": [
        Wrong(ContributionFactory, {"text": "Басқа"}),
        Wrong(ContributionFactory, {"sent_on": DAY}),
    ],
    "tasks_extension_one_open": [Wrong(ExtensionFactory, copied=True)],
    "tasks_extension_forward": [Wrong(ExtensionFactory, {"new_due": DAY}, copied=True)],
    "tasks_extension_asked_in_time": [Wrong(ExtensionFactory, {"asked_on": date(2026, 3, 2)}, copied=True)],
    "tasks_extension_with_reason": [Wrong(ExtensionFactory, {"reason": ""}, copied=True)],
    "tasks_extension_decision_signed": [
        Wrong(ExtensionFactory, {"state": "granted", "granted_due": date(2026, 4, 1)}),
        Wrong(ExtensionFactory, {"state": "refused", "refusal_reason": "Жоқ", "decided_on": DAY}),
        Wrong(ExtensionFactory, {"decided_on": DAY}),
        Wrong(ExtensionFactory, {"decided_by_id": DECIDER}),
    ],
    "tasks_extension_granted_with_date": [
        Wrong(ExtensionFactory, SIGNED | {"state": "granted"}),
        Wrong(ExtensionFactory, SIGNED | {"state": "granted", "granted_due": DAY}),
        Wrong(ExtensionFactory, {"granted_due": date(2026, 4, 1)}),
    ],
    "tasks_extension_refused_with_reason": [Wrong(ExtensionFactory, SIGNED | {"state": "refused"})],
    "tasks_extension_correction_with_reason": [Wrong(ExtensionFactory, {"correction_reason": "Қате"})],
    "tasks_extension_decision_is_frozen": [
        Wrong(decided_extension, {"granted_due": date(2026, 5, 1)}),
        Wrong(decided_extension, {"state": "under_review"}),
        Wrong(decided_extension, {"refusal_reason": "Жоқ"}, given={"state": "refused"}),
    ],
    "tasks_extension_request_is_frozen": [
        Wrong(ExtensionFactory, {"new_due": date(2026, 5, 1)}),
        Wrong(ExtensionFactory, {"reason": "Басқа"}),
        Wrong(ExtensionFactory, {"asked_on": date(2026, 1, 1)}),
        Wrong(ExtensionFactory, {"asked_by_id": DECIDER}),
        Wrong(ExtensionFactory, {"asked_for_id": DECIDER}),
        Wrong(ExtensionFactory, twin=("instruction_id",)),
    ],
    "tasks_extension_asked_of_what_is_due": [
        Wrong(ExtensionFactory, {"old_due": date(2026, 2, 28)}, copied=True),
        Wrong(ExtensionFactory, {"state": "under_review"}, copied=True),
        Wrong(ExtensionFactory, SIGNED | {"state": "refused", "refusal_reason": "Жоқ"}, copied=True),
        *(
            Wrong(
                ExtensionFactory,
                {"instruction_id": lambda state=state: instruction_in(state).pk},
                copied=True,
            )
            for state in ("registered", "reported", "executed", "cancelled")
        ),
    ],
    "tasks_extension_move_state": [
        Wrong(ExtensionFactory, {"state": "forgotten"}),
    ],
    "tasks_executionreport_kind_known": [Wrong(ExecutionReportFactory, {"kind": "x"}, copied=True)],
    "tasks_executionreport_one_live": [Wrong(ExecutionReportFactory, copied=True)],
    "tasks_executionreport_handed_in": [
        Wrong(ExecutionReportFactory, {"state": "submitted"}),
        Wrong(ExecutionReportFactory, {"submitted_on": DAY}),
        Wrong(ExecutionReportFactory, {"state": "submitted", "submitted_on": DAY, "text": ""}),
    ],
    "tasks_executionreport_returned_with_note": [Wrong(submitted, SIGNED | {"state": "returned"})],
    "tasks_executionreport_decision_signed": [
        Wrong(submitted, {"state": "returned", "return_note": "Актісі жоқ"}),
        Wrong(submitted, {"state": "accepted", "decided_on": DAY}),
        Wrong(submitted, {"state": "accepted", "decided_by_id": DECIDER}),
    ],
    "tasks_executionreport_move_state": [
        Wrong(ExecutionReportFactory, {"state": "accepted"}),
        Wrong(submitted, {"state": "draft"}),
    ],
    "tasks_executionreport_first_state": [
        Wrong(ExecutionReportFactory, {"state": "submitted", "submitted_on": DAY}, copied=True)
    ],
    "tasks_executionreport_is_frozen": [
        Wrong(ExecutionReportFactory, {"kind": "final"}),
        Wrong(ExecutionReportFactory, twin=("instruction_id",)),
        Wrong(submitted, {"text": "Басқа"}),
        Wrong(submitted, {"submitted_on": date(2026, 1, 1)}),
    ],
    "tasks_executionreport_while_due": [
        Wrong(
            ExecutionReportFactory,
            {"instruction_id": lambda state=state: instruction_in(state).pk},
            copied=True,
        )
        for state in ("registered", "reported", "executed", "cancelled")
    ],
    "tasks_evidence_kind_known": [
        Wrong(EvidenceFactory, {"kind": "x", "url": "", "file_id": FILE}, copied=True)
    ],
    "tasks_evidence_one_owner": [
        Wrong(EvidenceFactory, {"report_id": None}, copied=True),
        Wrong(EvidenceFactory, {"contribution_id": lambda: ContributionFactory().pk}, copied=True),
    ],
    "tasks_evidence_file_or_address": [
        Wrong(EvidenceFactory, {"url": ""}, copied=True),
        Wrong(EvidenceFactory, {"kind": "act"}, copied=True),
        Wrong(EvidenceFactory, {"file_id": FILE}, copied=True),
    ],
    "tasks_evidence_kept": [
        Wrong(EvidenceFactory, {"note": "Басқа"}),
        Wrong(EvidenceFactory, {"report_id": lambda: submitted().pk}, copied=True),
    ],
    "tasks_holdinterval_holder_known": [Wrong(HoldIntervalFactory, {"holder": "x"})],
    "tasks_holdinterval_one_at_a_time": [Wrong(HoldIntervalFactory, twin=("instruction_id",))],
}


@pytest.mark.parametrize(("door", "rule", "case"), parameters(CASES))
def test_the_wrong_row_is_refused_by_name(door, rule, case):
    door(rule, case)


@refuses("tasks_extension_state_known", "tasks_executionreport_state_known", "tasks_protocolitem_state_known")
@pytest.mark.parametrize("made", [ExtensionFactory, submitted, ProtocolItemFactory])
def test_a_state_is_one_of_the_list_even_where_no_move_is_judged(at_commit, made):
    row = made()
    table = row._meta.db_table
    at_commit()

    with refused(f"{table}_state_known"):
        as_owner(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        type(row).objects.filter(pk=row.pk).update(state="forgotten")


@refuses("tasks_extension_first_state")
def test_an_extension_begins_asked_for_even_where_nothing_else_is_judged(at_commit):
    row = ExtensionFactory()
    at_commit()
    [(name,)] = sql(
        """SELECT tgname FROM pg_trigger WHERE tgrelid = 'tasks_extension'::regclass
           AND tgfoid = 'tasks_check_extension'::regproc"""
    )
    as_owner(f"ALTER TABLE tasks_extension DISABLE TRIGGER {name}")

    with refused("tasks_extension_first_state"):
        insert_copy(row, state="under_review")
    with refused("tasks_extension_first_state"):
        row.pk, row._state.adding, row.state = None, True, "withdrawn"
        row.save()


@refuses("tasks_extension_corrects_id_key")
def test_a_decision_is_corrected_once_whatever_numbers_rows_are_given():
    wrong = decided_extension()
    correction = {
        "state": "refused",
        "granted_due": None,
        "refusal_reason": "Жоқ",
        "corrects_id": wrong.pk,
        "correction_reason": "Қате",
    }
    asked = {name: getattr(wrong, name) for name in ("instruction", "organisation", "asked_on", "old_due")}
    asked |= {name: getattr(wrong, name) for name in ("new_due", "reason", "decided_by", "decided_on")}
    Extension.objects.create(pk=-2, **asked, **correction)
    Instruction.objects.filter(pk=wrong.instruction_id).update(due=DAY)

    with refused("tasks_extension_corrects_id_key"):
        insert_copy(wrong, **correction)
    with refused("tasks_extension_corrects_id_key"):
        Extension.objects.create(pk=-3, **asked, **correction)


@refuses("tasks_executionreport_one_final_accepted")
def test_one_final_report_is_accepted():
    instruction = instruction_in("reported")
    first = instruction.reports.get()
    accepted = {"state": "accepted", "decided_by": somebody(), "decided_on": DAY}
    handed_in = {"state": "submitted", "submitted_on": DAY}

    for accept in (
        lambda pk: ExecutionReport.objects.filter(pk=pk).update(**accepted),
        lambda pk: sql(ACCEPTED, somebody().pk, DAY, pk),
    ):
        with refused("tasks_executionreport_one_final_accepted"):
            ExecutionReport.objects.filter(pk=first.pk).update(**accepted)
            Instruction.objects.filter(pk=instruction.pk).update(state="returned")
            second = ExecutionReportFactory(instruction=instruction, kind="final")
            ExecutionReport.objects.filter(pk=second.pk).update(**handed_in)
            accept(second.pk)
