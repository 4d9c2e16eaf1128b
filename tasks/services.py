"""Everything that changes an instruction. Pages, API, admin and jobs call these and nothing else."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction

from accounts.models import ApiClient, User
from core import ledger, notices
from tasks.models import Executor, Instruction
from tasks.policies import require


@transaction.atomic
def register_instruction(*, by: User | ApiClient, due: date | None = None, **facts: Any) -> Instruction:
    """Take an instruction into the register; a term that was set with it is its first due date."""
    require(by, "register_instruction")
    instruction = Instruction(due=due, original_due=due, **facts)
    instruction.full_clean()
    with ledger.acting(by, "register_instruction"):
        instruction.save()
    return instruction


@transaction.atomic
def tell_executors(executors: Iterable[Executor], *, by: User | ApiClient) -> None:
    """The people of the organisations that were named just now; each organisation hears once of an instruction."""
    for executor in executors:
        people = User.objects.filter(organisation=executor.organisation_id).exclude(organisation=None)
        notices.notify(
            "instruction_given",
            people.exclude(pk=by.user_id),
            event=f"instruction-{executor.instruction_id}",
            subject=executor.instruction,
        )
