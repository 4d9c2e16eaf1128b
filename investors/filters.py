"""Filters of investors, for pages and the API."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django_filters import FilterSet

from core.filters import (
    Country,
    OneOf,
    Order,
    Ordering,
    Search,
    by_name,
    place_in,
    updated,
)
from districts.choices import DistrictCode
from districts.filters import SectorFilter
from districts.models import Project, ProjectParty
from investors.choices import STAGES_FROM_WORK_TO_WORDS, InvestorStage


class InvestorFilter(FilterSet):
    q = Search()
    stage = OneOf(InvestorStage.choices, label=_("Stage"))
    sector = SectorFilter()
    country = Country("organisation__country")
    district = OneOf(DistrictCode.choices, method="keep_district", label=_("District"))
    ordering = Ordering(
        {
            **by_name("organisation__"),
            "stage": Order(
                _("Stage"),
                "stage_place",
                "organisation__sort_kk",
                "pk",
                stage_place=place_in(STAGES_FROM_WORK_TO_WORDS, "stage"),
            ),
            "as_of": Order(_("Date of the data"), "as_of_day", "pk"),
            "updated_at": updated(),
        },
        default="stage",
    )

    def keep_district(self, investors: Any, name: str, code: str) -> Any:
        """Investors who take part in a project of this district that the reader may see."""
        there = Project.objects.visible_to(self.request.user).filter(district__code=code)
        parts = ProjectParty.objects.current().filter(project__in=there)
        return investors.filter(organisation__in=parts.order_by().values("organisation"))
