"""The home page, and the way to it from the bare address."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Count, Max, Q, TextChoices
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alatau_portal.pages import parts
from alatau_portal.pages.frame import atlas, districts_for, facts, frame, link, today
from core.choices import Precision
from core.dates import PartialDate
from districts.choices import Measure, ProjectStatus
from districts.models import District, Figure, Project
from investors.choices import InvestorStage
from investors.models import Investor
from tasks.choices import InstructionState
from tasks.models import Instruction, Meeting

HEADLINES = [
    Measure.AREA,
    Measure.POPULATION,
    Measure.SEZ_AREA,
    Measure.INVESTMENT_PROJECTS,
    Measure.INVESTMENT_PROJECTS_SUM,
    Measure.INFRASTRUCTURE_POOL_2050,
]


@dataclass
class Counter:
    """How many rows a register has, with the newest date that they stand on."""

    label: str
    value: int
    as_of: PartialDate | None
    parts: list[tuple[str, int]]
    url: str = ""


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
    user = request.user
    districts = districts_for(user)
    figures = parts.figures(user, project=None, chosen=True)
    city = facts((f for f in figures if f.district_id is None and f.measure in HEADLINES), HEADLINES)
    projects = _counted(Project.objects.visible_to(user), "district_id", "status", newest="source__published")
    investors = _counted(Investor.objects.visible_to(user), "stage", newest="as_of")
    orders = _counted(Instruction.objects.visible_to(user), "state", newest="issued")
    meeting = Meeting.objects.visible_to(user).for_display().prefetch_related(None).first()
    given = parts.instructions(user, today(), source_item__protocol__meeting=meeting) if meeting else []
    _describe(districts, figures, projects)
    counters = [
        _counter(_("Projects in the register"), projects, "status", ProjectStatus),
        _counter(_("Investors, present and prospective"), investors, "stage", InvestorStage),
        _counter(_("Instructions in the register"), orders, "state", InstructionState),
    ]
    for counter, register in zip(counters, ("project-list", "investor-list"), strict=False):
        counter.url = link(request, register)
    dates = [counter.as_of for counter in counters] + [figure.as_of for figure in figures]
    context = {
        "districts": districts,
        "counters": counters,
        "city": city,
        "meeting": meeting,
        "instructions": given,
        **atlas(request, districts),
        **frame(districts, dates),
    }
    return render(request, "pages/home.html", context)


def _counted(rows: Any, *by: str, newest: str) -> list[dict[str, Any]]:
    """Numbers of rows, with the newest day among their dates; one that is no exact day is passed over."""
    exact = Max(f"{newest}_day", filter=Q(**{f"{newest}_precision": Precision.DAY}))
    return list(rows.order_by().values(*by).annotate(number=Count("pk"), newest=exact))


def _describe(districts: list[District], figures: list[Figure], projects: list[dict[str, Any]]) -> None:
    """Give each district what its card shows."""
    for district in districts:
        district.project_count = sum(row["number"] for row in projects if row["district_id"] == district.pk)
        areas = (f for f in figures if f.district_id == district.pk and f.measure == Measure.AREA)
        district.area = next(areas, None)


def _counter(label: str, rows: list[dict[str, Any]], column: str, states: type[TextChoices]) -> Counter:
    newest = max((row["newest"] for row in rows if row["newest"]), default=None)
    shares = [
        (str(state.label), sum(row["number"] for row in rows if row[column] == state)) for state in states
    ]
    total = sum(row["number"] for row in rows)
    return Counter(label, total, PartialDate.parse(newest) or None, [share for share in shares if share[1]])
