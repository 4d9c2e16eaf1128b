"""What the verbs ask, call and say: one row each. The rules are the services'."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.exceptions import Conflict
from tasks import services
from tasks.forms import verbs as forms
from tasks.forms.base import ControlForm
from tasks.views.offers import Situation


@dataclass(frozen=True)
class Act:
    form: type[ControlForm]
    call: Callable[[Situation, Any], Any]
    #: What will happen, before; what has happened, after.
    intro: Any
    done: Any
    #: A verb that takes it back, if there is one.
    undo: str = ""


def _plain(service: Callable[..., Any], *names: str) -> Callable[[Situation, Any], Any]:
    """Of a service that takes the instruction and the fields of these names."""

    def call(situation: Situation, form: Any) -> Any:
        facts = {name: form.cleaned_data[name] for name in names if form.cleaned_data.get(name) is not None}
        return service(situation.instruction, by=situation.user, **facts)

    return call


def _of_extension(service: Callable[..., Any], *names: str) -> Callable[[Situation, Any], Any]:
    def call(situation: Situation, form: Any) -> Any:
        facts = {name: form.cleaned_data[name] for name in names if form.cleaned_data.get(name) is not None}
        return service(
            extension_for(situation, form.cleaned_data.get("extension", "")), by=situation.user, **facts
        )

    return call


def extension_for(situation: Situation, public_id: str) -> Any:
    """The request that the form was about; one that waits where it names none."""
    rows = (one for one in situation.life.extensions if one.public_id == public_id)
    found = next(rows, None) if public_id else situation.life.undecided
    if found is None:
        raise Conflict(_("No request for more time waits for a decision."))
    return found


def _put_on_control(situation: Situation, form: Any) -> Any:
    told = form.cleaned_data
    expected = form.in_languages("expected_result")
    return services.put_on_control(
        situation.instruction,
        by=situation.user,
        due=told.get("due"),
        expected_result=expected if any(expected.values()) else None,
        lead=told["lead"],
        controller=told["controller"],
        reason=told["reason"],
    )


def _part(service: Callable[..., Any]) -> Callable[[Situation, Any], Any]:
    def call(situation: Situation, form: Any) -> Any:
        return service(
            situation.instruction,
            by=situation.user,
            text=form.in_languages("text"),
            expected_result=form.in_languages("expected_result"),
            lead=form.cleaned_data["lead"],
            due=form.cleaned_data["due"],
        )

    return call


def _contribute(situation: Situation, form: Any) -> Any:
    text = form.cleaned_data["text"]
    return services.contribute(situation.instruction, by=situation.user, text=text, proofs=form.good)


def _recur(situation: Situation, form: Any) -> Any:
    told = form.cleaned_data
    return services.set_recurrence(
        situation.instruction, by=situation.user, recurrence=told["recurrence"], day=told["day"]
    )


ACTS: dict[str, Act] = {
    "put_on_control": Act(
        forms.PutOnControl,
        _put_on_control,
        gettext_lazy(
            "From now on the term runs, and the executors are told. The first due date stays for ever."
        ),
        gettext_lazy("The instruction is on control; its executors are told."),
    ),
    "accept_assignment": Act(
        forms.Confirm,
        _plain(services.accept_assignment),
        gettext_lazy(
            "Your organisation takes the instruction: after this it cannot be refused as not yours."
        ),
        gettext_lazy("Your organisation has accepted the instruction."),
    ),
    "refuse_assignment": Act(
        forms.Reason,
        _plain(services.refuse_assignment, "reason"),
        gettext_lazy(
            "The project office is told and names another organisation, or yours again. Say whose it is."
        ),
        gettext_lazy("The refusal is sent to the project office."),
    ),
    "reassign": Act(
        forms.Reassign,
        _plain(services.reassign, "lead", "reason"),
        gettext_lazy("The present responsible executor is released; the new one is told and has to accept."),
        gettext_lazy("The instruction has another responsible executor, who is told."),
    ),
    "start": Act(
        forms.Confirm,
        _plain(services.start),
        gettext_lazy("The instruction is in execution from now on; who starts has accepted."),
        gettext_lazy("The instruction is in execution."),
    ),
    "contribute": Act(
        forms.Contribute,
        _contribute,
        gettext_lazy(
            "What you send goes to the responsible executor, who compiles the report. Sent, it stays."
        ),
        gettext_lazy("Your contribution is sent to the responsible executor."),
    ),
    "return": Act(
        forms.Return,
        _plain(services.return_report, "note"),
        gettext_lazy("The report goes back to the executor with your note; the term runs on."),
        gettext_lazy("The report is returned; the executor is told what to correct."),
    ),
    "propose_removal": Act(
        forms.Confirm,
        _plain(services.propose_removal),
        gettext_lazy(
            "You have checked the final report. Whoever gave the instruction now decides on its removal."
        ),
        gettext_lazy("Removal is proposed: whoever gave the instruction decides."),
        undo="return",
    ),
    "accept": Act(
        forms.Confirm,
        _plain(services.accept),
        gettext_lazy(
            "The report is accepted. With a final one the instruction is removed from control for good."
        ),
        gettext_lazy("The report is accepted."),
    ),
    "remove_part": Act(
        forms.Remainder,
        _part(services.remove_part),
        gettext_lazy(
            "What was done is removed from control; the rest goes on as an instruction with its own term."
        ),
        gettext_lazy("Removed in part; the remainder is on control."),
    ),
    "cancel": Act(
        forms.Reason,
        _plain(services.cancel, "reason"),
        gettext_lazy(
            "The instruction ends without result, for good. Everybody whom it concerns is told why."
        ),
        gettext_lazy("The instruction is cancelled."),
    ),
    "split": Act(
        forms.PartForm,
        _part(services.split),
        gettext_lazy(
            "A part of your instruction for another body, on control at once, due before the whole."
        ),
        gettext_lazy("The sub-instruction is given; its executor is told."),
    ),
    "set_controller": Act(
        forms.SetController,
        _plain(services.set_controller, "controller"),
        gettext_lazy("Reports and refusals come to this person of the project office from now on."),
        gettext_lazy("The instruction has another controller."),
    ),
    "set_recurrence": Act(
        forms.RecurrenceForm,
        _recur,
        gettext_lazy("Occurrences are made up to a month ahead, until the term of the instruction itself."),
        gettext_lazy("The recurrence is set."),
    ),
    "request_extension": Act(
        forms.RequestExtension,
        _plain(services.request_extension, "new_due", "reason"),
        gettext_lazy("Whoever gave the instruction decides. Until then the present term holds."),
        gettext_lazy("More time is asked for; until it is decided the present term holds."),
        undo="withdraw",
    ),
    "take_up": Act(
        forms.OfExtension,
        _of_extension(services.take_up),
        gettext_lazy("The executor sees that his request is being looked into; it stays open."),
        gettext_lazy("The request is under review."),
    ),
    "grant": Act(
        forms.Grant,
        _of_extension(services.grant, "due"),
        gettext_lazy("The term moves to the granted day; the first due date stays visible beside it."),
        gettext_lazy("More time is granted; the executor is told."),
        undo="correct",
    ),
    "refuse": Act(
        forms.Refuse,
        _of_extension(services.refuse, "reason"),
        gettext_lazy("The term stays as it is; the executor is told why."),
        gettext_lazy("More time is refused; the executor is told why."),
        undo="correct",
    ),
    "withdraw": Act(
        forms.OfExtension,
        _of_extension(services.withdraw),
        gettext_lazy("The request ends undecided; the present term holds."),
        gettext_lazy("The request is withdrawn."),
    ),
    "correct": Act(
        forms.Correct,
        _of_extension(services.correct, "why", "due", "reason"),
        gettext_lazy(
            "A new decision on the same request takes the place of the wrong one; both stay visible."
        ),
        gettext_lazy("The decision is corrected; the executor is told."),
    ),
}
