"""Who is told of what happens to an instruction or a progress report: never whoever did it himself."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Q

from accounts.choices import FOR_AN_ORGANISATION, Role
from accounts.models import ApiClient, User
from core import notices
from tasks.models import Executor, FigureDispute, Instruction, ProgressReport
from tasks.policies import controllers, deciders
from tasks.services.steps import lead_of

type Actor = User | ApiClient | None
type Subject = Instruction | ProgressReport | FigureDispute


@transaction.atomic
def tell_executors(instruction: Instruction, by: Actor, event: str = "instruction") -> None:
    """The people of the organisations that are to execute it; each hears once when it is named, once of control."""
    live = Executor.objects.filter(instruction=instruction).live().select_related("instruction")
    tell_named(live, by=by, event=event)


@transaction.atomic
def tell_named(executors: Iterable[Executor], *, by: Actor, event: str = "instruction") -> None:
    """The people of the organisations that were named just now."""
    for executor in executors:
        people = User.objects.filter(organisation=executor.organisation_id).exclude(organisation=None)
        _tell("instruction_given", people, executor.instruction, by, f"{event}-{executor.instruction_id}")


def tell_lead(instruction: Instruction, kind: str, by: Actor, event: str) -> None:
    lead = lead_of(instruction)
    if lead:
        _tell(kind, User.objects.filter(organisation=lead.organisation_id), instruction, by, event)


def tell_office(instruction: Instruction, kind: str, by: Actor, event: str) -> None:
    """Who checks what comes in."""
    _tell(kind, controllers(instruction), instruction, by, event)


def tell_issuer(instruction: Instruction, kind: str, by: Actor, event: str = "") -> None:
    """Those who decide."""
    event = event or f"{kind}-{instruction.pk}-{instruction.version}"
    _tell(kind, deciders(instruction), instruction, by, event)


def tell_all(instruction: Instruction, kind: str, by: Actor, event: str = "") -> None:
    """Everybody who executes it, and the controller."""
    organisations = Executor.objects.filter(instruction=instruction).live().values("organisation")
    people = User.objects.filter(Q(organisation__in=organisations) | Q(pk=instruction.controller_id))
    _tell(kind, people, instruction, by, event or f"{kind}-{instruction.pk}-{instruction.version}")


def tell_reporters(report: ProgressReport, kind: str, by: Actor) -> None:
    """The people of the organisation that owes the report."""
    people = User.objects.filter(organisation=report.organisation_id, role__in=sorted(FOR_AN_ORGANISATION))
    _tell(kind, people, report, by, f"{kind}-{report.pk}-{report.returns}")


def tell_reviewers(report: ProgressReport, kind: str, by: Actor) -> None:
    _tell(kind, User.objects.filter(role=Role.OFFICE), report, by, f"{kind}-{report.pk}-{report.returns}")


def tell_of_dispute(dispute: FigureDispute, by: Actor) -> None:
    _tell("figure_disputed", User.objects.filter(role=Role.OFFICE), dispute, by, f"dispute-{dispute.pk}")


def tell_of_decision(dispute: FigureDispute, by: Actor) -> None:
    """The people of the organisation that contested the figure."""
    people = User.objects.filter(organisation=dispute.organisation_id, role__in=sorted(FOR_AN_ORGANISATION))
    _tell("dispute_decided", people, dispute, by, f"dispute-{dispute.pk}-{dispute.state}")


def _tell(kind: str, people: Any, subject: Subject, by: Actor, event: str) -> None:
    if by is not None and by.user_id is not None:
        people = people.exclude(pk=by.user_id)
    notices.notify(kind, people, event=event, subject=subject)
