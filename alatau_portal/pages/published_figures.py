"""What was said of the whole: where, when and by whom, beside what the register itself gave on that day."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from accounts.models import Organisation
from alatau_portal.pages import addresses
from alatau_portal.pages.frame import districts_for, frame, today
from core.listing import Listing
from core.text import Text
from districts.api.published_figures import PublishedFigureFilter
from districts.choices import Measure
from districts.figure_choices import Compared
from districts.models import PublishedFigure
from districts.portfolio import COUNTED, SUMMED, Held, day_of, first_day, held_on

#: What the register gives today stands above the list.
TODAY = {
    Compared.PROJECTS: Measure.INVESTMENT_PROJECTS,
    Compared.INVESTMENT: Measure.INVESTMENT,
    Compared.JOBS: Measure.JOBS,
}


@login_not_required
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    user = request.user
    visible = PublishedFigure.objects.visible_to(user)
    filterset = PublishedFigureFilter(request.GET, visible.for_display(user), request=request)
    listing = Listing(request, filterset)
    listing.choose("organisation", _speakers(user, visible))
    rows = listing.page.rows
    began = first_day()
    held = held_on({today(), *_days(rows, began)} if began else (), user)
    for said in rows:
        _set_beside(said, held)
    here = held.get(today())
    context = {
        "rows": rows,
        "began": began,
        "now": [(compared, here.answer(measure, None)) for compared, measure in TODAY.items()]
        if here
        else [],
        **frame(districts_for(user), (said.as_of or said.said_on for said in rows)),
    }
    return listing.answer("pages/published_figures.html", context)


def _speakers(user: Any, visible: Any) -> list[tuple[str, str]]:
    """The organisations that said any of it, as far as the reader may know of them."""
    spoke = visible.order_by().values("organisation")
    known = Organisation.objects.visible_to(user).filter(pk__in=spoke).order_by("sort_kk", "pk")
    names = known.values_list("code", "name_kk", "name_ru", "name_en")
    return [(code, str(Text(*name))) for code, *name in names]


def _days(rows: Iterable[PublishedFigure], began: date) -> set[date]:
    """Those of which the ledger knows anything."""
    return {day for said in rows if (day := day_of(said)) and day >= began}


def _set_beside(said: Any, held: dict[date, Held]) -> None:
    """`register`: what the portal gave on that day; `explain`: the address of what has changed since."""
    day = day_of(said)
    said.sources = [source for source in (said.source, *said.other_sources.all()) if source]
    said.existed = day in held
    said.register = held[day].answer(said.measure, said.district_id) if day in held else None
    said.explain = _since(said, day) if day else ""


def _since(said: PublishedFigure, day: date) -> str:
    measure = Compared.PROJECTS if said.measure in COUNTED else SUMMED.get(said.measure)  # type: ignore[call-overload]
    if measure is None or day >= today():
        return ""
    asked = {"from": day.isoformat(), "to": today().isoformat(), "measure": str(measure)}
    if said.district:
        asked["district"] = said.district.code
    return f"{addresses.page('figure-difference')}?{urlencode(asked)}"
