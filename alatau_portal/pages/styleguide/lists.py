"""Examples of registers: filters and what they say, tables, cards, results, pages, and nothing at all."""

from types import SimpleNamespace
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alatau_portal.pages.parts import InvestorRef, Party
from alatau_portal.pages.search import Hit
from alatau_portal.pages.styleguide.dated import milestone
from alatau_portal.pages.styleguide.example import DATE, NAME, SOURCE, TEXT, UNTRANSLATED, Example
from core.choices import Visibility
from core.listing import Chip, Sort
from core.text import Text
from districts.choices import ProjectKind, ProjectStatus
from districts.models import District, Project
from investors.choices import InvestorStage


class ExampleFilter(forms.Form):
    """What a register may be asked for."""

    use_required_attribute = False
    q = forms.CharField(label=gettext_lazy("Search"), required=False)
    year = forms.IntegerField(label=gettext_lazy("Year"), required=False)


def listing(**facts: Any) -> Any:
    """As core.listing.Listing, of nothing."""
    given = {
        "form": ExampleFilter(),
        "hidden": {},
        "is_valid": True,
        "filters": {},
        "faults": [],
        "unknown": "",
    }

    def make(language: str) -> dict[str, Any]:
        chips = [
            Chip(_("Status"), str(ProjectStatus.IMPLEMENTATION.label), "#"),
            Chip(_("Year"), "2027", "#"),
        ]
        rest = {"chips": chips, "everything": "#", "query": "status=implementation"}
        return {
            "listing": SimpleNamespace(**given | rest | facts),
            "title": TEXT,
            "csv": "#",
            "xlsx": "#",
            "geojson": "#",
        }

    return make


def project(**facts: Any) -> Project:
    """Published unless told otherwise, with one who takes part."""
    given = {
        "public_id": "ALT-P-0000",
        "name": NAME,
        "kind": ProjectKind.ANCHOR,
        "visibility": Visibility.PUBLIC,
    }
    made = Project(**{**given, "status": ProjectStatus.IMPLEMENTATION, **facts})
    made.district, made.who = District(code="green", name=TEXT), [party()]
    made.next_milestone = milestone()
    return made


def party(investor: InvestorRef | None = None) -> Party:
    return Party([_("investor")], "example", TEXT, Text(), SOURCE, investor)


def projects(language: str) -> dict[str, Any]:
    silent = project(name=UNTRANSLATED, status=ProjectStatus.IDENTIFICATION)
    silent.who = []
    return {"caption": NAME, "projects": [project(), project(suspended_since=DATE.day), silent]}


def hit(language: str) -> dict[str, Any]:
    return {"hit": Hit(title=str(NAME), url="#", about=str(TEXT), excerpt=str(TEXT))}


def sorts(language: str) -> dict[str, Any]:
    return {"sorts": [Sort(_("Project"), "#", "ascending"), Sort(_("Status"), "#", "")]}


def views(language: str) -> dict[str, Any]:
    view = SimpleNamespace(name=str(TEXT), address="#", is_this=True)
    return {"page": "projects", "views": [view], "path": "/", "query": ""}


HOLD = {"filters": {"status": "implementation"}}
WRONG = ExampleFilter({"year": "MMXXVII"})
INVESTOR = InvestorRef(InvestorStage.BUILDING, DATE, SOURCE)
NOTHING = "components/nothing.html"
EXAMPLES = [
    Example(gettext_lazy("Filters of a register"), "components/filters.html", listing()),
    Example(gettext_lazy("Filters that hold"), "components/chips.html", listing(**HOLD)),
    Example(gettext_lazy("An address that was not understood"), "components/faults.html",
            listing(form=WRONG, faults=[TEXT], unknown="utm_source")),
    Example(gettext_lazy("A few choices"), "components/filter_form.html", lambda language: {"form": ExampleFilter()}),
    Example(gettext_lazy("A table, on a phone cards"), "components/project_table.html", projects, wide=True),
    Example(gettext_lazy("Headings that sort"), "pages/styleguide/sort_head.html", sorts),
    Example(gettext_lazy("A card"), "components/project_card.html", lambda language: {"project": project()}),
    Example(gettext_lazy("An organisation with a page"), "components/party_name.html",
            lambda language: {"party": party(INVESTOR)}),
    Example(gettext_lazy("A result of the search"), "pages/styleguide/hit.html", hit),
    Example(gettext_lazy("Pages of a list"), "components/pagination.html",
            lambda language: {"previous": "#", "next": "#", "words": "51–100"}),
    Example(gettext_lazy("The list for programs"), "components/downloads.html", listing()),
    Example(gettext_lazy("The address of a list"), "components/view_link.html",
            lambda language: {"address": "https://alatau.example/"}),
    Example(gettext_lazy("Views of one's own"), "components/save_view.html", views),
    Example(gettext_lazy("Nothing, because of the filters"), NOTHING, listing(**HOLD)),
    Example(gettext_lazy("Nothing, because the filters have no sense"), NOTHING, listing(is_valid=False)),
    Example(gettext_lazy("Nothing at all"), NOTHING, listing()),
    Example(gettext_lazy("Nothing found"), "components/empty.html",
            lambda language: {"text": TEXT, "href": "#", "action": _("Show all")}),
]  # fmt: skip
