"""A project of which the akimat reports every month, and everybody around it."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from core.models import Outbox
from tasks import services
from tasks.models import ProgressReport, ProgressValue, ReportingDuty, ReportingPeriod, ReviewNote
from tasks.services import Answer
from tests.factories import ANSWERS, ProjectFactory, ReportingDutyFactory, ReportingPeriodFactory, UserFactory
from tests.personas import reader

TABLES = (ReportingDuty, ReportingPeriod, ProgressReport, ProgressValue, ReviewNote, Outbox)
PEOPLE = (
    "office", "leadership", "auditor", "executor", "akimat_preparer", "akimat_signer", "investor",
    "anonymous", "stranger",
)  # fmt: skip
ALL = {
    metric: Answer(**({"value": Decimal(answer["value"])} if "value" in answer else {}) | {
        name: value for name, value in answer.items() if name != "value"
    })
    for metric, answer in ANSWERS.items()
}  # fmt: skip


class ProgressScene:
    """Its people by name; a month that is open, on a duty of the akimat."""

    def __init__(self, request: Any) -> None:
        self.people = {name: reader(name, request) for name in PEOPLE}
        self.akimat = self.people["akimat_signer"].organisation
        self.duty = ReportingDutyFactory(project=ProjectFactory(), organisation=self.akimat)
        self.project = self.duty.project
        self.period = ReportingPeriodFactory(starts=date(2026, 1, 1))
        #: What a report says where a test says nothing else.
        self.given: dict[str, Any] = {"answers": ALL, "words": {"text": "Салынып жатыр"}}

    def __getattr__(self, name: str) -> Any:
        if name not in self.__dict__.get("people", {}):
            raise AttributeError(name)
        return self.people[name]

    def save(self, by: Any = None, client_uuid: UUID | None = None, **facts: Any) -> ProgressReport:
        given = {"project": self.project, "period": self.period} | self.given
        return services.save_progress(
            by=by or self.akimat_preparer, client_uuid=client_uuid or uuid4(), **(given | facts)
        )

    def report(self, state: str) -> ProgressReport:
        """Come to the state by the services alone."""
        row = self.save()
        if state == "draft":
            return row
        row = services.complete_progress(row, by=self.akimat_preparer)
        if state == "complete":
            return row
        row = services.submit_progress(row, by=self.akimat_signer)
        if state == "returned":
            return services.return_progress(row, by=self.office, notes={"spent": "Аз"})
        return row if state == "submitted" else self._settled(row, state)

    def _settled(self, row: ProgressReport, state: str) -> ProgressReport:
        row = services.accept_progress(row, by=self.office)
        if state == "superseded":
            newer = self.correction(row)
            newer = services.complete_progress(newer, by=self.akimat_preparer)
            newer = services.submit_progress(newer, by=self.akimat_signer)
            services.accept_progress(newer, by=self.office)
            row.refresh_from_db()
        return row

    def correction(self, row: ProgressReport, client_uuid: UUID | None = None) -> ProgressReport:
        return services.correct_progress(
            row, by=self.akimat_preparer, reason="Қате сан", client_uuid=client_uuid or uuid4()
        )


#: Every verb on a report, as one call; and from which states it works.
VERBS: dict[str, Any] = {
    "complete": lambda r, by: services.complete_progress(r, by=by),
    "submit": lambda r, by: services.submit_progress(r, by=by),
    "discard": lambda r, by: services.discard_progress(r, by=by),
    "return": lambda r, by: services.return_progress(r, by=by, notes={"spent": "Аз"}),
    "accept": lambda r, by: services.accept_progress(r, by=by),
    "correct": lambda r, by: services.correct_progress(r, by=by, reason="Қате", client_uuid=uuid4()),
    "save": lambda r, by: services.save_progress(
        by=by, project=r.project, period=r.period, client_uuid=r.client_uuid, answers={}, words={"text": "Жаңа"},
        base=r.version,
    ),
}  # fmt: skip
FROM: dict[str, set[str]] = {
    "complete": {"draft"},
    "submit": {"complete", "returned"},
    "discard": {"draft", "complete"},
    "return": {"submitted"},
    "accept": {"submitted"},
    "correct": {"accepted"},
    "save": {"draft", "complete", "returned"},
}
OWN, SIGNER, OFFICE = {"akimat_preparer", "akimat_signer"}, {"akimat_signer"}, {"office"}
MAY = {
    "complete": OWN, "submit": SIGNER, "discard": OWN, "return": OFFICE, "accept": OFFICE, "correct": OWN, "save": OWN,
}  # fmt: skip


def everything() -> dict[str, Any]:
    """All that reporting holds, for “nothing changed”."""
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in TABLES}


def another_signer(scene: ProgressScene) -> Any:
    return UserFactory(role="executor", may_sign=True, organisation=scene.akimat)
