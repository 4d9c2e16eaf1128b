"""A district: what it is for, where it lies, what is known of it, what is built there, by whom and by when."""

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alatau_portal.pages import documents, land, legal, parts, progress, structured
from alatau_portal.pages import milestones as terms
from alatau_portal.pages.bars import by_status
from alatau_portal.pages.frame import atlas, facts, frame, today
from districts.choices import ClaimField, Measure, PlaceKind
from districts.models import Claim, ClaimSource, District, Milestone, Project
from investors.models import Talk

EXPECTED = [Measure.AREA, Measure.PLANNED_POPULATION, Measure.PLANNED_JOBS]
#: Said in the head of the page already; their sources stand there, too.
IN_THE_HEAD = {ClaimField.PROFILE, ClaimField.LOCATION}
WAYS = {PlaceKind.ROAD, PlaceKind.RAILWAY, PlaceKind.STATION}
#: Plots of which the page tells; all of them are on the page for investors.
PLOTS = 6


@login_not_required
@require_safe
def detail(request: HttpRequest, code: str) -> HttpResponse:
    user, day = request.user, today()
    districts, district = find(user, code, day)
    figures = parts.figures(user, district=district)
    claims = said_of(user, district)
    milestones = terms.of_district(user, district, day)
    projects = _expecting(projects_of(user, district), milestones)
    talks = list(Talk.objects.visible_to(user).for_display().filter(district=district))
    given = parts.instructions(user, day, district=district)
    investors = parts.investors_in(projects)
    stages = [party.investor for party in investors]
    lie = atlas(request, districts, bounding=district)
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
        "reasons": reasons(claims),
        "claims": [c for c in claims if not (c.chosen and c.field in {*IN_THE_HEAD, ClaimField.WHY_HERE})],
        "ways": ways(lie["bounds"]),
        **_ground(district),
        "regime": legal.regime(district, day),
        "documents": documents.told(district),
        "enquiry_days": settings.ENQUIRY_DAYS,
        "sources": parts.sources_of([district], figures, claims, projects, milestones, stages, talks, given),
        **lie,
        **_heard_elsewhere(district),
        **frame(districts, _dates(district, projects, figures, claims, stages, milestones)),
    }
    return render(request, "pages/district.html", context)


def all_of(user: Any, day: date) -> list[District]:
    """The districts with their plots and documents, and with the acts of the city; one query."""
    rows = District.objects.visible_to(user).for_display(user).prefetch_related(None)
    rows = documents.joined(rows, user, documents.of("district") | documents.OF_THE_CITY)
    return list(legal.joined(land.joined(rows, user, day)))


def find(user: Any, code: str, day: date) -> tuple[list[District], District]:
    """All four, and the one of this code; 404 where there is none."""
    districts = all_of(user, day)
    district = next((one for one in districts if one.code == code), None)
    if district is None:
        raise Http404
    return districts, district


def said_of(user: Any, district: District) -> list[Claim]:
    rows = Claim.objects.visible_to(user).for_display().prefetch_related(None).filter(district=district)
    return parts.cited(parts.citing(rows, ClaimSource, "claim"))


def projects_of(user: Any, district: District) -> list[Project]:
    rows = Project.objects.visible_to(user).filter(district=district).for_display(user).prefetch_related(None)
    return parts.with_parties(progress.joined(rows, user), user)


def reasons(claims: list[Claim]) -> list[Claim]:
    """What a source names as the reason to come here."""
    return [claim for claim in claims if claim.chosen and claim.field == ClaimField.WHY_HERE]


def ways(bounds: list[Any]) -> list[Any]:
    """Roads and railways that the text on where the district lies names."""
    return [place for place in bounds if place.kind in WAYS]


def _ground(district: District) -> dict[str, Any]:
    plots = land.told(district)
    known = land.readiness(plots)
    free = [plot for plot in plots if plot.is_free]
    return {
        "plots": free[:PLOTS],
        "free_count": sum(not plot.is_demo for plot in free),
        "held_count": sum(not plot.is_demo and not plot.is_free for plot in plots),
        "utilities": known,
        "unsaid": land.unsaid(known),
    }


def _heard_elsewhere(district: District) -> dict[str, Any]:
    steps = (
        (_("Home"), structured.whole("home")),
        (district.name, structured.whole("district", district.code)),
    )
    return {
        "shared": ("district", district.code),
        "linked_data": [structured.district(district), structured.breadcrumbs(*steps), structured.office()],
    }


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
