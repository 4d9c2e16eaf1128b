"""Rules of control over several rows, by name: what is kept, terms, parts, proof, the clock."""

from datetime import UTC, date, datetime

import pytest
from psycopg.types.range import TimestamptzRange

from tasks.models import (
    Contribution,
    Evidence,
    ExecutionReport,
    Executor,
    Extension,
    HoldInterval,
    Instruction,
)
from tests.factories import (
    ContributionFactory,
    EvidenceFactory,
    ExecutionReportFactory,
    ExecutorFactory,
    ExtensionFactory,
    HoldIntervalFactory,
    InstructionFactory,
    decided_extension,
    enter,
    instruction_in,
    somebody,
)
from tests.refusals import refused, refuses, sql

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 1)
LONG_AGO = TimestamptzRange(datetime(2020, 1, 1, tzinfo=UTC), datetime(2020, 1, 2, tzinfo=UTC))


def both_doors(row, rule):
    """Deleting the row is refused through Django and through SQL."""
    with refused(rule):
        type(row).objects.filter(pk=row.pk).delete()
    with refused(rule):
        sql(f"DELETE FROM {row._meta.db_table} WHERE id = %s", row.pk)


# --- what is kept ---------------------------------------------------------------------------------


@refuses("tasks_instruction_kept")
@pytest.mark.parametrize(
    "state", ["on_control", "in_execution", "reported", "returned", "executed", "cancelled"]
)
def test_what_was_on_control_stays_in_the_register(state):
    instruction = instruction_in(state)

    with refused("tasks_instruction_kept"):
        sql("DELETE FROM tasks_executor WHERE instruction_id = %s", instruction.pk)
        sql("DELETE FROM tasks_instruction WHERE id = %s", instruction.pk)
    with refused("tasks_instruction_kept"):
        Instruction.objects.filter(pk=instruction.pk)._raw_delete("default")


def test_what_is_only_registered_is_removed_with_its_clock(at_commit):
    lead = ExecutorFactory(role="lead")

    lead.instruction.delete()
    at_commit()
    assert not HoldInterval.objects.exists()

    other = InstructionFactory()
    sql("DELETE FROM tasks_instruction WHERE id = %s", other.pk)
    at_commit()
    assert not HoldInterval.objects.exists()


@refuses("tasks_extension_kept", "tasks_executionreport_kept")
def test_requests_decisions_and_reports_are_kept():
    both_doors(ExtensionFactory(), "tasks_extension_kept")
    both_doors(decided_extension(), "tasks_extension_kept")
    both_doors(instruction_in("returned").reports.get(), "tasks_executionreport_kept")
    ExecutionReportFactory().delete()


def test_contributions_and_proof_are_kept():
    contribution = ContributionFactory()
    EvidenceFactory(report=None, contribution=contribution)
    both_doors(contribution.evidence.get(), "tasks_evidence_kept")
    contribution = ContributionFactory()
    both_doors(contribution, "tasks_contribution_kept")

    draft = EvidenceFactory()
    draft.delete()
    report = EvidenceFactory().report
    report.state, report.submitted_on = "submitted", DAY
    report.save()
    both_doors(report.evidence.get(), "tasks_evidence_kept")


@pytest.mark.django_db(transaction=True)
def test_no_proof_is_added_to_a_contribution_that_was_sent():
    contribution = ContributionFactory()

    with refused("tasks_evidence_kept"):
        EvidenceFactory(report=None, contribution=contribution)
    with refused("tasks_evidence_kept"):
        sql(
            """INSERT INTO tasks_evidence (contribution_id, kind, url, note, picture_hash, reasons)
               VALUES (%s, 'link', 'https://example.kz/a', '', '', '[]')""",
            contribution.pk,
        )


@refuses("tasks_contribution_of_a_co_executor")
def test_a_contribution_comes_from_a_live_co_executor_while_something_is_due():
    on_control = instruction_in("on_control")
    closed = instruction_in("executed")
    wrong = [
        on_control.executors.get(),
        ExecutorFactory(instruction=on_control, organisation=None, group_kk="инвесторлар"),
        ExecutorFactory(instruction=on_control, released_on=DAY),
        ExecutorFactory(instruction=closed),
        ExecutorFactory(),
    ]

    for executor in wrong:
        with refused("tasks_contribution_of_a_co_executor"):
            ContributionFactory(executor=executor)
        with refused("tasks_contribution_of_a_co_executor"):
            sql(
                "INSERT INTO tasks_contribution (executor_id, text, sent_on) VALUES (%s, 'Дайын', '2026-02-01')",
                executor.pk,
            )
    assert not Contribution.objects.exists()


def test_what_is_invented_is_taken_out_whole(at_commit):
    instruction = instruction_in("in_execution", is_demo=True)
    decided_extension(instruction=instruction)
    EvidenceFactory(report__instruction=instruction)
    contribution = ContributionFactory(executor=ExecutorFactory(instruction=instruction))
    EvidenceFactory(report=None, contribution=contribution)
    HoldIntervalFactory(instruction=instruction)
    at_commit()

    for model, owner in (
        (Evidence, "report__instruction"),
        (Evidence, "contribution__executor__instruction"),
        (Contribution, "executor__instruction"),
        (ExecutionReport, "instruction"),
        (Extension, "instruction"),
        (Executor, "instruction"),
        (HoldInterval, "instruction"),
    ):
        model.objects.filter(**{owner: instruction}).delete()
    instruction.delete()
    at_commit()

    assert not Instruction.objects.exists() and not HoldInterval.objects.exists()


