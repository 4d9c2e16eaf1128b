"""What the files are made of, read once: everything that a visitor may know, and nothing that is invented."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.db.models import Min, Prefetch
from django.utils import timezone

from accounts.models import Organisation
from core import policies
from core.choices import Visibility
from core.models import Source, StoredFile
from core.querysets import ReadAt
from districts.models import (
    Claim,
    ClaimSource,
    District,
    Document,
    Figure,
    FigureSource,
    Milestone,
    Place,
    PlaceBound,
    Project,
    ProjectParty,
    ProjectSource,
    StageChange,
)
from tasks.models import Plan, ProgressReport, ProgressValue, ReportingPeriod

VISITOR = AnonymousUser()
#: Rows that are shown to the public by themselves, perhaps after an embargo.
SHOWN = (Project, Figure, Claim, Document, Organisation, Place, StoredFile)
#: Tables that the files are made of: a change of any of them may change a file.
RELATIONS = sorted(
    model._meta.db_table
    for model in (
        *SHOWN,
        *(District, PlaceBound, Source, ProjectSource, ProjectParty, Milestone, StageChange),
        *(FigureSource, ClaimSource, Plan, ProgressReport, ProgressValue, ReportingPeriod),
    )
)
#: What was read from the database is told a little after its time has come (core.policies.is_shown).
SETTLES = policies.SKEW + timedelta(seconds=1)


class City(NamedTuple):
    """Projects with all that belongs to them in attributes that end in `told`, and the districts from the south."""

    projects: list[Any]
    districts: list[Any]

    @property
    def updated(self) -> dict[str, datetime]:
        """When each project, or something that is told of it, changed last."""
        return {project.public_id: _updated(project) for project in self.projects}


def read() -> City:
    """As a visitor reads it; what is invented for trying out has no place here, even where everybody sees it."""
    projects = Project.objects.visible_to(VISITOR).real().for_display(VISITOR)
    districts = District.objects.visible_to(VISITOR).for_display(VISITOR)
    return City(
        list(projects.prefetch_related(*_parts())),
        list(districts.with_places(VISITOR).with_project_count(VISITOR)),
    )


def next_embargo() -> datetime | None:
    """When the next row is shown that is not yet."""
    waiting = {"visibility": Visibility.PUBLIC, "published_at__gt": ReadAt() - SETTLES}
    known = (model._base_manager.filter(**waiting).aggregate(at=Min("published_at"))["at"] for model in SHOWN)
    first = min((at for at in known if at), default=None)
    return first and first + SETTLES


def _parts() -> list[Prefetch]:
    claims = Claim.objects.visible_to(VISITOR).filter(chosen=True).select_related("source").order_by("pk")
    documents = (
        Document.objects.visible_to(VISITOR)
        .filter(is_demo=False)
        .select_related("file", "source")
        .order_by("pk")
    )
    plans = Plan.objects.told_to(VISITOR).select_related("period").order_by("metric", "period__ends", "pk")
    return [
        Prefetch("claims", claims, to_attr="claims_told"),
        Prefetch("documents", documents, to_attr="documents_told"),
        Prefetch("stage_changes", StageChange.objects.order_by("pk"), to_attr="stages_told"),
        Prefetch("plans", plans, to_attr="plans_told"),
        Prefetch("progress_reports", _reports(), to_attr="reports_told"),
    ]


def _reports() -> Any:
    """Accepted ones, each with the answers that the public is told, in `values_told`."""
    told = ProgressValue.objects.told_to(VISITOR).filter(value__isnull=False).order_by("metric", "pk")
    reports = ProgressReport.objects.accepted().filter(values__in=told).distinct()
    return (
        reports.select_related("period")
        .prefetch_related(Prefetch("values", told, to_attr="values_told"))
        .order_by("period__ends", "pk")
    )


def parties(project: Any) -> list[Any]:
    """Those that take part now and that a visitor may know of."""
    return [
        party
        for party in project.parties.all()
        if party.until is None and policies.is_shown(party.organisation, VISITOR)
    ]


def _updated(project: Any) -> datetime:
    """Neither organisations nor sources: they are of many projects."""
    rows = [
        project,
        *parties(project),
        *project.milestones.all(),
        *(row for name in TOLD for row in getattr(project, name)),
    ]
    return timezone.localtime(max(row.updated_at for row in rows))


TOLD = ("chosen_figures", "claims_told", "documents_told", "stages_told", "plans_told", "reports_told")
