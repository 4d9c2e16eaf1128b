"""From a paper into the register, on control, and out of it without result."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Organisation, User
from core import ledger
from core.calendar import WorkingDays
from core.exceptions import Conflict, NeedsReason
from core.text import LANGUAGES, Text
from tasks.choices import FINAL, ExecutorRole, InstructionState, Recurrence
from tasks.linting import Code, Draft, lint
from tasks.models import Executor, Instruction
from tasks.policies import executors_of, require
from tasks.services import news
from tasks.services.steps import (
    Actor,
    begin,
    lead_of,
    name_lead,
    refresh,
    said,
    today,
    withdraw_requests,
    worded,
    working,
)
from tasks.words import MISSING


@transaction.atomic
def register_instruction(
    *, by: Actor, due: date | None = None, executors: Iterable[Mapping[str, Any]] = (), **facts: Any
) -> Instruction:
    """Take an instruction into the register; a term that was set with it is its first due date.

    `executors`: an organisation or a group each, with its role and internal due date.
    """
    require(by, "register_instruction")
    text = Text.of(facts.get("text")) or Text(
        *(facts.get(f"text_{language}") or "" for language in LANGUAGES)
    )
    if not (text.kk or text.ru):
        raise ValidationError({"text": [MISSING["text"]]})
    instruction = Instruction(due=due, original_due=due, **facts)
    instruction.full_clean()
    with ledger.acting(by, "register_instruction"):
        instruction.save()
        name_executors(instruction, executors)
    return instruction


def name_executors(instruction: Instruction, executors: Iterable[Mapping[str, Any]]) -> None:
    """Each an organisation or a group, with its role and its own due date; the caller names who acts."""
    for facts in executors:
        executor = Executor(instruction=instruction, **facts)
        executor.full_clean()
        executor.save()


@transaction.atomic
def put_on_control(
    instruction: Instruction,
    *,
    by: Actor,
    due: date | None = None,
    expected_result: Mapping[str, str] | None = None,
    lead: Organisation | None = None,
    controller: User | None = None,
    reason: str = "",
) -> Instruction:
    """From now on its term runs. What control needs and the register lacks is given here: term, result, who leads.

    `reason`: why it goes on control although the linter finds it weak; both are kept.
    """
    instruction, principal = begin(instruction, "put_on_control", by)
    _complete(instruction, due, expected_result)
    former = lead_of(instruction)
    if lead is None and former is None:
        sentence = _("Name the responsible executor: an organisation, not a group.")
        raise ValidationError({"lead": [ValidationError(sentence, code=Code.NO_LEAD)]})
    _pass_over(instruction, lead, reason.strip())
    with ledger.acting(by, "put_on_control", said(principal, instruction.passed_reason)):
        if lead is not None and (former is None or former.organisation_id != lead.pk):
            if former:
                former.role = ExecutorRole.CO
                former.save(update_fields=["role"])
            name_lead(instruction, lead, None)
        instruction.controller_id = (controller and controller.pk) or instruction.controller_id or by.user_id
        control(instruction)
    news.tell_executors(instruction, by, event="control")
    return refresh(instruction)


def _complete(instruction: Instruction, due: date | None, expected: Mapping[str, str] | None) -> None:
    missing: dict[str, list[Any]] = {}
    if due and instruction.original_due and due != instruction.original_due:
        missing["due"] = [_("The first due date is written once; later the term moves by an extension.")]
    elif due:
        instruction.due = instruction.original_due = due
    elif not instruction.due:
        sentence = _("Set the due date: without it nothing is put on control.")
        missing["due"] = [ValidationError(sentence, code=Code.NO_DUE)]
    if expected:
        known = instruction.expected_result._asdict() | {k: v for k, v in expected.items() if v}
        instruction.expected_result = Text.of(known)
    if not (instruction.expected_result.kk or instruction.expected_result.ru):
        missing["expected_result"] = [ValidationError(MISSING["expected_result"], code=Code.NO_RESULT)]
    if missing:
        raise ValidationError(missing)


def _pass_over(instruction: Instruction, lead: Organisation | None, reason: str) -> None:
    """What is weak in it needs a reason, and is kept with it."""
    draft = Draft.of(instruction, today(), WorkingDays())
    weak = [one for one in lint(replace(draft, lead=lead or draft.lead)) if one.needs_reason]
    if weak and not reason:
        asked = _("Mend this, or say why it goes on control all the same.")
        found = [ValidationError(one.text, code=one.code) for one in weak]
        raise NeedsReason({"reason": [*found, ValidationError(asked, code="required")]})
    instruction.passed_over = [one.code for one in weak]
    instruction.passed_reason = reason if weak else ""


def control(instruction: Instruction) -> None:
    """Set it on control, and the clock of every executor; the caller names who acts."""
    for executor in Executor.objects.filter(instruction=instruction).live():
        executor.assigned_on = today()
        executor.save(update_fields=["assigned_on"])
    instruction.state = InstructionState.ON_CONTROL
    instruction.full_clean()
    instruction.save()


@transaction.atomic
def cancel(instruction: Instruction, *, by: Actor, reason: str) -> Instruction:
    """End it without result. Its parts are ended before it."""
    instruction, principal = begin(instruction, "cancel", by)
    reason = worded("reason", reason, _("Say why the instruction is cancelled."))
    refuse_open_parts(instruction)
    instruction.state, instruction.cancelled_reason = InstructionState.CANCELLED, reason
    with ledger.acting(by, "cancel", said(principal, reason)):
        withdraw_requests(instruction)
        instruction.save(update_fields=["state", "cancelled_reason"])
    news.tell_all(instruction, "instruction_cancelled", by)
    return refresh(instruction)


def refuse_open_parts(instruction: Instruction) -> None:
    """The whole is closed after its parts and theirs (as the database holds it); its own remainder lives on."""
    parts = list(instruction.children.exclude(remainder_of=instruction).order_by("pk"))
    still_open: list[Instruction] = []
    while parts:
        still_open += [part for part in parts if part.state not in FINAL]
        parts = list(Instruction.objects.filter(parent__in=parts).order_by("pk"))
    if still_open:
        numbers = ", ".join(part.public_id for part in still_open[:5])
        raise Conflict(_("Parts of it are still open: %(numbers)s. Close them first.") % {"numbers": numbers})


@transaction.atomic
def split(
    instruction: Instruction,
    *,
    by: Actor,
    text: Mapping[str, str],
    expected_result: Mapping[str, str],
    lead: Organisation,
    due: date,
) -> Instruction:
    """A sub-instruction of the responsible executor to another body: on control at once, due before the whole."""
    instruction, principal = begin(instruction, "split", by)
    if instruction.due and due > instruction.due:
        raise ValidationError({"due": [_("A part is due before the whole, or on its day.")]})
    if lead.pk == principal.person.organisation_id:
        raise ValidationError({"lead": [_("Your organisation leads the whole: name another one.")]})
    part = Instruction(  # type: ignore[misc]  # texts are columns
        **_shared(instruction),
        parent=instruction,
        issuer_id=principal.person.organisation_id,
        text=Text.of(dict(text)),
        expected_result=Text.of(dict(expected_result)),
        due=due,
        original_due=due,
    )
    with ledger.acting(by, "split", said(principal)):
        working(instruction, principal)
        begin_part(part, lead, [])
    news.tell_executors(part, by)
    return refresh(part)


def _shared(instruction: Instruction) -> dict[str, Any]:
    """What a part has of the whole."""
    return {
        "controller_id": instruction.controller_id,
        "control_kind": instruction.control_kind,
        "district_id": instruction.district_id,
        "project_id": instruction.project_id,
        "issued": today(),
        "is_demo": instruction.is_demo,
    }


def begin_part(part: Instruction, lead: Organisation, co: Iterable[Executor]) -> None:
    """Register a part with its executors and put it on control; the caller names who acts."""
    if not (part.text.kk or part.text.ru):
        raise ValidationError({"text": [MISSING["text"]]})
    if not (part.expected_result.kk or part.expected_result.ru):
        raise ValidationError({"expected_result": [MISSING["expected_result"]]})
    part.full_clean()
    part.save()
    Executor(instruction=part, organisation=lead, role=ExecutorRole.LEAD).save()
    for one in co:
        if one.organisation_id != lead.pk:
            copy = Executor(instruction=part, organisation_id=one.organisation_id, role=ExecutorRole.CO)
            copy.group = one.group
            copy.save()
    control(part)


def part_after(instruction: Instruction, **facts: Any) -> Instruction:
    """The remainder of an instruction that is removed in part: not saved yet."""
    return Instruction(
        **_shared(instruction),
        parent=instruction,
        remainder_of=instruction,
        issuer_id=instruction.issuer_id,
        evidence_kind=instruction.evidence_kind,
        **facts,
    )


@transaction.atomic
def set_recurrence(instruction: Instruction, *, by: Actor, recurrence: str, day: int | None) -> Instruction:
    """Let it be due anew every week, month or quarter, from now until its own term; an empty code ends that."""
    instruction, principal = begin(instruction, "set_recurrence", by)
    instruction.recurrence = recurrence
    instruction.recurrence_day = day if recurrence else None
    instruction.recurs_since = today() if recurrence else None
    if recurrence and recurrence not in Recurrence.values:
        raise ValidationError({"recurrence": [_("Choose how often it recurs.")]})
    instruction.full_clean()
    with ledger.acting(by, "set_recurrence", said(principal)):
        instruction.save(update_fields=["recurrence", "recurrence_day", "recurs_since"])
    return refresh(instruction)


def co_executors(instruction: Instruction) -> list[Executor]:
    return [one for one in executors_of(instruction) if not one.is_lead]
