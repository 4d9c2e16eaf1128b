"""A plot: all that is published of it, each with its source and date, and whom to ask about the rest."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alatau_portal.pages import documents, parts, structured
from alatau_portal.pages.frame import atlas, districts_for, frame, today
from alatau_portal.pages.invest import drawing
from districts.models import LandPlot
from districts.plot_choices import UNIT_OF, Utility
from investors.models import Opportunity


@login_not_required
@require_safe
def detail(request: HttpRequest, public_id: str) -> HttpResponse:
    user, day = request.user, today()
    rows = LandPlot.objects.visible_to(user).for_display(user, day).filter(public_id=public_id)
    plot = documents.joined(rows, user, documents.of("plot")).first()
    if plot is None:
        raise Http404
    districts = districts_for(user)
    told = {utility.utility: utility for utility in plot.utilities.all()}
    offers = Opportunity.objects.visible_to(user).for_display(user, day).prefetch_related(None)
    context = {
        "plot": plot,
        "supply": [(one.label, told.get(one.value), one in UNIT_OF) for one in Utility],
        "opportunities": list(offers.filter(plots=plot)),
        "documents": documents.told(plot),
        "shared": ("plot", plot.public_id),
        "linked_data": [
            structured.breadcrumbs(
                (_("For investors"), structured.whole("invest")),
                (plot.name, structured.whole("invest-plot", plot.public_id)),
            ),
            structured.office(),
        ],
        "sources": parts.sources_of([plot], plot.utilities.all()),
        "day": day,
        "map_plots": [drawing.spot(plot)] if plot.geometry else [],
        **atlas(request, districts),
        **frame(districts, [plot.as_of]),
    }
    return render(request, "invest/plot.html", context)
