"""Who is told of what happens to an instruction: never whoever did it himself."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Q

from accounts.choices import Role
from accounts.models import ApiClient, User
from core import notices
from tasks.models import Executor, Instruction
from tasks.services.steps import lead_of

type Actor = User | ApiClient | None


@transaction.atomic
def tell_executors(instruction: Instruction, by: Actor) -> None:
    """The people of the organisations that are to execute it; each organisation hears once of an instruction."""
    tell_named(Executor.objects.filter(instruction=instruction).live().select_related("instruction"), by=by)


@transaction.atomic
def tell_named(executors: Iterable[Executor], *, by: Actor) -> None:
    """The people of the organisations that were named just now."""
    for executor in executors:
        people = User.objects.filter(organisation=executor.organisation_id).exclude(organisation=None)
        _tell("instruction_given", people, executor.instruction, by, f"instruction-{executor.instruction_id}")


def tell_lead(instruction: Instruction, kind: str, by: Actor, event: str) -> None:
    lead = lead_of(instruction)
    if lead:
        _tell(kind, User.objects.filter(organisation=lead.organisation_id), instruction, by, event)


def tell_office(instruction: Instruction, kind: str, by: Actor, event: str) -> None:
    """The controller; without one, the whole office."""
    people = User.objects.filter(role=Role.OFFICE)
    if instruction.controller_id:
        people = people.filter(pk=instruction.controller_id)
    _tell(kind, people, instruction, by, event)


def tell_issuer(instruction: Instruction, kind: str, by: Actor, event: str = "") -> None:
    """Those who decide for the organisation that gave it."""
    signs = Q(role=Role.LEADERSHIP) | Q(may_sign=True)
    people = User.objects.filter(signs, organisation=instruction.issuer_id)
    _tell(kind, people, instruction, by, event or f"{kind}-{instruction.pk}-{instruction.version}")


def tell_all(instruction: Instruction, kind: str, by: Actor) -> None:
    """Everybody who executes it, and the controller."""
    organisations = Executor.objects.filter(instruction=instruction).live().values("organisation")
    people = User.objects.filter(Q(organisation__in=organisations) | Q(pk=instruction.controller_id))
    _tell(kind, people, instruction, by, f"{kind}-{instruction.pk}-{instruction.version}")


def _tell(kind: str, people: Any, instruction: Instruction, by: Actor, event: str) -> None:
    others = people.filter(is_active=True)
    if by is not None and by.user_id is not None:
        others = others.exclude(pk=by.user_id)
    notices.notify(kind, others, event=event, subject=instruction)
