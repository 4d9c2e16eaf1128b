"""Which verbs a reader may use of an instruction now: by the policy, its state, and what a service would refuse.

The service has the last word; a button that would only be refused is not shown.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from core.calendar import WorkingDays
from tasks.choices import (
    FINAL,
    FINAL_FROM,
    REFUSAL_DAYS,
    VERB_LABELS,
    VERB_STATES,
    WAITING,
    ExtensionState,
    InstructionState,
    ReportKind,
    ReportState,
)
from tasks.models import Instruction
from tasks.policies import Desk
from tasks.views.reading import Inner

#: In the order in which they come to mind; the first of STEPS that is possible is the next step.
ORDER = (
    "grant",
    "accept",
    "propose_removal",
    "put_on_control",
    "accept_assignment",
    "start",
    "report",
    "contribute",
    "take_up",
    "refuse",
    "return",
    "remove_part",
    "request_extension",
    "withdraw",
    "split",
    "correct",
    "reassign",
    "set_controller",
    "set_recurrence",
    "refuse_assignment",
    "cancel",
)
STEPS = frozenset(ORDER[: ORDER.index("take_up")])
EXTENSION_VERBS = frozenset({"take_up", "grant", "refuse", "withdraw", "correct"})
#: Where neither the verb nor its state has the name of the right.
RIGHTS = {"set_recurrence": "put_on_control"}
STATES = {**VERB_STATES, "set_recurrence": VERB_STATES["reassign"]}


class Offer(NamedTuple):
    verb: str
    label: str
    is_next: bool


@dataclass
class Situation:
    """What the answers hang on."""

    user: Any
    desk: Desk
    instruction: Instruction
    life: Inner
    today: date
    calendar: WorkingDays

    @property
    def state(self) -> str:
        return self.instruction.state

    def may(self, verb: str) -> bool:
        return self.desk.may(self.right(verb), self.instruction)

    def right(self, verb: str) -> str:
        if verb == "accept" and self.state in WAITING:
            return "accept_interim"
        return RIGHTS.get(verb, verb)

    def own(self, verb: str) -> Any:
        """The executor for whom the reader would act."""
        principal = self.desk.principal(verb, self.instruction)
        organisation = principal and principal.person.organisation_id
        live = (one for one in self.life.executors if one.released_on is None)
        return next((one for one in live if organisation and one.organisation_id == organisation), None)

    def waiting(self, kind: str = "") -> Any:
        rows = (one for one in self.life.reports if one.state == ReportState.SUBMITTED)
        return next((one for one in rows if kind in ("", one.kind)), None)

    def parts_are_closed(self) -> bool:
        return all(part.state in FINAL or part.is_remainder for part in self.instruction.parts)  # type: ignore[attr-defined]

    def kinds(self) -> list[str]:
        """Of a report that may be handed in now."""
        possible = [ReportKind.FINAL] if self.state in FINAL_FROM else []
        return [kind for kind in (*possible, ReportKind.INTERIM) if not self.waiting(kind)]


def offers(situation: Situation) -> list[Offer]:
    verbs = [verb for verb in ORDER if situation.may(verb) and is_possible(situation, verb)]
    following = next((verb for verb in verbs if verb in STEPS), None)
    verbs.sort(key=lambda verb: verb != following)
    return [Offer(verb, label(verb, situation), verb == following) for verb in verbs]


def is_possible(situation: Situation, verb: str) -> bool:
    if verb in EXTENSION_VERBS:
        return _of_extension(situation, verb)
    if situation.state not in STATES[verb]:
        return False
    return verb not in _MORE or _MORE[verb](situation)


def label(verb: str, situation: Situation | None = None) -> str:
    if verb == "accept" and situation is not None and situation.right(verb) == "accept_interim":
        verb = "accept_interim"
    return str(VERB_LABELS[verb])


def _of_extension(situation: Situation, verb: str) -> bool:
    if verb == "correct":
        return situation.life.last_decision is not None and situation.state not in FINAL
    asked = situation.life.undecided
    return asked is not None and (verb != "take_up" or asked.state == ExtensionState.REQUESTED)


def _unanswered(situation: Situation) -> bool:
    executor = situation.own("accept_assignment")
    return executor is not None and not executor.accepted_on and not executor.refused_on


def _in_time_to_refuse(situation: Situation) -> bool:
    executor = situation.own("refuse_assignment")
    since = executor and (executor.assigned_on or situation.today)
    return _unanswered(situation) and situation.calendar.between(since, situation.today) <= REFUSAL_DAYS


def _not_refused(situation: Situation) -> bool:
    executor = situation.own("start")
    return executor is not None and not executor.refused_on


def _removable(situation: Situation) -> bool:
    """What is final: proposed, by somebody else, and its parts are closed."""
    proposed_by = situation.instruction.removal_proposed_by_id
    return proposed_by not in (None, situation.user.pk) and situation.parts_are_closed()


def _acceptable(situation: Situation) -> bool:
    if situation.state == InstructionState.REPORTED:
        return _removable(situation)
    return situation.waiting(ReportKind.INTERIM) is not None


def _more_time_is_askable(situation: Situation) -> bool:
    due = situation.instruction.due
    return due is not None and situation.today <= due and situation.life.undecided is None


_MORE: dict[str, Callable[[Situation], bool]] = {
    "accept_assignment": _unanswered,
    "refuse_assignment": _in_time_to_refuse,
    "start": _not_refused,
    "report": lambda situation: bool(situation.kinds()),
    "return": lambda situation: situation.waiting() is not None,
    "propose_removal": lambda situation: (
        not situation.instruction.removal_proposed_by_id and situation.parts_are_closed()
    ),
    "accept": _acceptable,
    "remove_part": _removable,
    "cancel": Situation.parts_are_closed,
    "request_extension": _more_time_is_askable,
}
