"""A district: what it is for, where it lies, what is known of it, what is built there and by whom."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import Organisation
from alatau_portal.pages import parts
from alatau_portal.pages.frame import atlas, districts_for, facts, frame, today
from districts.choices import Measure, PlaceKind
from districts.models import District, Place, Project
from investors.models import Investor, Talk

EXPECTED = [Measure.AREA, Measure.PLANNED_POPULATION, Measure.PLANNED_JOBS]


@login_not_required
@require_safe
def detail(request: HttpRequest, code: str) -> HttpResponse:
    user = request.user
    districts = districts_for(user)
    district = next((one for one in districts if one.code == code), None)
    if district is None:
        raise Http404
    figures = parts.figures(user, district=district)
    here = Project.objects.visible_to(user).filter(district=district)
    projects = parts.with_parties(here.for_display(user).prefetch_related(None), user)
    investors = _investors(user, projects)
    talks = list(Talk.objects.visible_to(user).for_display().filter(district=district))
    given = parts.instructions(user, today(), district=district)
    sources = parts.sources_of([district], figures, projects, investors, talks, given)
    dates = [
        district.as_of,
        *(row.as_of for row in (*figures, *investors)),
        *(p.source.published for p in projects),
    ]
    context = {
        "district": district,
        "facts": facts(figures, EXPECTED),
        "projects": projects,
        "investors": investors,
        "talks": talks,
        "instructions": given,
        "sources": sources,
        "bounds": _bounds(user, district),
        **atlas(request, districts),
        **frame(districts, dates),
    }
    return render(request, "pages/district.html", context)


def _investors(user: Any, projects: list[Project]) -> list[Investor]:
    """Those investors who take part in these projects."""
    rows = Investor.objects.visible_to(user).for_display(user).prefetch_related(None)
    taking_part = Organisation.objects.filter(project_parts__project__in=projects, project_parts__until=None)
    return list(rows.filter(organisation__in=taking_part))


def _bounds(user: Any, district: District) -> Any:
    """The places that the source names when it says where the district lies; read only when the page asks."""
    places = Place.objects.visible_to(user).exclude(kind=PlaceKind.AIRFIELD)
    return places.filter(bounds=district).order_by("kind", "sort_kk")
