"""Plots side by side, and a reader's own list of them. The address holds them; nothing is kept of the reader."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alatau_portal.pages.frame import districts_for, frame
from alatau_portal.pages.invest import words
from alatau_portal.pages.invest.chosen import COMPARED, LISTED, Chosen, choose
from districts.models import LandPlot
from districts.plot_choices import Availability, Utility

#: Plots that a form without JavaScript offers to add.
OFFERED = 200


class Row(NamedTuple):
    """One fact of every plot, each with the plot; an empty one is what is not published."""

    label: str
    cells: list[tuple[Any, Any]]

    @property
    def is_known(self) -> bool:
        return any(told for _plot, told in self.cells)

    @property
    def differs(self) -> bool:
        return len({str(told) for _plot, told in self.cells}) > 1


@login_not_required
@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    chosen = choose(request, COMPARED)
    rows = list(_rows(chosen.plots))
    context = {
        "rows": [row for row in rows if row.is_known],
        "unknown": [row.label for row in rows if not row.is_known],
        "most": COMPARED,
        **_around(request, chosen, "invest-compare", COMPARED),
    }
    return render(request, "invest/compare.html", context)


@login_not_required
@require_safe
def shortlist(request: HttpRequest) -> HttpResponse:
    chosen = choose(request, LISTED)
    context = {
        "most": LISTED,
        "compared": COMPARED,
        "compare_address": chosen.address("invest-compare"),
        **_around(request, chosen, "invest-shortlist", LISTED),
    }
    return render(request, "invest/shortlist.html", context)


def _around(request: HttpRequest, chosen: Chosen, name: str, most: int) -> dict[str, Any]:
    """The plots, how to take one off, and which may be added."""
    for plot in chosen.plots:
        plot.without = chosen.address(name, without=plot.public_id)
    return {
        "chosen": chosen,
        "plots": chosen.plots,
        "link": settings.PUBLIC_URL + chosen.address(name),
        "offered": _offered(request, chosen) if len(chosen.plots) < most else [],
        **frame(districts_for(request.user), [plot.as_of for plot in chosen.plots]),
    }


def _offered(request: HttpRequest, chosen: Chosen) -> list[LandPlot]:
    rows = LandPlot.objects.visible_to(request.user).exclude(public_id__in=chosen.numbers)
    return list(rows.only("public_id", "name_kk", "name_ru", "name_en", "is_demo").order_by("pk")[:OFFERED])


def _rows(plots: list[Any]) -> Iterator[Row]:
    """Every fact that any of the plots has, in the order in which investors ask."""
    told = [{one.utility: one for one in plot.utilities.all()} for plot in plots]

    def row(label: Any, cells: Any) -> Row:
        return Row(capfirst(str(label)), list(zip(plots, cells, strict=True)))

    yield row(_("availability"), (capfirst(Availability(plot.availability).label) for plot in plots))
    yield row(_("district"), (plot.district.name for plot in plots))
    yield row(_("area"), (words.hectares(plot.area_ha) for plot in plots))
    yield row(_("permitted use"), (plot.purpose for plot in plots))
    yield row(_("sectors"), (words.sectors(plot.sectors) for plot in plots))
    for utility in Utility:
        yield row(utility.label, (words.supply(one.get(utility.value)) for one in told))
    yield row(_("ready on"), (words.day(plot.ready_on) for plot in plots))
    yield row(_("tenure"), (capfirst(plot.get_tenure_display()) for plot in plots))
    yield row(_("price"), (words.price(plot) for plot in plots))
    yield row(_("category of the land"), (capfirst(plot.get_category_display()) for plot in plots))
    yield row(_("zone of the detailed plan"), (plot.zone for plot in plots))
    yield row(_("cadastral number"), (plot.cadastral_number for plot in plots))
    yield row(_("as of"), (words.day(plot.as_of) for plot in plots))
