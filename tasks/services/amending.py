"""What the register says of an instruction before it is on control, written anew; and sent again by another system."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, models, transaction
from django.utils.translation import gettext as _

from core import ledger, publishing
from core.choices import Outcome
from core.exceptions import Conflict
from core.text import Text
from tasks.choices import InstructionState
from tasks.models import ExternalReference, Instruction
from tasks.policies import executors_of, require
from tasks.querysets.references import scheme_of
from tasks.services.registering import name_executors, register_instruction
from tasks.services.steps import Actor, lock, refresh, said
from tasks.words import MISSING

#: The facts that are texts in three languages.
TEXTS = ("text", "expected_result")


class OnControl(Conflict):
    """What is on control changes by its verbs only."""

    code = "on_control"


class Published(Conflict):
    """What the public reads changes by publication only."""

    code = "published"


@transaction.atomic
def amend_instruction(
    instruction: Instruction,
    *,
    by: Actor,
    due: date | None = None,
    executors: Iterable[Mapping[str, Any]] | None = None,
    **facts: Any,
) -> tuple[Instruction, bool]:
    """Write anew what is given here, the rest stays; and whether anything changed by it.

    `executors`: all of them from now on. The first due date is written once.
    """
    principal = require(by, "register_instruction")
    row = lock(instruction.pk)
    changed = {name: value for name, value in facts.items() if _differs(row, name, value)}
    new_due = due if due != row.original_due else None
    named = None if executors is None else {_key(**one): one for one in executors}
    there = {_key(one.organisation, one.group, one.role, one.internal_due): one for one in executors_of(row)}
    are_others = named is not None and named.keys() != there.keys()
    if not (changed or new_due or are_others):
        return row, False
    _refuse_settled(row)
    with ledger.acting(by, "amend_instruction", said(principal)):
        _write(row, changed, new_due)
        if named is not None:
            for key in there.keys() - named.keys():
                there[key].delete()  # before control nobody has said or done anything yet
            name_executors(row, [one for key, one in named.items() if key not in there])
    return refresh(row), True


def _refuse_settled(row: Instruction) -> None:
    if row.state != InstructionState.REGISTERED:
        raise OnControl(
            _(
                "The instruction is “%(state)s”: what it says stays. Its term moves by a request for more time, who "
                "leads by re-assigning it; or it is cancelled, and another one registered."
            )
            % {"state": row.get_state_display()}
        )
    if publishing.is_out(row):
        raise Published(
            _(
                "The instruction is published: change it in the administration, where a second person publishes it."
            )
        )


def _differs(row: Instruction, name: str, value: Any) -> bool:
    if isinstance(value, models.Model):
        return bool(getattr(row, f"{name}_id") != value.pk)
    return bool(getattr(row, name) != (Text.of(value) if name in TEXTS else value))


def _write(row: Instruction, facts: Mapping[str, Any], due: date | None) -> None:
    for name, value in facts.items():
        setattr(row, name, value)
    if not (row.text.kk or row.text.ru):
        raise ValidationError({"text": [MISSING["text"]]})
    if due and row.original_due:
        sentence = _("The first due date is written once; later the term moves by an extension.")
        raise ValidationError({"due": [sentence]})
    if due:
        row.due = row.original_due = due
    if facts or due:
        row.full_clean()
        row.save()


def _key(
    organisation: Any = None, group: Any = None, role: str = "", internal_due: date | None = None
) -> Any:
    """All that is said of an executor before control."""
    return organisation and organisation.pk, Text.of(group), role, internal_due


@transaction.atomic
def keep_instruction(*, by: Actor, external_id: str, **facts: Any) -> tuple[Instruction, Outcome]:
    """What the system of the caller calls so: registered where there is none, amended where there is one."""
    require(by, "register_instruction")
    scheme = scheme_of(by)
    _one_after_the_other(scheme)
    known = ExternalReference.objects.select_related("instruction").filter(scheme=scheme, value=external_id)
    if found := known.first():
        row, is_changed = amend_instruction(found.instruction, by=by, **facts)
        return row, Outcome.UPDATED if is_changed else Outcome.UNCHANGED
    made = register_instruction(by=by, **facts)
    with ledger.acting(by, "register_instruction"):
        ExternalReference(instruction=made, scheme=scheme, value=external_id).save()
    return made, Outcome.CREATED


def _one_after_the_other(scheme: str) -> None:
    """Two who send for one organisation at the same moment: until this transaction ends the second one waits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"names of {scheme}"])