# --- terms ----------------------------------------------------------------------------------------


@refuses("tasks_extension_corrects_the_last")
def test_a_correction_is_a_decision_on_the_same_request_and_of_the_last_one():
    first = decided_extension(state="refused")
    open_one = ExtensionFactory()
    facts = {
        "instruction": first.instruction,
        "organisation": first.organisation,
        "corrects": first,
        "correction_reason": "Қате",
        "state": "refused",
        "decided_by": somebody(),
        "decided_on": DAY,
        "refusal_reason": "Жоқ",
    }
    columns = "(instruction_id, organisation_id, asked_on, old_due, new_due, reason, state, corrects_id, "
    columns += "correction_reason, decided_by_id, decided_on, refusal_reason)"

    def by_sql(**changed):
        row = ExtensionFactory.build(**(facts | changed))
        names = [name.strip() for name in columns.strip("()").split(",")]
        marks = ", ".join(["%s"] * len(names))
        sql(
            f"INSERT INTO tasks_extension {columns} VALUES ({marks})",
            *(getattr(row, name) for name in names),
        )

    for changed in (
        {"corrects": open_one, "instruction": open_one.instruction, "organisation": open_one.organisation},
        {"state": "requested", "decided_by": None, "decided_on": None, "refusal_reason": ""},
        {"new_due": date(2026, 5, 1)},
        {"reason": "Басқа"},
        {"organisation": open_one.organisation},
        {"instruction": open_one.instruction},
    ):
        with refused("tasks_extension_corrects_the_last"):
            Extension.objects.create(**(_asked() | facts | changed))
        with refused("tasks_extension_corrects_the_last"):
            by_sql(**changed)

    ExtensionFactory(instruction=first.instruction)
    with refused("tasks_extension_corrects_the_last"):
        by_sql()


def _asked():
    return {
        "asked_on": date(2026, 2, 1),
        "old_due": DAY,
        "new_due": date(2026, 4, 1),
        "reason": "Жабдық кешікті",
    }


@pytest.mark.parametrize("due", [date(2026, 3, 31), date(2026, 4, 2)])
def test_the_term_is_the_granted_date_and_no_other(due):
    extension = decided_extension()

    with refused("tasks_instruction_due_moves_by_extension"):
        Instruction.objects.filter(pk=extension.instruction_id).update(due=due)
    with refused("tasks_instruction_due_moves_by_extension"):
        sql("UPDATE tasks_instruction SET due = %s WHERE id = %s", DAY, extension.instruction_id)


def test_no_term_is_granted_without_moving():
    extension = ExtensionFactory()

    with refused("tasks_instruction_due_moves_by_extension"):
        sql(
            """UPDATE tasks_extension SET state = 'granted', granted_due = new_due, decided_by_id = %s,
               decided_on = '2026-02-02' WHERE id = %s""",
            somebody().pk,
            extension.pk,
        )


@refuses("tasks_instruction_closed_with_requests_decided")
def test_nothing_is_closed_while_a_request_waits():
    rule = "tasks_instruction_closed_with_requests_decided"
    returned = instruction_in("returned")
    ExtensionFactory(instruction=returned)

    with refused(rule):
        enter(returned, "cancelled")
    with refused(rule):
        sql(
            "UPDATE tasks_instruction SET state = 'cancelled', cancelled_reason = 'r' WHERE id = %s",
            returned.pk,
        )
    with refused(rule):
        enter(Instruction.objects.get(pk=returned.pk), "reported")
        enter(Instruction.objects.get(pk=returned.pk), "executed")


# --- reports --------------------------------------------------------------------------------------


@refuses("tasks_executionreport_brings_the_proof")
def test_a_final_report_brings_the_proof_that_was_asked_for():
    instruction = instruction_in("in_execution", evidence_kind="link")

    with refused("tasks_executionreport_brings_the_proof"):
        enter(instruction, "reported")
    instruction.refresh_from_db()
    with refused("tasks_executionreport_brings_the_proof"):
        report = ExecutionReportFactory(instruction=instruction, kind="final")
        sql(
            "UPDATE tasks_executionreport SET state = 'submitted', submitted_on = %s WHERE id = %s",
            DAY,
            report.pk,
        )
        sql("UPDATE tasks_instruction SET state = 'reported' WHERE id = %s", instruction.pk)


def test_the_proof_that_is_asked_for_does_not_change_once_it_came():
    instruction = instruction_in("reported")

    with refused("tasks_executionreport_brings_the_proof"):
        Instruction.objects.filter(pk=instruction.pk).update(evidence_kind="act")


def test_a_cancelled_instruction_has_no_report_that_waits():
    instruction = instruction_in("returned")

    with refused("tasks_instruction_in_step_with_report"):
        sql("UPDATE tasks_executionreport SET state = 'submitted' WHERE instruction_id = %s", instruction.pk)
        sql(
            "UPDATE tasks_instruction SET state = 'cancelled', cancelled_reason = 'r' WHERE id = %s",
            instruction.pk,
        )
