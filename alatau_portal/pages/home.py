"""The home page, and the way to it from the bare address."""

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from alatau_portal.pages import milestones as terms
from alatau_portal.pages import parts, structured
from alatau_portal.pages.bars import by_status
from alatau_portal.pages.changes import latest
from alatau_portal.pages.counters import Row, counted, counters
from alatau_portal.pages.frame import atlas, districts_for, facts, frame, link, today
from districts.choices import Measure
from districts.models import District, Figure
from tasks.models import Instruction, Meeting

HEADLINES = [
    Measure.AREA,
    Measure.POPULATION,
    Measure.SEZ_AREA,
    Measure.INVESTMENT_PROJECTS,
    Measure.INVESTMENT_PROJECTS_SUM,
    Measure.INFRASTRUCTURE_POOL_2050,
]
#: How much of what happened, of what lies ahead, and of what nobody has reported, stands on the home page.
CHANGES, COMING, SILENT = 5, 4, 3


@login_not_required
@require_safe
def choose_language(request: HttpRequest) -> HttpResponse:
    """To the home page in the reader's language: his cookie, else what his browser asks for, else Kazakh."""
    with translation.override(translation.get_language_from_request(request)):
        address = reverse("home")
    if query := request.META.get("QUERY_STRING"):
        address = f"{address}?{query}"
    response = HttpResponseRedirect(address)
    patch_vary_headers(response, ["Cookie", "Accept-Language"])
    return response


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    user, day = request.user, today()
    districts = districts_for(user)
    figures = parts.figures(user, project=None, chosen=True)
    city = facts((f for f in figures if f.district_id is None and f.measure in HEADLINES), HEADLINES)
    rows = counted(user)
    _describe(districts, figures, rows)
    registers = counters(rows)
    for counter, address in zip(registers, _registers(request), strict=True):
        counter.url = address
    ahead = terms.ahead(user, day)
    meeting, given = _latest_meeting(user, day)
    context = {
        "districts": districts,
        "counters": registers,
        "city": city,
        "coming": ahead.coming[:COMING],
        "silent": ahead.silent[:SILENT],
        "meeting": meeting,
        "instructions": given,
        "changes": latest(user, CHANGES),
        "linked_data": [structured.site(), structured.office()],
        **atlas(request, districts),
        **frame(districts, [counter.as_of for counter in registers[:-1]] + [f.as_of for f in figures]),
    }
    return render(request, "pages/home.html", context)


def _registers(request: HttpRequest) -> list[str]:
    """Where the counters lead; the register of instructions has no page of its own."""
    about = link(request, "about-data")
    return [link(request, "project-list"), link(request, "investor-list"), "#meeting", f"{about}#sources"]


def _latest_meeting(user: Any, day: date) -> tuple[Meeting | None, list[Instruction]]:
    """The meeting comes along with what it ordered; it is asked for by itself only where it ordered nothing."""
    meetings = Meeting.objects.visible_to(user).for_display().prefetch_related(None)
    newest = meetings.values("pk")[:1]
    given = parts.instructions(user, day, source_item__protocol__meeting=newest)
    return (given[0].source_item.protocol.meeting if given else meetings.first()), given


def _describe(districts: list[District], figures: list[Figure], rows: list[Row]) -> None:
    """Give each district what its card shows."""
    for district in districts:
        here = [row for row in rows if row.register == "project" and row.district == district.pk]
        district.project_count = sum(row.number for row in here)
        district.shares = by_status((row.state, row.number) for row in here)
        areas = (f for f in figures if f.district_id == district.pk and f.measure == Measure.AREA)
        district.area = next(areas, None)
