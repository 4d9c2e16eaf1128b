"""Filters of plots, for pages and the API."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from django_filters import FilterSet
from drf_spectacular.utils import extend_schema_field

from core.filters import Amount, Day, OneOf, Order, Ordering, Search, YesNo, by_name, today, updated
from districts.choices import DistrictCode
from districts.filters import SectorFilter
from districts.plot_choices import Availability, Tenure, Utility


@extend_schema_field(
    {
        "type": "string",
        "enum": Tenure.values,
        "description": "Plots that may be had so; `lease` and `sale` find those of `either`, too.",
    }
)
class TenureFilter(OneOf):
    def __init__(self) -> None:
        super().__init__(Tenure.choices, label=_("Tenure"))

    def filter(self, plots: Any, value: str) -> Any:
        return plots.filter(tenure__in=[value, Tenure.EITHER]) if value else plots


class PlotFilter(FilterSet):
    """What is not known of a plot does not fit: where a number is asked for, plots without it are left out."""

    q = Search()
    district = OneOf(DistrictCode.choices, field_name="district__code", label=_("District"))
    sector = SectorFilter()
    availability = OneOf(Availability.choices, method="keep_availability", label=_("Availability today"))
    tenure = TenureFilter()
    area_min = Amount(field_name="area_ha", lookup_expr="gte", label=_("Area from, ha"))
    area_max = Amount(field_name="area_ha", lookup_expr="lte", label=_("Area up to, ha"))
    power_min = Amount(method="keep_power", label=_("Power from, MW"))
    water_min = Amount(method="keep_water", label=_("Water from, m³ a day"))
    rail = YesNo(method="keep_rail", label=_("Railway"))
    ready_by = Day(method="keep_ready_by", label=_("Ready by"))
    demo = YesNo(field_name="is_demo", label=_("Invented, for trying out"))
    ordering = Ordering(
        {
            "public_id": Order(_("Register number"), "pk"),
            **by_name(),
            "district": Order(_("District"), "district__south_order", "sort_kk", "pk"),
            "area": Order(_("Area"), "area_ha", "pk"),
            "ready_on": Order(_("Ready on"), "ready_on_day", "pk"),
            "updated_at": updated(),
        },
        default="public_id",
    )

    def keep_availability(self, plots: Any, name: str, how: str) -> Any:
        return plots.available(how, today())

    def keep_power(self, plots: Any, name: str, least: Decimal) -> Any:
        return plots.with_utility(Utility.POWER, least)

    def keep_water(self, plots: Any, name: str, least: Decimal) -> Any:
        return plots.with_utility(Utility.WATER, least)

    def keep_rail(self, plots: Any, name: str, wanted: bool) -> Any:
        there = plots.model.objects.with_utility(Utility.RAIL)
        return plots.filter(pk__in=there.values("pk")) if wanted else plots.exclude(pk__in=there.values("pk"))

    def keep_ready_by(self, plots: Any, name: str, day: date) -> Any:
        return plots.ready_by(day)
