"""The register of projects: filters in the address, pages by key, the same list on the map."""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from django.contrib.auth.decorators import login_not_required
from django.db.models import Count, Max, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_safe

from accounts.models import Organisation
from alatau_portal.pages import parts
from alatau_portal.pages.frame import atlas, districts_for, frame, today
from core.choices import Visibility
from core.dates import PartialDate, last_day
from core.listing import Listing
from core.text import Text
from districts.choices import Measure
from districts.filters import ProjectFilter
from districts.models import District, Figure, Project, ProjectParty

MAP = "map"


class Share(NamedTuple):
    """How many projects of the list lie in a district, or in none that is published, and the list of just those."""

    district: District | None
    number: int
    url: str


class Term(NamedTuple):
    """The milestone that is expected next, and whether its time has passed without a word."""

    name: Text
    when: PartialDate
    silent: bool


@login_not_required
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    user = request.user
    visible = Project.objects.visible_to(user)
    rows = parts.joined_by_parties(visible.for_display(user).with_next_term().prefetch_related(None), user)
    filterset = ProjectFilter(request.GET, rows, request=request)
    listing = Listing(request, filterset, view=("list", MAP))
    listing.choose("party", _parties(user, visible))
    districts = districts_for(user)
    projects = parts.told_parties(listing.page.rows)
    for project in projects:
        project.term = _term(project.next_term, today())
    context = {
        "projects": projects,
        "sums": _sums(user, listing.rows) if listing.total else [],
        "as_list": listing.address(view=None),
        "as_map": listing.address(view=MAP),
        **frame(districts, (project.source.published for project in projects if project.source)),
        **(_map(request, listing, districts) if listing.asked.get("view") == MAP else {}),
    }
    context["published"] = sum(row["number"] for row in context["sums"])
    context["newest"] = max((row["newest"] for row in context["sums"]), default=None)
    return listing.answer("pages/projects.html", context)


def _term(known: dict[str, Any] | None, day: date) -> Term | None:
    if known is None:
        return None
    when = PartialDate(parse_date(known["day"]), known["precision"], "")
    name = Text(known["name_kk"], known["name_ru"], known["name_en"])
    return Term(name, when, last_day(when) < day)


def _parties(user: Any, projects: QuerySet[Project]) -> list[tuple[str, str]]:
    """Those that take part now in any project that the reader may see."""
    taking_part = ProjectParty.objects.current().filter(project__in=projects.order_by())
    known = Organisation.objects.visible_to(user).filter(pk__in=taking_part.order_by().values("organisation"))
    names = known.order_by("sort_kk", "pk").values_list("code", "name_kk", "name_ru", "name_en")
    return [(code, str(Text(*name))) for code, *name in names]


def _sums(user: Any, projects: QuerySet[Project]) -> list[dict[str, Any]]:
    """Published investment by currency: the chosen figure of each project that has one; nothing is converted."""
    figures = Figure.objects.visible_to(user).filter(
        project__in=projects.order_by().values("pk"),
        measure=Measure.INVESTMENT,
        chosen=True,
        visibility=Visibility.PUBLIC,
    )
    return list(
        figures.order_by("currency")
        .values("currency")
        .annotate(
            number=Count("pk"),
            low=Sum("value"),
            high=Sum(Coalesce("value_max", "value")),
            newest=Max("as_of_day"),
        )
    )


def _map(request: HttpRequest, listing: Listing, districts: Iterable[District]) -> dict[str, Any]:
    """The map with the number of projects of this list in each district; an area leads to the list of those."""
    found = (
        listing.rows.filter(is_demo=False)
        .order_by()
        .values("district_id")
        .annotate(number=Count("pk", distinct=True))
    )
    numbers = {row["district_id"]: row["number"] for row in found}
    shares = [Share(one, numbers.get(one.pk, 0), listing.address(district=one.code)) for one in districts]
    drawn = atlas(request, list(districts))
    drawn["map_districts"] = [
        area._replace(name=f"{area.name} ({share.number})", url=share.url)
        for area, share in zip(drawn["map_districts"], shares, strict=True)
    ]
    return {**drawn, "shares": shares, "without_district": numbers.get(None, 0)}
