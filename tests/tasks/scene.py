"""One instruction and everybody around it, and every verb of control as one call."""

from datetime import date
from typing import Any

from django.contrib.auth.models import AnonymousUser

from core.models import Outbox
from tasks import services
from tasks.models import (
    Contribution,
    Evidence,
    ExecutionReport,
    Executor,
    Extension,
    HoldInterval,
    Instruction,
)
from tests.factories import (
    ExecutorFactory,
    ExtensionFactory,
    OrganisationFactory,
    UserFactory,
    instruction_in,
)

DUE, LATER = date(2099, 3, 1), date(2099, 9, 1)
TEXTS = {"text": {"kk": "Қалғаны"}, "expected_result": {"kk": "Акт"}}
TABLES = (Instruction, Executor, Contribution, Extension, ExecutionReport, Evidence, HoldInterval, Outbox)


class Scene:
    """The post gave it, the ministry leads, the akimat helps; nobody else has to do with it."""

    def __init__(self, request: Any) -> None:
        get = request.getfixturevalue
        names = (
            "office",
            "leadership",
            "auditor",
            "executor",
            "akimat_preparer",
            "akimat_signer",
            "investor",
        )
        self.people = {name: get(name) for name in names}
        self.people["anonymous"] = AnonymousUser()
        self.people["stranger"] = UserFactory(
            username="stranger", role="executor", may_sign=True, organisation=OrganisationFactory()
        )
        self.people["other_leader"] = UserFactory(
            username="other_leader", role="leadership", may_sign=True, organisation=OrganisationFactory()
        )
        self.__dict__.update(self.people)

    def __getattr__(self, name: str) -> Any:
        if name not in self.__dict__.get("people", {}):
            raise AttributeError(name)
        return self.people[name]

    def instruction(self, state: str = "on_control", **facts: Any) -> Instruction:
        post, ministry = self.leadership.organisation, self.executor.organisation
        made = instruction_in(state, **({"issuer": post, "lead": ministry, "due": DUE} | facts))
        ExecutorFactory(instruction=made, organisation=self.akimat_signer.organisation)
        if state != "registered":
            made.executors.update(assigned_on=date.today())
        return made

    def proposed(self) -> Instruction:
        return services.propose_removal(self.instruction("reported"), by=self.office)

    def asked(self, state: str = "on_control") -> Extension:
        return ExtensionFactory(
            instruction=self.instruction(state),
            organisation=self.executor.organisation,
            old_due=DUE,
            new_due=LATER,
        )


CALLS: dict[str, Any] = {
    "put_on_control": lambda i, by: services.put_on_control(i, by=by, reason="Керек"),
    "accept_assignment": lambda i, by: services.accept_assignment(i, by=by),
    "refuse_assignment": lambda i, by: services.refuse_assignment(i, by=by, reason="Құзыретіміз емес"),
    "reassign": lambda i, by: services.reassign(i, by=by, lead=OrganisationFactory(), reason="Құзыреті"),
    "start": lambda i, by: services.start(i, by=by),
    "contribute": lambda i, by: services.contribute(i, by=by, text="Жер бөлінді"),
    "save_report": lambda i, by: services.save_report(i, by=by, kind="interim", text="Жазылуда"),
    "report": lambda i, by: services.report(i, by=by, kind="interim", text="Іргетас құйылды"),
    "return": lambda i, by: services.return_report(i, by=by, note="Актісі жоқ"),
    "propose_removal": lambda i, by: services.propose_removal(i, by=by),
    "accept": lambda i, by: services.accept(i, by=by),
    "remove_part": lambda i, by: services.remove_part(i, by=by, due=LATER, **TEXTS),
    "cancel": lambda i, by: services.cancel(i, by=by, reason="Екі рет берілген"),
    "request_extension": lambda i, by: services.request_extension(i, by=by, new_due=LATER, reason="Кешікті"),
    "split": lambda i, by: services.split(i, by=by, lead=OrganisationFactory(), due=DUE, **TEXTS),
    "set_recurrence": lambda i, by: services.set_recurrence(i, by=by, recurrence="monthly", day=5),
    "set_controller": lambda i, by: services.set_controller(i, by=by, controller=by),
}
ON_REQUESTS: dict[str, Any] = {
    "take_up": lambda e, by: services.take_up(e, by=by),
    "grant": lambda e, by: services.grant(e, by=by),
    "refuse": lambda e, by: services.refuse(e, by=by, reason="Мерзім жеткілікті"),
    "withdraw": lambda e, by: services.withdraw(e, by=by),
}
LEAD, EXECUTORS, CONTROL = {"executor"}, {"executor", "akimat_preparer", "akimat_signer"}, {"office"}
#: Who may use the verb in this scene.
MAY: dict[str, set[str]] = {
    "put_on_control": CONTROL,
    "accept_assignment": EXECUTORS,
    "refuse_assignment": EXECUTORS,
    "reassign": CONTROL,
    "start": LEAD,
    "contribute": {"akimat_preparer", "akimat_signer"},
    "save_report": LEAD,
    "report": LEAD,
    "return": {"office", "leadership"},
    "propose_removal": CONTROL,
    "accept": {"leadership"},
    "remove_part": {"leadership"},
    "cancel": {"office", "leadership"},
    "request_extension": LEAD,
    "split": LEAD,
    "set_recurrence": CONTROL,
    "set_controller": CONTROL,
    "take_up": {"office", "leadership"},
    "grant": {"leadership"},
    "refuse": {"leadership"},
    "withdraw": LEAD,
}


def ready(scene: Scene, verb: str) -> Any:
    """The row that the verb is used on, where it works."""
    if verb in ON_REQUESTS:
        return scene.asked()
    if verb in ("accept", "remove_part"):
        return scene.proposed()
    states = {"put_on_control": "registered", "return": "reported", "propose_removal": "reported"}
    return scene.instruction(states.get(verb, "on_control"))


def use(verb: str, row: Any, by: Any) -> Any:
    return (CALLS | ON_REQUESTS)[verb](row, by)


def everything() -> dict[str, Any]:
    """All that control holds, for “nothing changed”."""
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in TABLES}
