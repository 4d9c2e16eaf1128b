"""Who may do what with instructions, progress reports and disputes of figures.

Asked by services to refuse, by pages to show a button.

Three sides meet: who executes (the responsible organisation and co-executors), who controls (the project office, or
the organisation that gave the instruction), who decides (whoever gave it). A substitute has the rights of the person
he acts for; what he does is signed for him.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.choices import FOR_AN_ORGANISATION, OrganisationKind, Role
from accounts.models import Organisation, Substitution, User
from core.exceptions import Forbidden
from core.policies import sees_everything
from districts.models import Figure, ProjectParty
from tasks.choices import ExecutorRole
from tasks.models import Executor, FigureDispute, Instruction, ProgressReport, ReportingDuty
from tasks.querysets import signers_of

#: What a verb is used on; of the register itself, nothing.
type Subject = Instruction | ProgressReport | Figure | FigureDispute | None

EXECUTING = {"accept_assignment", "refuse_assignment"}
LEADING = {"start", "report", "request_extension", "withdraw", "split"}
CONTRIBUTING = {"contribute"}
CONTROLLING = {
    "put_on_control",
    "reassign",
    "propose_removal",
    "accept_interim",
    "set_recurrence",
    "set_controller",
}
DECIDING = {"grant", "refuse", "correct", "accept", "remove_part"}
#: Either side of those who gave the instruction.
EITHER = {"return", "cancel", "take_up"}
#: Of the register itself: meetings, their papers, new instructions.
REGISTERING = {"register_instruction", "keep_meetings"}
#: Of an escalation, level by level: those to whom it is carried.
ACKNOWLEDGING = {"acknowledge_1", "acknowledge_2", "acknowledge_3"}
#: Of progress reports: who owes them writes, one who may sign there submits, the office answers.
WRITING = {"save_progress", "complete_progress", "discard_progress", "correct_progress"}
SUBMITTING = {"submit_progress"}
REVIEWING = {"accept_progress", "return_progress"}
#: Of reporting itself: who owes what, its periods, the plan, and files that no scanner judges.
SCHEDULING = {
    *("assign_duty", "end_duty", "hand_over_duty"),
    *("lock_period", "reopen_period", "move_due", "set_plan", "release_file"),
}
#: Of figures that the centre holds: who knows them from the field contests, the office decides.
CONTESTING = {"file_dispute", "withdraw_dispute"}
DECIDING_DISPUTES = {"decide_dispute"}


class Principal(NamedTuple):
    """Whose rights are used: the user's own, or those of the person whom he acts for."""

    person: Any
    acted_for: User | None = None


def is_office(person: Any) -> bool:
    return person.role == Role.OFFICE or getattr(person, "is_superuser", False)


class Desk:
    """A user and everyone whom he acts for today. One query, whatever number of instructions he is asked about."""

    def __init__(self, user: Any) -> None:
        self.principals: list[Principal] = []
        if not getattr(user, "is_authenticated", False) or not getattr(user, "role", ""):
            return
        acting = Substitution.objects.by(user, timezone.localdate()).select_related("person")
        self.principals = [Principal(user), *(Principal(row.person, row.person) for row in acting)]

    def principal(self, verb: str, row: Subject = None) -> Principal | None:
        """Whose rights allow the verb; nobody's: None. The state of the row is another question."""
        allowed = (one for one in self.principals if _allows(one.person, verb, row))
        return next(allowed, None)

    def may(self, verb: str, row: Subject = None) -> bool:
        return self.principal(verb, row) is not None


def may(user: Any, verb: str, row: Subject = None) -> bool:
    return Desk(user).may(verb, row)


def require(user: Any, verb: str, row: Subject = None) -> Principal:
    """Whose rights the user acts with; Forbidden where he has none for this verb."""
    found = Desk(user).principal(verb, row)
    if found is None:
        raise Forbidden(refusal(verb))
    return found


def follows(user: Any) -> bool:
    """Who has terms to put into a calendar: the house, and whoever belongs to an organisation."""
    return bool(getattr(user, "role", "")) and (sees_everything(user) or user.organisation_id is not None)


def may_follow(user: Any, organisation: Organisation) -> bool:
    """The terms of any organisation for the house, of their own for others."""
    return follows(user) and (sees_everything(user) or user.organisation_id == organisation.pk)


def refusal(verb: str) -> str:
    if verb in LEADING:
        return _("Only the responsible executor may do this.")
    if verb in EXECUTING | CONTRIBUTING:
        return _("Only an executor of this instruction may do this.")
    if verb in DECIDING:
        return _("Only who gave the instruction, or who acts for him, may do this.")
    if verb in ACKNOWLEDGING:
        return _("Only those to whom it is carried acknowledge it.")
    if verb in WRITING:
        return _("Only the organisation that owes the report may do this.")
    if verb in SUBMITTING:
        return _("Only who may sign for the organisation that owes the report submits it.")
    if verb in CONTESTING:
        return _(
            "A figure is contested by an organisation that takes part in the project or reports of it, and one of the "
            "city or of a district by an akimat."
        )
    return _("Only the project office may do this.")


