"""Plots of land: their facts are mended here, what they are held for changes by its verbs."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeNumericFilter
from unfold.decorators import display

from core import formats
from core.admin import (
    QUALITY,
    VERBS,
    Importing,
    LedgerAdmin,
    LookAdmin,
    Part,
    changed,
    dated,
    language_tabs,
    partial,
    queue,
    visibility,
    word,
)
from districts.admin.plot_verbs import PlotVerbs, spelled
from districts.admin.projects import SectorFilter
from districts.models import LandPlot, PlotAllocation, PlotUtility
from districts.plot_choices import AllocationState, Availability

VERBS.update(
    {
        "reserve_plot": gettext_lazy("reserved the plot"),
        "allocate_plot": gettext_lazy("allocated the plot"),
        "release_plot": gettext_lazy("released the plot"),
    }
)
STATE = {"reserved": "warning", "allocated": "primary", "released": ""}
STANDS = {"free": "success", **STATE}

queue(
    LandPlot,
    "old",
    gettext_lazy("Plots of which nothing was said for a year"),
    lambda rows, today: rows.real().filter(Q(as_of_day=None) | Q(as_of_day__lt=today - timedelta(days=365))),
    group=QUALITY,
)
queue(
    LandPlot,
    "unmapped",
    gettext_lazy("Plots that are not on the map"),
    lambda rows, today: rows.filter(geometry__isnull=True),
    group=QUALITY,
    tone="info",
)
queue(
    PlotAllocation,
    "lapsed",
    gettext_lazy("Reservations of plots whose days have passed"),
    lambda rows, today: rows.filter(state=AllocationState.RESERVED, during__endswith__lte=today),
)


class UtilityPart(Part):
    model = PlotUtility
    fields = ["utility", "state", "capacity", "unit", "distance_m", *partial("ready_on"), "source"]
    autocomplete_fields = ["source"]
    list_select_related = ["source"]
    show_title = False


class AllocationPart(Part):
    """To look at: it changes by the verbs of the plot."""

    model = PlotAllocation
    fields = readonly_fields = ["state", "project", "organisation", "days", "basis"]
    list_select_related = ["project", "organisation"]
    show_title = False
    can_delete = False

    @display(description=gettext_lazy("during"))
    def days(self, allocation: PlotAllocation) -> str:
        return spelled(allocation)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    has_change_permission = has_delete_permission = has_add_permission


@admin.register(LandPlot)
class LandPlotAdmin(PlotVerbs, Importing, LedgerAdmin):
    rules = {
        "districts_landplot_district_id_for_ever": gettext_lazy("The district of a plot does not change."),
        "districts_landplot_is_demo_for_ever": gettext_lazy("What is invented stays so."),
    }
    list_display = [
        "public_id",
        "named",
        "district",
        "area",
        "stands",
        dated("as_of", gettext_lazy("as of")),
        visibility,
        changed,
    ]
    list_display_links = ["public_id", "named"]
    list_filter = [
        "district",
        ("tenure", ChoicesDropdownFilter),
        ("category", ChoicesDropdownFilter),
        ("area_ha", RangeNumericFilter),
        SectorFilter,
        "visibility",
        "schematic",
        "is_demo",
    ]
    list_select_related = ["district"]
    search_fields = ["search", "public_id", "code"]
    search_help_text = gettext_lazy("Name, number, cadastral number, code")
    ordering = ["-updated_at", "-pk"]
    autocomplete_fields = ["source"]
    readonly_fields = ["public_id", "is_demo"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("public_id", "is_demo"),
                    ("code", "visibility"),
                    ("district", "cadastral_number"),
                    ("area_ha", "category", "zone"),
                    ("tenure", "price_amount", "price_currency", "price_basis"),
                    "sectors",
                    partial("ready_on"),
                    partial("as_of"),
                    "source",
                    "geometry",
                    "schematic",
                ]
            },
        ),
        *language_tabs("name", "purpose", "note", "basis"),
    ]

    @display(description=gettext_lazy("name"), ordering="sort_kk")
    def named(self, plot: LandPlot) -> str:
        return f"[{_('invented')}] {plot}" if plot.is_demo else str(plot)

    @display(description=gettext_lazy("area, ha"), ordering="area_ha")
    def area(self, plot: LandPlot) -> str:
        return "—" if plot.area_ha is None else formats.number(plot.area_ha, get_language())

    @display(description=gettext_lazy("availability today"), label=STANDS)
    def stands(self, plot: Any) -> tuple[str, str]:
        return plot.availability, str(Availability(plot.availability).label)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).with_availability(localdate())

    def get_inlines(self, request: HttpRequest, obj: Any) -> list[Any]:
        """Parts come after the plot stands."""
        return [UtilityPart, AllocationPart] if obj else []

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Iterable[str]:
        """Its district is said once."""
        fields = super().get_readonly_fields(request, obj)
        return [*fields, "district"] if obj else fields

    def view_on_site(self, plot: LandPlot) -> str:
        return reverse("invest-plot", args=[plot.public_id])

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        if "source" in form.base_fields:
            form.base_fields["source"].required = not (obj and obj.is_demo)
        return form


@admin.register(PlotAllocation)
class PlotAllocationAdmin(LookAdmin):
    """Over all plots; it changes by the verbs of the plot."""

    list_display = ["plot", word("state", gettext_lazy("state"), STATE), "project", "organisation", "days"]
    list_display_links = ["plot"]
    list_filter = [("state", ChoicesDropdownFilter), "plot__district"]
    list_select_related = ["plot", "project", "organisation"]
    search_fields = ["basis", "plot__search", "project__search", "organisation__search"]
    search_help_text = gettext_lazy("Plot, project, organisation, basis")
    ordering = ["-pk"]
    fieldsets = [
        (None, {"fields": ["plot", ("project", "organisation"), ("state", "during"), "basis"]}),
    ]

    @display(description=gettext_lazy("during"), ordering="during")
    def days(self, allocation: PlotAllocation) -> str:
        return spelled(allocation)

    def get_queryset(self, request: HttpRequest) -> Any:
        return PlotAllocation.objects.visible_to(request.user).order_by(*self.ordering)
