"""Duties, periods and progress reports on their way."""

from datetime import date
from typing import Any
from uuid import uuid4

from django.db import transaction
from factory import LazyAttribute, LazyFunction, Sequence, SubFactory
from factory.django import DjangoModelFactory

from districts.choices import Unit
from tasks.choices import EvidenceKind
from tasks.models import (
    FigureDispute,
    Plan,
    ProgressMilestone,
    ProgressReport,
    ProgressValue,
    ReportingDuty,
    ReportingPeriod,
    ReviewNote,
    Upload,
    UploadChunk,
)
from tasks.reporting_choices import (
    DISPUTE_DECIDED,
    PROGRESS_MOVES,
    DisputeState,
    Mark,
    Metric,
    Outcome,
    PeriodKind,
    ProgressState,
)
from tests.factories.accounts import OrganisationFactory
from tests.factories.control import ReminderFactory, somebody
from tests.factories.districts import FigureFactory, MilestoneFactory, ProjectFactory
from tests.factories.values import dated, way

SINCE = date(2020, 1, 1)
#: A right answer to each metric.
ANSWERS: dict[str, dict[str, Any]] = {
    Metric.PHYSICAL_PROGRESS: {"value": 40},
    Metric.FINANCIAL_PROGRESS: {"value": 35},
    Metric.SPENT: {"value": 1_500_000, "currency": "KZT"},
    Metric.JOBS_CONSTRUCTION: {"value": 120},
    Metric.JOBS_PERMANENT: {"mark": Mark.NOT_APPLICABLE},
    Metric.JOBS_LOCAL: {"mark": Mark.NO_DATA},
}


class ReportingDutyFactory(DjangoModelFactory):
    project = SubFactory(ProjectFactory)
    organisation = SubFactory(OrganisationFactory)
    kind = PeriodKind.MONTH
    since = SINCE

    class Meta:
        model = ReportingDuty


