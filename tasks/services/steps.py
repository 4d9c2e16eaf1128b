"""What every verb of control does first: lock, ask the policy, check the state."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import ApiClient, Organisation, User
from core.exceptions import Conflict, Forbidden
from tasks.choices import VERB_LABELS, VERB_STATES, ExecutorRole, ExtensionState
from tasks.models import Executor, Extension, Instruction
from tasks.policies import CONTRIBUTING, LEADING, Principal, executors_of, require

type Actor = User | ApiClient


def begin(instruction: Instruction, verb: str, by: Actor, right: str = "") -> tuple[Instruction, Principal]:
    """The locked row with its executors, and whose rights are used; `right` where it is not named as the verb."""
    row = lock(instruction.pk)
    principal = require(by, right or verb, row)
    if row.state not in VERB_STATES[verb]:
        raise Conflict(
            _("“%(verb)s” is not possible now: the instruction is “%(state)s”.")
            % {"verb": VERB_LABELS[verb], "state": row.get_state_display()}
        )
    if verb in LEADING | CONTRIBUTING and executor_for(row, principal.person).refused_on:
        raise Conflict(_("Your organisation has refused this assignment: the project office decides."))
    return row, principal


def lock(pk: int) -> Instruction:
    row = Instruction.objects.select_for_update().get(pk=pk)
    prefetch_related_objects([row], "executors__organisation")
    return row


def signer(by: Actor) -> int:
    """Whoever decides is a person: a program's decision is that of its owner."""
    if by.user_id is None:
        raise Forbidden(_("A decision is signed by a person: use a token of your own account."))
    return by.user_id


def worded(name: str, text: str, sentence: str) -> str:
    """The text without spaces around it; a sentence at its field where there is none."""
    text = (text or "").strip()
    if not text:
        raise ValidationError({name: [sentence]})
    return text


def said(principal: Principal, reason: str = "") -> str:
    """The note of a change: why, and for whom a substitute acted (an identifier, no name)."""
    acted_for = f"for user:{principal.acted_for.pk}" if principal.acted_for else ""
    return "\n".join(filter(None, (reason, acted_for)))


def lead_of(instruction: Instruction) -> Executor | None:
    return next((one for one in executors_of(instruction) if one.is_lead), None)


def executor_for(instruction: Instruction, person: Any) -> Executor:
    """The row of this person's organisation; the policy has found that there is one."""
    rows = executors_of(instruction)
    return next(one for one in rows if one.organisation_id == person.organisation_id)


def working(instruction: Instruction, principal: Principal) -> Executor:
    """The same: who works on it has accepted it. Inside the block that names who acts."""
    executor = executor_for(instruction, principal.person)
    if not executor.accepted_on:
        executor.accepted_on = today()
        executor.save(update_fields=["accepted_on"])
    return executor


def name_lead(instruction: Instruction, organisation: Organisation, today: date | None) -> Executor:
    """Make the organisation the responsible executor; a co-executor becomes it, the former lead must be gone.

    One that refused as co-executor begins anew: the refusal stays in its own row.
    """
    rows = executors_of(instruction)
    found = next((one for one in rows if one.organisation_id == organisation.pk), None)
    if found and found.refused_on:
        release([found], today or timezone.localdate())
        found = None
    row = found or Executor(instruction=instruction, organisation=organisation)
    row.role, row.assigned_on, row.accepted_on = ExecutorRole.LEAD, today, None
    row.full_clean(validate_constraints=False)
    row.save()
    return row


def release(executors: Iterable[Executor], today: date) -> None:
    for executor in executors:
        executor.released_on = today
        executor.save(update_fields=["released_on"])


def withdraw_requests(instruction: Instruction) -> None:
    """What nobody will decide any more."""
    for extension in Extension.objects.filter(instruction=instruction).undecided():
        extension.state = ExtensionState.WITHDRAWN
        extension.save(update_fields=["state"])


def refresh(instruction: Instruction) -> Instruction:
    """As the database has it now, its executors too."""
    instruction.refresh_from_db()
    instruction._prefetched_objects_cache = {}  # type: ignore[attr-defined]
    return instruction


def today() -> date:
    """The day in Almaty: a verb acts on the day on which it is said."""
    return timezone.localdate()
