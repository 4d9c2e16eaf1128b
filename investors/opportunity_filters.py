"""Filters of opportunities, for pages and the API."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django_filters import FilterSet

from core.filters import OneOf, Order, Ordering, Search, VisibleCode, YesNo, by_name, today, updated
from districts.choices import DistrictCode
from districts.filters import SectorFilter
from investors.choices import OpportunityState


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
