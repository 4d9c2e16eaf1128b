"""The pages of those who build and of those who are being talked with: their register, and one of them."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.choices import Precision
from core.countries import COUNTRIES
from core.listing import Listing
from districts.models import Claim, Project
from investors.filters import InvestorFilter
from investors.models import Investor, Talk

EXACT = {Precision.DAY, Precision.MONTH}


class Part(NamedTuple):
    """A project, with all that an organisation is to it, and where that is said."""

    project: Project
    roles: list[str]
    source: Any


@login_not_required
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    user = request.user
    visible = Investor.objects.visible_to(user)
    listing = Listing(request, InvestorFilter(request.GET, visible.for_display(user), request=request))
    listing.choose("country", _countries(visible))
    investors = listing.page.rows
    for investor in investors:
        investor.parts = _parts(investor.organisation.visible_parts)
    context = {"investors": investors, "data_as_of": _newest(investor.as_of for investor in investors)}
    return listing.answer("investors/register.html", context)


@login_not_required
@require_safe
def detail(request: HttpRequest, code: str) -> HttpResponse:
    user = request.user
    investor = Investor.objects.visible_to(user).for_display(user).filter(organisation__code=code).first()
    if investor is None:
        raise Http404
    organisation = investor.organisation
    talks = list(Talk.objects.visible_to(user).for_display().filter(organisation=organisation))
    claims = list(Claim.objects.visible_to(user).for_display().filter(organisation=organisation))
    for claim in claims:
        claim.sources = [source for source in (claim.source, *claim.other_sources.all()) if source]
    parts = _parts(organisation.visible_parts)
    context = {
        "investor": investor,
        "organisation": organisation,
        "parts": parts,
        "talks": talks,
        "claims": claims,
        "sources": _sources(investor, organisation, *parts, *talks, *claims),
        "data_as_of": _newest([investor.as_of, *(claim.as_of for claim in claims)]),
    }
    return render(request, "investors/investor.html", context)


def _countries(investors: QuerySet[Investor]) -> list[tuple[str, str]]:
    """The countries that the investors come from, in the order of the reader's alphabet."""
    codes = (
        investors.exclude(organisation__country="").order_by().values_list("organisation__country", flat=True)
    )
    return sorted(
        ((code, str(COUNTRIES.get(code, code))) for code in codes.distinct()), key=lambda pair: pair[1]
    )


def _parts(rows: Iterable[Any]) -> list[Part]:
    """Each project once, with all roles in it."""
    met: dict[int, Part] = {}
    for row in rows:
        part = met.setdefault(row.project_id, Part(row.project, [], row.source))
        part.roles.append(row.get_role_display())
    return list(met.values())


def _sources(*rows: Any) -> list[Any]:
    """Every source of these rows, each once, in the order met."""
    met: dict[str, Any] = {}
    for row in rows:
        for source in getattr(row, "sources", None) or [row.source]:
            if source:
                met.setdefault(source.code, source)
    return list(met.values())


def _newest(dates: Iterable[Any]) -> Any:
    """The newest date; one that is known only as a season or a year, only where there is no better."""
    known = [date for date in dates if date]
    return max(known, key=lambda date: (date.precision in EXACT, date.day), default=None)
