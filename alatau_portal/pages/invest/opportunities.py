"""What is offered to investors: the list of it, and one."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alatau_portal.pages import parts, structured
from alatau_portal.pages.frame import atlas, districts_for, frame, today
from alatau_portal.pages.invest import drawing
from core.listing import Listing
from districts.models import LandPlot
from investors.models import Opportunity
from investors.opportunity_filters import OpportunityFilter


@login_not_required
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    user = request.user
    rows = Opportunity.objects.visible_to(user).for_display(user, today())
    listing = Listing(request, OpportunityFilter(request.GET, rows, request=request))
    opportunities = listing.page.rows
    context = {
        "opportunities": opportunities,
        **frame(districts_for(user), [one.as_of for one in opportunities]),
    }
    return listing.answer("invest/opportunities.html", context)


@login_not_required
@require_safe
def detail(request: HttpRequest, public_id: str) -> HttpResponse:
    user, day = request.user, today()
    rows = Opportunity.objects.visible_to(user).for_display(user, day).prefetch_related(None)
    opportunity = rows.filter(public_id=public_id).first()
    if opportunity is None:
        raise Http404
    districts = districts_for(user)
    here = LandPlot.objects.visible_to(user).for_display(user, day).filter(opportunities=opportunity)
    plots: list[Any] = list(here.prefetch_related(None).prefetch_related("utilities"))
    for number, plot in enumerate(plots, 1):
        plot.number = number
    context = {
        "opportunity": opportunity,
        "shared": ("opportunity", opportunity.public_id),
        "is_over": opportunity.closes_on is not None and opportunity.closes_on < day,
        "plots": plots,
        "linked_data": [
            structured.breadcrumbs(
                (_("Opportunities"), structured.whole("invest-opportunities")),
                (opportunity.name, structured.whole("invest-opportunity", opportunity.public_id)),
            ),
            structured.office(),
        ],
        "sources": parts.sources_of([opportunity]),
        "map_plots": [drawing.spot(plot)._replace(number=plot.number) for plot in plots if plot.geometry],
        **atlas(request, districts),
        **frame(districts, [opportunity.as_of]),
    }
    return render(request, "invest/opportunity.html", context)
