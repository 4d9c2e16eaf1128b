"""Everything that changes an instruction. Pages, API, admin and jobs call these and nothing else."""

from datetime import date
from typing import Any

from django.db import transaction

from accounts.models import ApiClient, User
from core import ledger
from tasks.models import Instruction
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
