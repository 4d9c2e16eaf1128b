"""Who executes: acceptance, refusal, re-assignment, beginning."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import Organisation, User
from core import ledger
from core.calendar import WorkingDays
from core.exceptions import Conflict
from tasks.choices import REFUSAL_DAYS, InstructionState, ReportState
from tasks.models import ExecutionReport, Executor, Instruction
from tasks.policies import is_office
from tasks.services import news
from tasks.services.steps import (
    Actor,
    begin,
    executor_for,
    lead_of,
    name_lead,
    refresh,
    release,
    said,
    today,
    withdraw_requests,
    worded,
    working,
)


@transaction.atomic
def accept_assignment(instruction: Instruction, *, by: Actor) -> Instruction:
    """The organisation takes it: from now on nobody says that it was not its business."""
    instruction, principal = begin(instruction, "accept_assignment", by)
    executor = executor_for(instruction, principal.person)
    _refuse_answered(executor)
    executor.accepted_on = today()
    with ledger.acting(by, "accept_assignment", said(principal)):
        executor.save(update_fields=["accepted_on"])
    return refresh(instruction)


@transaction.atomic
def refuse_assignment(instruction: Instruction, *, by: Actor, reason: str) -> Instruction:
    """“Not our competence”, within the days for it; the office finds another, or names the same again."""
    instruction, principal = begin(instruction, "refuse_assignment", by)
    executor = executor_for(instruction, principal.person)
    _refuse_answered(executor)
    last = WorkingDays().add(executor.assigned_on or today(), REFUSAL_DAYS)
    if today() > last:
        raise Conflict(
            _("An assignment is refused within %(days)s working days: until %(day)s it was possible.")
            % {"days": REFUSAL_DAYS, "day": date_format(last, "SHORT_DATE_FORMAT")}
        )
    executor.refused_reason = worded("reason", reason, _("Say why it is not your competence, and whose."))
    executor.refused_on = today()
    with ledger.acting(by, "refuse_assignment", said(principal, executor.refused_reason)):
        executor.save(update_fields=["refused_on", "refused_reason"])
    news.tell_office(instruction, "assignment_refused", by, event=f"refusal-{executor.pk}")
    return refresh(instruction)


def _refuse_answered(executor: Executor) -> None:
    if executor.accepted_on:
        raise Conflict(_("Your organisation has accepted this assignment already."))
    if executor.refused_on:
        raise Conflict(_("Your organisation has refused this assignment: the project office decides."))


@transaction.atomic
def reassign(instruction: Instruction, *, by: Actor, lead: Organisation, reason: str) -> Instruction:
    """Another organisation leads, and has to accept; the former one is released with its draft, its request ends."""
    instruction, principal = begin(instruction, "reassign", by)
    reason = worded("reason", reason, _("Say why another organisation is to lead."))
    former = lead_of(instruction)
    if former and former.organisation_id == lead.pk and not former.refused_on:
        raise ValidationError({"lead": [_("This organisation leads already.")]})
    with ledger.acting(by, "reassign", said(principal, reason)):
        withdraw_requests(instruction)
        if former:
            release([former], today())
            ExecutionReport.objects.filter(instruction=instruction, state=ReportState.DRAFT).delete()
        executor = name_lead(instruction, lead, today())
    executor.refresh_from_db()
    news.tell_lead(
        refresh(instruction), "instruction_given", by, event=f"lead-{executor.pk}-{executor.version}"
    )
    return refresh(instruction)


@transaction.atomic
def start(instruction: Instruction, *, by: Actor) -> Instruction:
    """The responsible executor begins; who begins has accepted."""
    instruction, principal = begin(instruction, "start", by)
    with ledger.acting(by, "start", said(principal)):
        working(instruction, principal)
        instruction.state = InstructionState.IN_EXECUTION
        instruction.save(update_fields=["state"])
    return refresh(instruction)


@transaction.atomic
def set_controller(instruction: Instruction, *, by: Actor, controller: User) -> Instruction:
    """Who of the office follows it from now on."""
    instruction, principal = begin(instruction, "set_controller", by)
    if not (controller.has_access and is_office(controller)):
        raise ValidationError({"controller": [_("A controller is somebody of the project office.")]})
    if instruction.controller_id == controller.pk:
        raise Conflict(_("%(name)s is its controller already.") % {"name": controller})
    instruction.controller = controller
    with ledger.acting(by, "set_controller", said(principal)):
        instruction.save(update_fields=["controller"])
    return refresh(instruction)
