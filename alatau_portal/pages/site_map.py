"""The map of the site for search engines: every public page, in three languages, as alternates of each other."""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from districts.models import District, Document, Figure, LandPlot, Project
from investors.models import Investor, Opportunity

VISITOR = AnonymousUser()


class Map(Sitemap):
    """In the three languages, at the address that the installation is known by."""

    i18n = alternates = x_default = True
    protocol = urlsplit(settings.PUBLIC_URL).scheme

    def get_domain(self, site: Any = None) -> str:
        return urlsplit(settings.PUBLIC_URL).netloc


class Pages(Map):
    def items(self) -> list[str]:
        listed = [
            "district-compare",
            "invest",
            "invest-opportunities",
            "invest-match",
            "enquiry",
            "project-list",
            "investor-list",
            "about-data",
            "open-data",
            "legal-acts",
            "timeline",
            "changes",
            "published-figures",
            "figure-difference",
        ]
        return ["home", *listed, "accessibility", "privacy"]

    def location(self, item: str) -> str:
        return reverse(item)


class Rows(Map):
    """A page a row; `values` are the parts of its address, then when it was last changed."""

    view = ""

    def location(self, item: tuple[Any, ...]) -> str:
        return reverse(self.view, args=item[:-1])

    def lastmod(self, item: tuple[Any, ...]) -> datetime:
        return item[-1]


class Districts(Rows):
    view = "district"

    def items(self) -> Any:
        return District.objects.visible_to(VISITOR).order_by("pk").values_list("code", "updated_at")


class Projects(Rows):
    view = "project"

    def items(self) -> Any:
        return Project.objects.visible_to(VISITOR).order_by("pk").values_list("public_id", "updated_at")


class Investors(Rows):
    view = "investor"

    def items(self) -> Any:
        rows = Investor.objects.visible_to(VISITOR).order_by("pk")
        return rows.values_list("organisation__code", "updated_at")


class Plots(Rows):
    view = "invest-plot"

    def items(self) -> Any:
        """The real ones: what is invented for trying out is not for search engines."""
        rows = LandPlot.objects.visible_to(VISITOR).real().order_by("pk")
        return rows.values_list("public_id", "updated_at")


class Opportunities(Rows):
    view = "invest-opportunity"

    def items(self) -> Any:
        rows = Opportunity.objects.visible_to(VISITOR).real().order_by("pk")
        return rows.values_list("public_id", "updated_at")


class Documents(Rows):
    view = "document"

    def items(self) -> Any:
        return Document.objects.visible_to(VISITOR).order_by("pk").values_list("public_id", "updated_at")


class Figures(Rows):
    view = "figure"

    def items(self) -> list[tuple[Any, ...]]:
        columns = ("project__public_id", "district__code", "measure", "updated_at")
        rows = Figure.objects.visible_to(VISITOR).order_by("pk").values_list(*columns)
        return [(project or district or "city", measure, at) for project, district, measure, at in rows]


ALL = (Pages, Districts, Projects, Investors, Plots, Opportunities, Documents, Figures)
MAPS = {one.__name__.lower(): one for one in ALL}


@login_not_required
@require_safe
def site_map(request: HttpRequest) -> HttpResponse:
    return sitemap(request, MAPS, content_type="application/xml; charset=utf-8")
