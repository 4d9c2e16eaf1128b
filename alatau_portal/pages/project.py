"""The register of projects, and a project."""

from calendar import monthrange
from datetime import date
from typing import Any, NamedTuple

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from alatau_portal.pages import parts
from alatau_portal.pages.frame import atlas, districts_for, facts, frame, today
from core.choices import Precision
from core.dates import PartialDate
from districts.choices import ClaimField, Measure, MilestoneStatus
from districts.models import Claim, ClaimSource, District, Milestone, Project, ProjectSource, StageChange

EXPECTED = [Measure.INVESTMENT, Measure.JOBS]


class Group(NamedTuple):
    """Projects of a district, or of none that is known."""

    district: District | None
    projects: list[Project]


@login_not_required
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    districts = districts_for(request.user)
    visible = Project.objects.visible_to(request.user)
    projects = parts.with_parties(visible.for_display(request.user).prefetch_related(None), request.user)
    groups = [Group(one, [p for p in projects if p.district_id == one.pk]) for one in districts]
    groups.append(Group(None, [p for p in projects if p.district_id is None]))
    context = {
        "groups": [group for group in groups if group.projects],
        "total": len(projects),
        **frame(districts, (project.source.published for project in projects)),
    }
    return render(request, "pages/projects.html", context)


@login_not_required
@require_safe
def detail(request: HttpRequest, public_id: str) -> HttpResponse:
    user, day = request.user, today()
    project = _project(user, public_id)
    districts = districts_for(user)
    figures = parts.figures(user, project=project)
    said = Claim.objects.visible_to(user).for_display().prefetch_related(None).filter(project=project)
    claims = parts.cited(parts.citing(said, ClaimSource, "claim"))
    milestones = _milestones(user, project, day)
    stages = _stages(user, project)
    given = parts.instructions(user, day, project=project)
    dates = [row.as_of for row in (*figures, *claims, *milestones)] + [project.source.published]
    context = {
        "project": project,
        "facts": facts(figures, EXPECTED),
        "wording": next((c for c in claims if c.field == ClaimField.STATUS and c.chosen), None),
        "claims": [c for c in claims if not (c.field == ClaimField.STATUS and c.chosen)],
        "milestones": milestones,
        "stages": stages,
        "instructions": given,
        "sources": parts.sources_of([project], figures, claims, milestones, project.who, given),
        **(atlas(request, districts) if project.district else {}),
        **frame(districts, dates),
    }
    return render(request, "pages/project.html", context)


def _project(user: Any, public_id: str) -> Project:
    rows = (
        Project.objects.visible_to(user).for_display(user).prefetch_related(None).filter(public_id=public_id)
    )
    found = parts.cited(parts.with_parties(parts.citing(rows, ProjectSource, "project"), user))
    if not found:
        raise Http404
    return found[0]


def _milestones(user: Any, project: Project, day: date) -> list[Milestone]:
    """Milestones, each with whether its time has passed without any word that it was met."""
    rows = Milestone.objects.visible_to(user).filter(project=project).select_related("source").order_by("pk")
    milestones = list(rows)
    for milestone in milestones:
        due = milestone.forecast or milestone.baseline
        milestone.silent = (
            milestone.status == MilestoneStatus.SCHEDULED and bool(due) and _last_day(due) < day
        )
    return milestones


def _stages(user: Any, project: Project) -> list[StageChange]:
    rows = StageChange.objects.visible_to(user).filter(project=project)
    return list(rows.select_related("source").order_by("-pk"))


def _last_day(due: PartialDate) -> date:
    """The last day of a period that is known only as a month, a season or a year."""
    first = due.day
    if first is None or due.precision == Precision.DAY:
        return first or date.max
    months = {Precision.MONTH: 1, Precision.SEASON: 3, Precision.YEAR: 12}[Precision(due.precision)]
    months_before = first.year * 12 + first.month - 1 + months - 1
    year, month = divmod(months_before, 12)
    return date(year, month + 1, monthrange(year, month + 1)[1])
