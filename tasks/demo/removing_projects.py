"""Takes invented projects out, with all that was told of them. The ledger keeps that they were."""

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from core import ledger
from core.models import StoredFile
from districts.models import Figure, Milestone, MilestoneMove, Project, ProjectParty, StageChange
from tasks.demo.meeting import ACTOR
from tasks.models import (
    Evidence,
    FigureDispute,
    Plan,
    ProgressMilestone,
    ProgressReport,
    ProgressValue,
    ReportingDuty,
    ReportingPeriod,
    ReviewNote,
    Upload,
)


@transaction.atomic
def remove_projects() -> int:
    """What refers to a row goes before it; returns how many projects went."""
    demo = Project.objects.filter(is_demo=True)
    with ledger.acting(ACTOR, "remove_demo"):
        _remove_disputes()
        _remove_reports()
        Plan.objects.filter(project__in=demo).delete()
        opened = _opened(demo)
        ReportingDuty.objects.filter(project__in=demo).delete()
        _remove_unused_periods(opened)
        MilestoneMove.objects.filter(milestone__project__in=demo).delete()
        for model in (Milestone, Figure, ProjectParty, StageChange):
            model.objects.filter(project__in=demo).delete()
        return demo.delete()[1].get("districts.Project", 0)


def _remove_disputes() -> None:
    rows = FigureDispute.objects.filter(figure__project__is_demo=True)
    files = [file for file in rows.values_list("source_file", flat=True) if file]
    rows.delete()
    StoredFile.objects.filter(pk__in=files).delete()


def _remove_reports() -> None:
    rows = ProgressReport.objects.filter(project__is_demo=True)
    proofs = Evidence.objects.filter(progress__in=rows)
    uploads = Upload.objects.filter(report__in=rows)
    files = {file for kept in (proofs, uploads) for file in kept.values_list("file", flat=True) if file}
    uploads.delete()
    proofs.delete()
    StoredFile.objects.filter(pk__in=files).delete()
    for model in (ProgressValue, ProgressMilestone, ReviewNote):
        model.objects.filter(report__in=rows).delete()
    for report in rows.order_by("-pk"):  # a correction before what it corrects
        report.delete()


def _opened(demo: QuerySet[Project]) -> list[int]:
    """Periods of which invented projects owe reports."""
    duties = ReportingDuty.objects.filter(
        project__in=demo, kind=OuterRef("kind"), since__lte=OuterRef("ends")
    )
    return list(ReportingPeriod.objects.filter(Exists(duties)).values_list("pk", flat=True))


def _remove_unused_periods(opened: list[int]) -> None:
    """Those that were opened for what is invented alone."""
    owed = ReportingDuty.objects.filter(kind=OuterRef("kind")).within(OuterRef("starts"), OuterRef("ends"))
    used = ProgressReport.objects.filter(period=OuterRef("pk"))
    planned = Plan.objects.filter(period=OuterRef("pk"))
    ReportingPeriod.objects.filter(~Exists(owed), ~Exists(used), ~Exists(planned), pk__in=opened).delete()
