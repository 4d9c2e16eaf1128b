"""The verbs of an instruction that whoever controls or decides has in the admin. Executors have theirs on the card."""

from collections.abc import Callable
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.admin import VerbForm
from tasks import services
from tasks.admin.columns import proofs
from tasks.admin.verb_forms import (
    ControlForm,
    ControllerForm,
    PartForm,
    ReasonForm,
    ReassignForm,
    RecurrenceForm,
    ReturnForm,
)
from tasks.admin.verbs import Verb
from tasks.choices import VERB_STATES, WAITING, InstructionState, ReportState
from tasks.models import Instruction
from tasks.policies import executors_of


def stands(instruction: Instruction) -> list[tuple[Any, Any]]:
    """How it is now: what whoever confirms a verb has to know."""
    lead = next((executor for executor in executors_of(instruction) if executor.is_lead), None)
    facts = [
        (_("state"), instruction.get_state_display()),
        (_("due"), _term(instruction)),
        (_("responsible executor"), lead or "—"),
    ]
    if hold := instruction.holds.now().select_related("organisation").first():
        facts.append((_("who has to move next"), hold))
    if instruction.is_demo:
        facts.append((_("invented"), _("for trying out")))
    if report := _waiting(instruction):
        facts += [
            (f"{_('report')} ({report.get_kind_display()})", report.text),
            (_("proof"), proofs(report.evidence.select_related("file"))),
        ]
    return facts


def _term(instruction: Instruction) -> str:
    if instruction.due is None:
        return _("term not set")
    due, first = (
        date_format(day, "SHORT_DATE_FORMAT") for day in (instruction.due, instruction.original_due) if day
    )
    return due if due == first else _("%(due)s (at first %(first)s)") % {"due": due, "first": first}


def _waiting(instruction: Instruction) -> Any:
    return instruction.reports.filter(state=ReportState.SUBMITTED).order_by("kind").first()


def _put_on_control(thing: Instruction, user: Any, facts: dict[str, Any]) -> Any:
    wanted = ("due", "expected_result", "lead", "controller")
    told = {name: facts.get(name) for name in wanted}
    return services.put_on_control(thing, by=user, reason=facts["reason"], **told)


def _remove_part(thing: Instruction, user: Any, facts: dict[str, Any]) -> Any:
    wanted = ("text", "expected_result", "due", "lead")
    return services.remove_part(thing, by=user, **{name: facts[name] for name in wanted})


def _set_recurrence(thing: Instruction, user: Any, facts: dict[str, Any]) -> Any:
    return services.set_recurrence(thing, by=user, recurrence=facts["recurrence"], day=facts["day"])


def _reported(thing: Instruction, user: Any) -> bool:
    return thing.state == InstructionState.REPORTED


def _in_time(code: str) -> Callable[[Instruction, Any], bool]:
    return lambda thing, user: thing.state in VERB_STATES[code]


def _removable(thing: Instruction, user: Any) -> bool:
    """One proposes, another removes."""
    return _reported(thing, user) and thing.removal_proposed_by_id not in (None, user.pk)


VERBS: dict[str, Verb] = {
    "put_on_control": Verb(
        "put_on_control",
        ControlForm,
        _put_on_control,
        gettext_lazy("From now on its term runs, and its executors are told."),
        gettext_lazy("The instruction is on control."),
        "timer",
        _in_time("put_on_control"),
    ),
    "propose_removal": Verb(
        "propose_removal",
        VerbForm,
        lambda thing, user, facts: services.propose_removal(thing, by=user),
        gettext_lazy(
            "You have checked the final report. Whoever gave the instruction removes it from control, not you."
        ),
        gettext_lazy("The removal from control is proposed."),
        "fact_check",
        lambda thing, user: _reported(thing, user) and not thing.removal_proposed_by_id,
    ),
    "accept": Verb(
        "accept",
        VerbForm,
        lambda thing, user, facts: services.accept(thing, by=user),
        gettext_lazy("The report is accepted and the instruction is closed. This cannot be undone."),
        gettext_lazy("The instruction is removed from control."),
        "task_alt",
        _removable,
    ),
    "remove_part": Verb(
        "remove_part",
        PartForm,
        _remove_part,
        gettext_lazy(
            "What was done is removed from control. What is left goes on as an instruction of its own."
        ),
        gettext_lazy("The instruction is removed from control in part; the remainder is on control."),
        "call_split",
        _removable,
    ),
    "accept_interim": Verb(
        "accept_interim",
        VerbForm,
        lambda thing, user, facts: services.accept(thing, by=user),
        gettext_lazy("The instruction stays in execution, and its term runs on."),
        gettext_lazy("The interim report is accepted."),
        "done",
        lambda thing, user: thing.state in WAITING and _waiting(thing) is not None,
    ),
    "return_report": Verb(
        "return",
        ReturnForm,
        lambda thing, user, facts: services.return_report(thing, by=user, note=facts["note"]),
        gettext_lazy(
            "The report goes back to the executor; a proposal to remove from control falls with it."
        ),
        gettext_lazy("The report is returned."),
        "undo",
        lambda thing, user: thing.state in VERB_STATES["return"] and _waiting(thing) is not None,
    ),
    "reassign": Verb(
        "reassign",
        ReassignForm,
        lambda thing, user, facts: services.reassign(
            thing, by=user, lead=facts["lead"], reason=facts["reason"]
        ),
        gettext_lazy("The organisation has to accept; the former one is released, its open request ends."),
        gettext_lazy("Another organisation is responsible."),
        "swap_horiz",
        _in_time("reassign"),
    ),
    "set_controller": Verb(
        "set_controller",
        ControllerForm,
        lambda thing, user, facts: services.set_controller(thing, by=user, controller=facts["controller"]),
        gettext_lazy("Reports come to this person from now on."),
        gettext_lazy("The controller is named."),
        "supervisor_account",
        _in_time("set_controller"),
    ),
    "set_recurrence": Verb(
        "set_recurrence",
        RecurrenceForm,
        _set_recurrence,
        gettext_lazy("It is due anew on these days until its own term: each time an instruction of its own."),
        gettext_lazy("The recurrence is set."),
        "event_repeat",
        _in_time("set_recurrence"),
    ),
    "cancel": Verb(
        "cancel",
        ReasonForm,
        lambda thing, user, facts: services.cancel(thing, by=user, reason=facts["reason"]),
        gettext_lazy("It ends without result. This cannot be undone."),
        gettext_lazy("The instruction is cancelled."),
        "block",
        _in_time("cancel"),
    ),
}