def _allows(person: Any, verb: str, row: Subject) -> bool:
    if row is None:
        return verb in REGISTERING | SCHEDULING and is_office(person)
    if isinstance(row, ProgressReport):
        return _allows_of_progress(person, verb, row)
    if isinstance(row, Figure | FigureDispute):
        return _allows_of_disputes(person, verb, row)
    return any(verb in verbs and holds(person, row) for verbs, holds in _SIDES)


def _allows_of_progress(person: Any, verb: str, report: ProgressReport) -> bool:
    if verb in REVIEWING:
        return is_office(person)
    owes = person.role in FOR_AN_ORGANISATION and person.organisation_id == report.organisation_id
    return owes and (verb in WRITING or (verb in SUBMITTING and bool(getattr(person, "may_sign", False))))


def _allows_of_disputes(person: Any, verb: str, row: Figure | FigureDispute) -> bool:
    if verb in DECIDING_DISPUTES:
        return is_office(person)
    if verb not in CONTESTING or person.role != Role.EXECUTOR or person.organisation_id is None:
        return False
    if isinstance(row, FigureDispute):
        return bool(person.organisation_id == row.organisation_id)
    if row.project_id is None:
        return bool(person.organisation.kind == OrganisationKind.AKIMAT)
    own = {"project": row.project_id, "organisation": person.organisation_id}
    duties = ReportingDuty.objects.filter(**own).within(timezone.localdate(), timezone.localdate())
    return ProjectParty.objects.current().filter(**own).exists() or duties.exists()


def _executes(person: Any, instruction: Instruction, role: str | None = None) -> bool:
    if person.organisation_id is None or person.role == Role.AUDITOR:
        return False
    return any(
        executor.organisation_id == person.organisation_id and role in (None, executor.role)
        for executor in executors_of(instruction)
    )


def executors_of(instruction: Instruction) -> list[Executor]:
    """The live ones, from what was prefetched or by a query."""
    return [executor for executor in instruction.executors.all() if executor.released_on is None]


def _leads(person: Any, instruction: Instruction) -> bool:
    return _executes(person, instruction, ExecutorRole.LEAD)


def _heads(person: Any, instruction: Instruction) -> bool:
    return _leads(person, instruction) and bool(person.may_sign)


def _governs(person: Any, instruction: Instruction) -> bool:
    return person.role == Role.LEADERSHIP


def _contributes(person: Any, instruction: Instruction) -> bool:
    return _executes(person, instruction, ExecutorRole.CO)


def _controls(person: Any, instruction: Instruction) -> bool:
    return is_office(person) or (
        person.role in FOR_AN_ORGANISATION and person.organisation_id == instruction.issuer_id
    )


def _decides(person: Any, instruction: Instruction) -> bool:
    """A person of the organisation that gave it; of an executor's, one who may sign.

    Where nobody of it may come in, leadership decides for it.
    """
    if person.organisation_id == instruction.issuer_id:
        return person.role == Role.LEADERSHIP or (
            person.role in FOR_AN_ORGANISATION and getattr(person, "may_sign", False)
        )
    return person.role == Role.LEADERSHIP and not _has_deciders(instruction)


def _has_deciders(instruction: Instruction) -> bool:
    """As the page read it with the row (`InstructionQuerySet.with_deciders`), or by a query, once a row."""
    if getattr(instruction, "has_deciders", None) is None:
        instruction.has_deciders = signers_of(instruction.issuer_id).exists()  # type: ignore[attr-defined]
    return instruction.has_deciders  # type: ignore[attr-defined]


def deciders(instruction: Instruction) -> QuerySet[User]:
    """The people who may decide on it as themselves."""
    own = signers_of(instruction.issuer_id)
    if own.exists():
        return own
    return User.objects.with_access(timezone.localdate()).filter(role=Role.LEADERSHIP)


def controllers(instruction: Instruction) -> QuerySet[User]:
    """Who checks what comes in: its controller (else the office), and the people of an executor that gave it."""
    present = User.objects.with_access(timezone.localdate())
    chosen = present.filter(pk=instruction.controller_id)
    office = Q(pk__in=chosen) if chosen.exists() else Q(role=Role.OFFICE)
    own = Q(role__in=sorted(FOR_AN_ORGANISATION), organisation=instruction.issuer_id)
    return present.filter(office | own)


def _either(person: Any, instruction: Instruction) -> bool:
    return _controls(person, instruction) or _decides(person, instruction)


_SIDES: list[tuple[set[str], Callable[[Any, Instruction], bool]]] = [
    (EXECUTING, _executes),
    (LEADING, _leads),
    (CONTRIBUTING, _contributes),
    (CONTROLLING, _controls),
    (DECIDING, _decides),
    (EITHER, _either),
    ({"acknowledge_1"}, _heads),
    ({"acknowledge_1", "acknowledge_2"}, _controls),
    ({"acknowledge_2"}, _decides),
    (ACKNOWLEDGING, _governs),
]
