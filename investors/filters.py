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
    VisibleCode,
    YesNo,
    by_name,
    place_in,
    today,
    updated,
)
from districts.choices import DistrictCode
from districts.filters import SectorFilter
from districts.models import Project, ProjectParty
from investors.choices import STAGES_FROM_WORK_TO_WORDS, InvestorStage, OpportunityState


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


class OpportunityFilter(FilterSet):
    q = Search()
    district = OneOf(DistrictCode.choices, field_name="district__code", label=_("District"))
    sector = SectorFilter()
    state = OneOf(OpportunityState.choices, label=_("State"))
    taking_answers = YesNo(method="keep_taking_answers", label=_("Takes answers today"))
    plot = VisibleCode("plots", code="public_id", label=_("Plot"))
    demo = YesNo(field_name="is_demo", label=_("Invented, for trying out"))
    ordering = Ordering(
        {
            "public_id": Order(_("Register number"), "pk"),
            **by_name(),
            "district": Order(_("District"), "district__south_order", "sort_kk", "pk"),
            "closes_on": Order(_("Closes on"), "closes_on", "pk"),
            "updated_at": updated(),
        },
        default="public_id",
    )

    def keep_taking_answers(self, opportunities: Any, name: str, wanted: bool) -> Any:
        taking = opportunities.model.objects.taking_answers(today()).values("pk")
        return opportunities.filter(pk__in=taking) if wanted else opportunities.exclude(pk__in=taking)
