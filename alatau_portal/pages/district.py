"""A district: what it is for, where it lies, what is known of it, what is built there, by whom and by when."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from alatau_portal.pages import milestones as terms
from alatau_portal.pages import parts, progress
from alatau_portal.pages.bars import by_status
from alatau_portal.pages.frame import atlas, districts_for, facts, frame, today
from districts.choices import ClaimField, Measure
from districts.models import Claim, ClaimSource, District, Milestone, Project
from investors.models import Talk

EXPECTED = [Measure.AREA, Measure.PLANNED_POPULATION, Measure.PLANNED_JOBS]
#: Said in the head of the page already; their sources stand there, too.
IN_THE_HEAD = {ClaimField.PROFILE, ClaimField.LOCATION}


@login_not_required
@require_safe
def detail(request: HttpRequest, code: str) -> HttpResponse:
    user, day = request.user, today()
    districts = districts_for(user)
    district = next((one for one in districts if one.code == code), None)
    if district is None:
        raise Http404
    figures = parts.figures(user, district=district)
    claims = _claims(user, district)
    here = Project.objects.visible_to(user).filter(district=district)
    milestones = terms.of_district(user, district, day)
    rows = progress.joined(here.for_display(user).prefetch_related(None), user)
    projects = _expecting(parts.with_parties(rows, user), milestones)
    talks = list(Talk.objects.visible_to(user).for_display().filter(district=district))
    given = parts.instructions(user, day, district=district)
    investors = parts.investors_in(projects)
    stages = [party.investor for party in investors]
    context = {
        "district": district,
        "facts": facts(figures, EXPECTED, subject=district.code),
        "projects": projects,
        "shares": by_status((project.status, 1) for project in projects),
        "progress": progress.of_projects(projects, day, district.code),
        "milestones": [milestone for milestone in milestones if milestone.when],
        "investors": investors,
        "talks": talks,
        "instructions": given,
        "head_claims": [c for c in claims if c.chosen and c.field in IN_THE_HEAD],
        "claims": [c for c in claims if not (c.chosen and c.field in IN_THE_HEAD)],
        "sources": parts.sources_of([district], figures, claims, projects, milestones, stages, talks, given),
        **atlas(request, districts, bounding=district),
        **frame(districts, _dates(district, projects, figures, claims, stages, milestones)),
    }
    return render(request, "pages/district.html", context)


def _claims(user: Any, district: District) -> list[Claim]:
    rows = Claim.objects.visible_to(user).for_display().prefetch_related(None).filter(district=district)
    return parts.cited(parts.citing(rows, ClaimSource, "claim"))


def _expecting(projects: list[Project], milestones: list[Milestone]) -> list[Project]:
    """Projects with the next of their milestones whose time is to come."""
    for project in projects:
        own = (m for m in milestones if m.project_id == project.pk and m.when and not m.met)
        project.next_milestone = next((m for m in own if not m.silent), None)
    return projects


def _dates(district: District, projects: list[Project], *groups: list[Any]) -> list[Any]:
    return [
        district.as_of,
        *(row.as_of for group in groups for row in group),
        *(project.source.published for project in projects),
    ]
