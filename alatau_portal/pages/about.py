"""How figures are made: how the register is kept, what is never done, what is not known, and every source."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from alatau_portal.pages import addresses, district, parts, project, structured
from alatau_portal.pages.figures import EXPECTED_OF_THE_CITY
from alatau_portal.pages.frame import CITY, districts_for, facts, frame
from core.choices import Confidence
from core.models import Source
from districts.choices import Measure, ProjectStatus
from districts.models import Claim, ClaimSource, District, Figure, FigureSource, Project


class Unknown(NamedTuple):
    """Something of which measures are expected that nobody has published."""

    name: Any
    url: str
    measures: list[tuple[Measure, str]]


class Wanted(forms.Form):
    q = forms.CharField(label=gettext_lazy("Find a source"), required=False, max_length=200)


@login_not_required
@require_safe
def data(request: HttpRequest) -> HttpResponse:
    user, form = request.user, Wanted(request.GET)
    districts = districts_for(user)
    figures = _figures(user)
    of_city = [figure for figure in figures if figure.district_id is None and figure.project_id is None]
    said = Claim.objects.visible_to(user).of_the_city().for_display().prefetch_related(None)
    sources = Source.objects.visible_to(user).order_by("pk")
    asked = form.cleaned_data["q"] if form.is_valid() else ""
    context = {
        "form": form,
        "asked": asked,
        "facts": facts(of_city),
        "claims": parts.cited(parts.citing(said, ClaimSource, "claim")),
        "sources": list(sources.search(asked) if asked else sources) if form.is_valid() else [],
        "everything": addresses.page("about-data", anchor="sources"),
        "unknown": _unknown(user, districts, figures),
        "statuses": list(ProjectStatus),
        "confidences": list(Confidence),
        "linked_data": _registers(),
        **frame(districts, (figure.as_of for figure in of_city)),
    }
    return render(request, "pages/about_data.html", context)


def _registers() -> list[dict[str, Any]]:
    """The registers that programs read, as data sets."""
    told = [
        (_("Register of projects"), "project", ("json", "csv", "geojson")),
        (_("Districts"), "district", ("json", "csv", "geojson")),
        (_("Figures of the city"), "figure", ("json", "csv")),
        (_("Sources"), "source", ("json", "csv")),
    ]
    about = _("The portal repeats what public sources say, with the date and the source, and adds nothing.")
    return [structured.office(), *(structured.dataset(name, about, of, forms) for name, of, forms in told)]


def _figures(user: Any) -> list[Figure]:
    """All that the reader may see: the city's are shown here, the others say what is known of what."""
    rows = Figure.objects.visible_to(user).real().for_display().prefetch_related(None)
    return parts.cited(parts.citing(rows, FigureSource, "figure"))


def _unknown(user: Any, districts: Iterable[District], figures: Iterable[Figure]) -> list[Unknown]:
    """What a reader looks for first and nobody has published, from the city down to its projects."""
    known = {(figure.district_id, figure.project_id, figure.measure) for figure in figures if figure.chosen}
    rows = Project.objects.visible_to(user).real().order_by("pk")
    projects = rows.only("name_kk", "name_ru", "name_en", "public_id")
    subjects = [
        (_("Alatau City"), addresses.page("home"), CITY, None, None, EXPECTED_OF_THE_CITY),
        *((d.name, addresses.district(d.code), d.code, d.pk, None, district.EXPECTED) for d in districts),
        *(
            (p.name, addresses.project(p.public_id), p.public_id, None, p.pk, project.EXPECTED)
            for p in projects
        ),
    ]
    listed = []
    for name, url, code, of_district, of_project, expected in subjects:
        missing = [measure for measure in expected if (of_district, of_project, measure) not in known]
        if missing:
            listed.append(Unknown(name, url, [(m, addresses.page("figure", code, m)) for m in missing]))
    return listed
