"""Plots in a list and on a map beside it, what is offered, and the steps of coming in."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from alatau_portal.pages.frame import atlas, districts_for, frame, today
from alatau_portal.pages.invest import drawing
from core.listing import Listing
from districts.models import LandPlot
from districts.plot_filters import PlotFilter
from investors.models import Opportunity

#: Opportunities that the page of all plots shows; the others are one step away.
FIRST = 6


@login_not_required
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    user, districts = request.user, districts_for(request.user)
    listing = _listing(request)
    found = drawing.spots(listing.rows)
    if len(found) < drawing.MOST:
        listing.total = len(found)  # they are read already
    plots = listing.page.rows
    numbers = {spot.public_id: spot.number for spot in found}
    for plot in plots:
        plot.number = numbers.get(plot.public_id)
    offers = _offers(user)
    context = {
        "plots": plots,
        "opportunities": offers[:FIRST],
        "more_opportunities": len(offers) > FIRST,
        "only_invented": not LandPlot.objects.visible_to(user).real().exists(),
        "answer_days": getattr(settings, "ENQUIRY_DAYS", 5),
        "map_plots": found,
        **atlas(request, districts),
        **frame(districts, [row.as_of for row in (*plots, *offers)]),
    }
    return listing.answer("invest/register.html", context)


@login_not_required
@require_safe
def geojson(request: HttpRequest) -> HttpResponse:
    """What the map shows: the plots of the same list, no more than the reader may see."""
    listing = _listing(request)
    districts = districts_for(request.user)
    told = drawing.collection(request, drawing.spots(listing.rows), atlas(request, districts))
    status = 200 if listing.is_valid and not listing.faults else 400
    answer = JsonResponse(told, status=status, json_dumps_params={"ensure_ascii": False})
    answer["Content-Type"] = "application/geo+json; charset=utf-8"
    answer["Content-Language"] = get_language() or "kk"
    answer["Cache-Control"] = "private, no-cache"
    return answer


def _listing(request: HttpRequest) -> Listing:
    user = request.user
    rows = LandPlot.objects.visible_to(user).for_display(user, today())
    rows = rows.prefetch_related(None).prefetch_related("utilities")
    return Listing(request, PlotFilter(request.GET, rows, request=request))


def _offers(user: Any) -> list[Opportunity]:
    day = today()
    rows = Opportunity.objects.visible_to(user).taking_answers(day).for_display(user, day)
    return list(rows.prefetch_related(None)[: FIRST + 1])
