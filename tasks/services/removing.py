"""Out of control: the controller proposes, who gave the instruction removes; whole, or in part."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Organisation
from core import ledger
from core.exceptions import Conflict
from core.text import Text
from tasks.choices import InstructionState
from tasks.models import Instruction
from tasks.policies import Principal
from tasks.services import news
from tasks.services.registering import begin_part, co_executors, part_after, refuse_open_parts
from tasks.services.reporting import accept_waiting, waits
from tasks.services.steps import (
    Actor,
    begin,
    lead_of,
    lock,
    refresh,
    said,
    signer,
    today,
    withdraw_requests,
)


@transaction.atomic
def propose_removal(instruction: Instruction, *, by: Actor) -> Instruction:
    """The controlling side has checked the final report and proposes to remove the instruction from control."""
    instruction, principal = begin(instruction, "propose_removal", by)
    if instruction.removal_proposed_by_id:
        raise Conflict(_("Removal is proposed already: whoever gave the instruction decides."))
    refuse_open_parts(instruction)
    instruction.removal_proposed_by_id, instruction.removal_proposed_at = signer(by), timezone.now()
    with ledger.acting(by, "propose_removal", said(principal)):
        instruction.save(update_fields=["removal_proposed_by", "removal_proposed_at"])
    news.tell_issuer(instruction, "removal_proposed", by)
    return refresh(instruction)


@transaction.atomic
def accept(instruction: Instruction, *, by: Actor) -> Instruction:
    """Accept the report that waits. A final one that was proposed for removal closes the instruction; an interim
    one changes nothing else."""
    is_final = lock(instruction.pk).state == InstructionState.REPORTED
    right = "accept_interim" if not is_final and waits(instruction) else "accept"
    instruction, principal = begin(instruction, "accept", by, right=right)
    with ledger.acting(by, right, said(principal)):
        if is_final:
            _remove(instruction, principal, by)
            news.tell_all(instruction, "removed_from_control", by)
        else:
            row = accept_waiting(instruction, by)
            news.tell_all(instruction, "interim_accepted", by, event=f"accepted-{row.pk}")
    return refresh(instruction)


@transaction.atomic
def remove_part(
    instruction: Instruction,
    *,
    by: Actor,
    text: Mapping[str, str],
    expected_result: Mapping[str, str],
    due: date,
    lead: Organisation | None = None,
) -> Instruction:
    """What was done is removed from control; the rest goes on as an instruction of its own, with its own term.

    Returns the remainder.
    """
    instruction, principal = begin(instruction, "remove_part", by)
    remainder = part_after(
        instruction,
        text=Text.of(dict(text)),
        expected_result=Text.of(dict(expected_result)),
        due=due,
        original_due=due,
    )
    executor = lead_of(instruction)
    former: Any = executor and executor.organisation
    with ledger.acting(by, "remove_part", said(principal)):
        _remove(instruction, principal, by)
        begin_part(remainder, lead or former, co_executors(instruction))
    news.tell_all(instruction, "removed_from_control", by)
    news.tell_executors(remainder, by)
    return refresh(remainder)


def _remove(instruction: Instruction, principal: Principal, by: Actor) -> None:
    if not instruction.removal_proposed_by_id:
        raise Conflict(_("The controller proposes the removal first."))
    if instruction.removal_proposed_by_id == signer(by):
        raise Conflict(_("One proposes the removal, another removes: you proposed it."))
    refuse_open_parts(instruction)
    withdraw_requests(instruction)
    accept_waiting(instruction, by)
    instruction.state, instruction.executed_on = InstructionState.EXECUTED, today()
    instruction.removed_by_id, instruction.removed_for = signer(by), principal.acted_for
    instruction.save(update_fields=["state", "executed_on", "removed_by", "removed_for"])
