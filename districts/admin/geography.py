"""The four districts, and the places around them."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display

from core.admin import (
    QUALITY,
    Importing,
    LedgerAdmin,
    Part,
    changed,
    confidence,
    dated,
    language_tabs,
    partial,
    queue,
    visibility,
)
from districts.models import District, Place, PlaceBound, PlaceSource

queue(
    Place,
    "unsourced",
    _("Places without a source"),
    lambda rows, today: rows.filter(source=None),
    group=QUALITY,
)
queue(
    Place,
    "unmapped",
    _("Places that are not on the map"),
    lambda rows, today: rows.filter(geometry__isnull=True),
    group=QUALITY,
    tone="info",
)


class PlaceSourcePart(Part):
    model = PlaceSource
    fields = ["source"]
    autocomplete_fields = ["source"]
    list_select_related = ["source"]
    verbose_name, verbose_name_plural = _("further source"), _("further sources")


class BoundPart(Part):
    """Which districts the place bounds."""

    model = PlaceBound
    fields = ["district", "order"]
    list_select_related = ["district"]
    show_title = False
    verbose_name, verbose_name_plural = _("district it bounds"), _("districts it bounds")


@admin.register(District)
class DistrictAdmin(LedgerAdmin):
    """There are four, for ever: none is added, none removed."""

    list_display = ["named", "code", "profile", "south_order", dated("as_of", _("as of")), changed]
    search_fields = ["code", "name_kk", "name_ru", "name_en", "profile_kk", "profile_ru", "profile_en"]
    autocomplete_fields = ["source"]
    readonly_fields = ["code"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("code", "south_order"),
                    "source",
                    partial("as_of"),
                    "boundary",
                    "boundary_schematic",
                ]
            },
        ),
        *language_tabs("name", "label", "profile", "location", "location_note", "basis"),
    ]

    @display(description=_("name"), ordering="south_order")
    def named(self, district: District) -> str:
        return str(district)

    @display(description=_("profile"))
    def profile(self, district: District) -> str:
        return str(district.profile)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def view_on_site(self, district: District) -> str:
        return reverse("district", args=[district.code])


@admin.register(Place)
class PlaceAdmin(Importing, LedgerAdmin):
    removable = True
    list_display = ["named", "code", "kind", "has_geometry", "schematic", visibility, confidence, changed]
    list_filter = [("kind", ChoicesDropdownFilter), "visibility", "schematic", "confidence"]
    search_fields = ["code", "name_kk", "name_ru", "name_en"]
    autocomplete_fields = ["source"]
    inlines = [BoundPart, PlaceSourcePart]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("code", "kind"),
                    ("source", "confidence"),
                    ("visibility", "length_km"),
                    "geometry",
                    "schematic",
                    "other_names",
                ]
            },
        ),
        *language_tabs("name", "accuracy", "note", "basis"),
    ]

    @display(description=_("name"), ordering="sort_kk")
    def named(self, place: Place) -> str:
        return str(place)

    @display(description=_("on the map"), boolean=True)
    def has_geometry(self, place: Any) -> bool:
        return place.geometry is not None