class ReportingPeriodFactory(DjangoModelFactory):
    """Each another month, open for long, and none that the portal itself has made by now."""

    kind = PeriodKind.MONTH
    starts = Sequence(lambda n: date(2030 + n % 900 // 12, n % 12 + 1, 1))
    ends = LazyAttribute(lambda period: last_of(period.starts))
    due_on = date(2199, 1, 1)
    grace_until = date(2199, 1, 8)

    class Meta:
        model = ReportingPeriod
        django_get_or_create = ("kind", "starts")


def last_of(first: date) -> date:
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)


class OwedReminderFactory(ReminderFactory):
    """A reminder of a progress report that is owed."""

    instruction = None
    duty = SubFactory(ReportingDutyFactory)
    period = SubFactory(ReportingPeriodFactory)


class ProgressReportFactory(DjangoModelFactory):
    """A draft of whoever owes it."""

    project = SubFactory(ProjectFactory)
    period = SubFactory(ReportingPeriodFactory)
    organisation = SubFactory(OrganisationFactory)
    client_uuid = LazyFunction(uuid4)
    text = "Іргетас құйылды"

    class Meta:
        model = ProgressReport

    @classmethod
    def _create(cls, model_class: type[ProgressReport], *args: Any, **facts: Any) -> ProgressReport:
        owed = {"project": facts["project"], "kind": facts["period"].kind}
        if not ReportingDuty.objects.filter(**owed).exists():
            ReportingDutyFactory(organisation=facts["organisation"], **owed)
        return super()._create(model_class, *args, **facts)


class ProgressValueFactory(DjangoModelFactory):
    report = SubFactory(ProgressReportFactory)
    metric = Metric.PHYSICAL_PROGRESS
    value = 40

    class Meta:
        model = ProgressValue


class ProgressMilestoneFactory(DjangoModelFactory):
    """Met on a day; of the project of the report."""

    report = SubFactory(ProgressReportFactory)
    milestone = LazyAttribute(lambda told: MilestoneFactory(project=told.report.project))
    outcome = Outcome.MET
    on = "2026-01-15"

    class Meta:
        model = ProgressMilestone


class UploadFactory(DjangoModelFactory):
    """A photo that is announced; nothing of it is here."""

    report = SubFactory(ProgressReportFactory)
    client_uuid = LazyFunction(uuid4)
    kind = EvidenceKind.PHOTO
    name = "қасбет.jpg"
    size = 1000
    sha256 = "ab" * 32

    class Meta:
        model = Upload


class UploadChunkFactory(DjangoModelFactory):
    upload = SubFactory(UploadFactory)
    offset = 0
    content = b"abc"

    class Meta:
        model = UploadChunk


class PlanFactory(DjangoModelFactory):
    project = SubFactory(ProjectFactory)
    metric = Metric.PHYSICAL_PROGRESS
    period = SubFactory(ReportingPeriodFactory)
    value = 50

    class Meta:
        model = Plan


class ReviewNoteFactory(DjangoModelFactory):
    report = LazyFunction(lambda: progress_in(ProgressState.SUBMITTED))
    field = Metric.SPENT
    text = "Өткен айдан аз"
    by = LazyFunction(lambda: somebody())

    class Meta:
        model = ReviewNote


def answered(report: ProgressReport, **changed: dict[str, Any]) -> ProgressReport:
    for metric, answer in (ANSWERS | changed).items():
        ProgressValueFactory(report=report, metric=metric, **({"value": None} | answer))
    return report


@transaction.atomic
def progress_in(state: str, **facts: Any) -> ProgressReport:
    """A report that came to this state as the table of moves lets it, with its answers."""
    report = answered(ProgressReportFactory(**facts))
    for step in way(PROGRESS_MOVES, [ProgressState.DRAFT], state)[1:]:
        enter_progress(report, step)
    return report


@transaction.atomic
def enter_progress(report: ProgressReport, state: str) -> None:
    if state == ProgressState.SUPERSEDED:
        return _supersede(report)
    if state == ProgressState.SUBMITTED:
        report.submitted_by, report.submitted_at = somebody("signer"), report.created_at
    if state in (ProgressState.ACCEPTED, ProgressState.RETURNED):
        report.decided_by, report.decided_at = somebody(), report.created_at
    if state == ProgressState.RETURNED:
        ReviewNoteFactory(report=report)
    report.state = state
    report.save()
    report.refresh_from_db()


def _supersede(report: ProgressReport) -> None:
    same = {"project": report.project, "period": report.period, "organisation": report.organisation}
    newer = answered(ProgressReportFactory(supersedes=report, correction_reason="Қате сан", **same))
    for step in (ProgressState.COMPLETE, ProgressState.SUBMITTED):
        enter_progress(newer, step)
    report.state = ProgressState.SUPERSEDED
    report.save()
    enter_progress(newer, ProgressState.ACCEPTED)


class FigureDisputeFactory(DjangoModelFactory):
    """Filed in the unit of the figure, not yet decided."""

    figure = SubFactory(FigureFactory)
    organisation = SubFactory(OrganisationFactory)
    value = 25
    unit = Unit.HECTARE
    motive = "Акт бойынша 25 га"
    language = "kk"
    source_text = "2026 жылғы мемлекеттік акт"
    locals().update(dated("as_of"))

    class Meta:
        model = FigureDispute


@transaction.atomic
def dispute_in(state: str, **facts: Any) -> FigureDispute:
    """A dispute that came to this state as the table of moves lets it."""
    dispute = FigureDisputeFactory(**facts)
    if state in DISPUTE_DECIDED:
        dispute.decided_by, dispute.decided_at = somebody(), dispute.created_at
        dispute.decision_note = "Актімен салыстырылды"
    if state == DisputeState.UPHELD:
        dispute.recorded = FigureFactory(project=dispute.figure.project)
    if state != DisputeState.OPEN:
        dispute.state = state
        dispute.save()
        dispute.refresh_from_db()
    return dispute
