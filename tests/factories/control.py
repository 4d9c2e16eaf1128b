"""Instructions on their way, and what belongs to it."""

from datetime import UTC, date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from factory import LazyFunction, Sequence, SubFactory
from factory.django import DjangoModelFactory
from psycopg.types.range import TimestamptzRange

from accounts.models import User
from tasks.choices import (
    INSTRUCTION_MOVES,
    EvidenceKind,
    ExecutorRole,
    InstructionState,
    ReportKind,
    ReportState,
)
from tasks.models import (
    Contribution,
    Escalation,
    Evidence,
    ExecutionReport,
    Extension,
    HoldInterval,
    Instruction,
    Reminder,
    ReminderRule,
)
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.factories.tasks import ExecutorFactory, InstructionFactory
from tests.factories.values import way

DUE = date(2026, 3, 1)


def ready_instruction(**facts: Any) -> Instruction:
    """Registered, with all that control needs: a due date, an expected result and a lead."""
    due = facts.pop("due", DUE)
    facts = {"expected_result_kk": "Қабылдау актісі", "due": due, "original_due": due} | facts
    lead = facts.pop("lead", None) or OrganisationFactory()
    with transaction.atomic():
        instruction = InstructionFactory(**facts)
        ExecutorFactory(instruction=instruction, organisation=lead, role=ExecutorRole.LEAD)
    return instruction


@transaction.atomic
def instruction_in(state: str, **facts: Any) -> Instruction:
    """An instruction that came to this state as the table of moves lets it, with the report that goes with it."""
    instruction = ready_instruction(**facts)
    for step in way(INSTRUCTION_MOVES, [InstructionState.REGISTERED], state)[1:]:
        enter(instruction, step)
    return instruction


def enter(instruction: Instruction, state: str) -> None:
    """One step of its way, with the report that goes with it."""
    _report(instruction, state)
    instruction.state = state
    if state == InstructionState.CANCELLED:
        instruction.cancelled_reason = "It was given twice."
    if state == InstructionState.EXECUTED:
        _remove(instruction)
    instruction.save()


def _report(instruction: Instruction, step: str) -> None:
    moved = {
        InstructionState.REPORTED: ReportState.SUBMITTED,
        InstructionState.RETURNED: ReportState.RETURNED,
        InstructionState.EXECUTED: ReportState.ACCEPTED,
    }
    if step not in moved:
        return
    report = instruction.reports.filter(kind=ReportKind.FINAL).first() or ExecutionReport.objects.create(
        instruction=instruction,
        kind=ReportKind.FINAL,
        text="Салынды",
        organisation=instruction.executors.get(role=ExecutorRole.LEAD).organisation,
    )
    report.state = moved[step]
    report.submitted_on = report.submitted_on or DUE
    if step != InstructionState.REPORTED:
        report.decided_by, report.decided_on, report.return_note = somebody(), DUE, "Актісі жоқ"
    report.save()


def _remove(instruction: Instruction) -> None:
    instruction.removal_proposed_by, instruction.removal_proposed_at = somebody(), timezone.now()
    instruction.removed_by, instruction.executed_on = somebody("remover"), DUE


def somebody(username: str = "decider") -> User:
    return User.objects.filter(username=username).first() or UserFactory(username=username)


def on_control() -> Instruction:
    return instruction_in(InstructionState.ON_CONTROL)


class ContributionFactory(DjangoModelFactory):
    executor = LazyFunction(lambda: ExecutorFactory(instruction=on_control()))
    text = "Жол жобасы дайын"
    sent_on = date(2026, 2, 1)

    class Meta:
        model = Contribution


class ExtensionFactory(DjangoModelFactory):
    """Asked for, open. A decided one: `decided_extension`."""

    instruction = LazyFunction(on_control)
    organisation = SubFactory(OrganisationFactory)
    asked_on = date(2026, 2, 1)
    old_due = DUE
    new_due = date(2026, 4, 1)
    reason = "Жабдық кешікті"

    class Meta:
        model = Extension


@transaction.atomic
def decided_extension(**facts: Any) -> Extension:
    """Granted to the day that was asked for, with the term moved; state="refused": refused."""
    state = facts.pop("state", "granted")
    extension = ExtensionFactory(**facts)
    extension.state, extension.decided_by, extension.decided_on = state, somebody(), date(2026, 2, 2)
    if state == "granted":
        extension.granted_due = extension.new_due
    else:
        extension.refusal_reason = "Мерзім жеткілікті"
    extension.save()
    if state == "granted":
        Instruction.objects.filter(pk=extension.instruction_id).update(due=extension.granted_due)
    return extension


class ExecutionReportFactory(DjangoModelFactory):
    """A draft of an interim report."""

    instruction = LazyFunction(on_control)
    kind = ReportKind.INTERIM
    text = "Іргетас құйылды"
    organisation = SubFactory(OrganisationFactory)

    class Meta:
        model = ExecutionReport


class EvidenceFactory(DjangoModelFactory):
    report = SubFactory(ExecutionReportFactory)
    kind = EvidenceKind.LINK
    url = "https://example.kz/act"

    class Meta:
        model = Evidence


class HoldIntervalFactory(DjangoModelFactory):
    """Long ago, and of what is invented: the clock of real instructions is written by the database alone."""

    instruction = SubFactory(InstructionFactory, is_demo=True)
    holder = "office"
    during = TimestamptzRange(datetime(2020, 1, 1, tzinfo=UTC), datetime(2020, 1, 2, tzinfo=UTC))

    class Meta:
        model = HoldInterval


class ReminderRuleFactory(DjangoModelFactory):
    """Each another: a day of its own."""

    code = Sequence(lambda n: f"rule-{n}")
    recipients = "issuer"
    offset = Sequence(lambda n: n % 60 - 30)

    class Meta:
        model = ReminderRule


class ReminderFactory(DjangoModelFactory):
    instruction = LazyFunction(on_control)
    rule = SubFactory(ReminderRuleFactory)
    occurrence = DUE
    recipient = SubFactory(UserFactory)
    planned_for = date(2026, 2, 20)

    class Meta:
        model = Reminder


class EscalationFactory(DjangoModelFactory):
    """Open, of what is invented: of real instructions it is kept for ever."""

    instruction = LazyFunction(lambda: instruction_in("on_control", is_demo=True))
    level = 1
    due = DUE
    opened_at = datetime(2026, 3, 3, 3, tzinfo=UTC)

    class Meta:
        model = Escalation
