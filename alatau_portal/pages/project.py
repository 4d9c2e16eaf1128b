"""A project."""

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alatau_portal.milestone_chart import NARROW, WIDE, Words, draw
from alatau_portal.pages import documents, parts, progress, structured
from alatau_portal.pages import milestones as terms
from alatau_portal.pages.disputes import with_disputes
from alatau_portal.pages.frame import atlas, districts_for, facts, frame, today
from alatau_portal.schematic import colour_of
from core import formats
from core.choices import Visibility
from districts.choices import ClaimField, Measure
from districts.models import Claim, ClaimSource, Milestone, Project, ProjectSource, StageChange

EXPECTED = [Measure.INVESTMENT, Measure.JOBS]


@login_not_required
@require_safe
def detail(request: HttpRequest, public_id: str) -> HttpResponse:
    user, day = request.user, today()
    project = find(user, public_id)
    districts = districts_for(user)
    figures = with_disputes(user, parts.figures(user, project=project))
    said = Claim.objects.visible_to(user).for_display().prefetch_related(None).filter(project=project)
    claims = parts.cited(parts.citing(said, ClaimSource, "claim"))
    milestones = terms.of_project(user, project, day)
    stages = _stages(user, project)
    given = parts.instructions(user, day, project=project)
    dates = [row.as_of for row in (*figures, *claims, *milestones)]
    dates += [project.source.published] if project.source else []
    context = {
        "project": project,
        "facts": facts(figures, EXPECTED, subject=project.public_id),
        "wording": next((c for c in claims if c.field == ClaimField.STATUS and c.chosen), None),
        "claims": [c for c in claims if not (c.field == ClaimField.STATUS and c.chosen)],
        "progress": progress.of_project(project, day),
        "accepted": progress.latest(project),
        "milestones": milestones,
        **_chart(project, milestones, day),
        "stages": stages,
        "instructions": given,
        "documents": documents.told(project),
        "shared": ("project", project.public_id),
        "linked_data": _heard_elsewhere(project),
        "sources": parts.sources_of([project], figures, claims, milestones, project.who, given),
        **(atlas(request, districts) if project.district else {}),
        **frame(districts, dates),
    }
    return render(request, "pages/project.html", context)


def _heard_elsewhere(project: Project) -> list[dict[str, Any]]:
    """What machines are told of what everybody may read."""
    if project.visibility != Visibility.PUBLIC:
        return []
    here = (project.name, structured.whole("project", project.public_id))
    steps = structured.breadcrumbs((_("Projects"), structured.whole("project-list")), here)
    return [structured.project(project), steps, structured.office()]


def find(user: Any, public_id: str) -> Project:
    """404 where the reader may not know of it. With its sources, who takes part, and its progress."""
    rows = (
        Project.objects.visible_to(user).for_display(user).prefetch_related(None).filter(public_id=public_id)
    )
    rows = documents.joined(rows, user, documents.of("project"))
    rows = progress.joined(parts.citing(rows, ProjectSource, "project"), user)
    found = parts.cited(parts.with_parties(rows, user))
    if not found:
        raise Http404
    return found[0]


def _chart(project: Project, milestones: list[Milestone], day: date) -> dict[str, Any]:
    """The milestones that have dates, drawn for a wide page and for a phone, and told in words."""
    dated = [milestone for milestone in milestones if milestone.when]
    told = [told_milestone(milestone) for milestone in dated]
    colour = colour_of(project.district.code if project.district else "")
    charts = [draw(dated, told, day, shape, colour) for shape in (WIDE, NARROW)] if dated else []
    return {"charts": charts, "told_milestones": told}


def told_milestone(milestone: Milestone) -> Words:
    """Its name, and when it was met or is due."""
    when = milestone.when
    state = _("no later report is known") if milestone.silent else milestone.get_status_display()
    said = f"{formats.partial_date(when.day, when.precision, when.text, get_language())}, {state}"
    return Words(str(milestone.name), said)


def _stages(user: Any, project: Project) -> list[StageChange]:
    rows = StageChange.objects.visible_to(user).filter(project=project)
    return list(rows.select_related("source").order_by("-pk"))
