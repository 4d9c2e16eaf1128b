"""The page of the open data: what there is, in which formats, under which licence, and how good it is."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.exceptions import TemplateDoesNotExist
from django.template.loader import get_template
from django.views.decorators.http import require_safe

from alatau_portal.environment import OC4IDS_PLACEHOLDER
from alatau_portal.models import OpenDataEdition, OpenDataFile
from alatau_portal.open_data import catalogue, files, quality, standing
from alatau_portal.pages import structured
from alatau_portal.pages.frame import districts_for, frame, today
from alatau_portal.pages.open_data_words import fields
from core.dates import PartialDate

#: Permanent copies on the page; the address of any other is made in the same way.
LISTED = 12
#: A section of its own, where there is one.
FIGURES = "open_data/figures.html"


@login_not_required
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    newest = list(OpenDataEdition.objects.order_by("-pk")[: LISTED + 1])
    edition = standing.usable(next(iter(newest), None))
    of_it = {file.name: file for file in edition.files.defer("body")} if edition else {}
    context = {
        "edition": edition,
        "datasets": [_dataset(one, of_it) for one in catalogue.DATASETS],
        "catalogue": of_it.get("dcat.jsonld"),
        "licence": catalogue.LICENCE,
        "prefix": settings.OC4IDS_PREFIX,
        "prefix_is_placeholder": settings.OC4IDS_PREFIX == OC4IDS_PLACEHOLDER,
        "coverage": _coverage(edition),
        "quality": quality.report(today()),
        "copies": [one for one in newest if one.day][:LISTED],
        "names": files.NAMES,
        "figures": FIGURES if _there_is(FIGURES) else "",
        "linked_data": _linked(of_it),
        **frame(
            districts_for(request.user), [PartialDate.parse(edition.published_at.date())] if edition else []
        ),
    }
    return render(request, "open_data/page.html", context)


def _dataset(one: catalogue.Dataset, of_it: dict[str, OpenDataFile]) -> dict[str, Any]:
    feeds = [] if one.files else list(catalogue.feeds().items())
    return {"about": one, "files": [of_it[name] for name in one.files if name in of_it], "feeds": feeds}


def _coverage(edition: OpenDataEdition | None) -> list[dict[str, Any]]:
    """Fields of a project in the order of the standard: in how many projects they stand, in each language."""
    told = edition.report.get("coverage", {}) if edition else {}
    return [
        {"field": field, "label": label, "numbers": told[field]}
        for field, label in fields().items()
        if field in told
    ]


def _there_is(name: str) -> bool:
    try:
        get_template(name)
    except TemplateDoesNotExist:
        return False
    return True


def _linked(of_it: dict[str, OpenDataFile]) -> list[dict[str, Any]]:
    return [structured.office(), *(structured.open_data(one, of_it) for one in catalogue.DATASETS)]
