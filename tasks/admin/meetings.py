"""Meetings and their protocols. A signed protocol is frozen."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeDateFilter
from unfold.decorators import display

from core.admin import LedgerAdmin, Part, StackedPart, changed, dated, language_tabs, partial, visibility
from tasks.models import AgendaItem, Attendance, Finding, Meeting, MeetingDistrict, Protocol, ProtocolItem
from tasks.words import PAPERS


class AgendaPart(StackedPart):
    model = AgendaItem
    collapsible = True
    autocomplete_fields = ["later_source"]
    fields = [
        "number",
        ("title_kk", "title_ru", "title_en"),
        ("later_kk", "later_ru", "later_en"),
        "later_source",
    ]


class AttendancePart(Part):
    model = Attendance
    fields = ["order", "name_kk", "name_ru", "name_en", "organisation", "present"]
    autocomplete_fields = ["organisation"]
    list_select_related = ["organisation"]
    show_title = False


class VisitedPart(Part):
    model = MeetingDistrict
    fields = ["district"]
    list_select_related = ["district"]
    show_title = False
    verbose_name, verbose_name_plural = _("district visited"), _("districts visited")


class FindingPart(Part):
    model = Finding
    fields = ["order", "text_kk", "text_ru", "text_en", "place", "district", "photo"]
    autocomplete_fields = ["photo"]
    list_select_related = ["district", "photo"]
    show_title = False


@admin.register(Meeting)
class MeetingAdmin(LedgerAdmin):
    rules = PAPERS
    list_display = ["public_id", dated("held", _("held on")), "kind", "titled", visibility, changed]
    list_display_links = ["public_id", "titled"]
    list_filter = [("kind", ChoicesDropdownFilter), "visibility", ("held_day", RangeDateFilter)]
    date_hierarchy = "held_day"
    search_fields = ["search", "public_id", "code"]
    search_help_text = _("Title, chair, place, number")
    autocomplete_fields = ["chair_post", "source"]
    readonly_fields = ["public_id"]
    inlines = [AgendaPart, AttendancePart, VisitedPart, FindingPart]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("public_id", "kind"),
                    partial("held"),
                    ("chair_post", "source"),
                    ("visibility", "code"),
                ]
            },
        ),
        *language_tabs("title", "place", "chair", "date_basis", "basis"),
    ]

    @display(description=_("title"))
    def titled(self, meeting: Meeting) -> str:
        return str(meeting)


class ItemPart(Part):
    model = ProtocolItem
    fields = ["order", "kind", "text", "start", "end"]
    show_title = False


@admin.register(Protocol)
class ProtocolAdmin(LedgerAdmin):
    rules = PAPERS
    list_display = ["kind", "number", "signed_on", "meeting", "source"]
    list_display_links = ["kind", "number"]
    list_filter = ["kind", ("signed_on", admin.EmptyFieldListFilter), ("signed_on", RangeDateFilter)]
    list_select_related = ["meeting", "source"]
    search_fields = ["number", "text", "meeting__search"]
    search_help_text = _("Number, words of the protocol, title of the meeting")
    autocomplete_fields = ["meeting", "source", "source_file", "supersedes"]
    inlines = [ItemPart]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("meeting", "kind"),
                    ("number", "signed_on"),
                    ("source", "language"),
                    ("source_file", "supersedes"),
                    "text",
                ]
            },
        )
    ]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        signed = isinstance(obj, Protocol) and obj.signed_on is not None
        return not signed and super().has_change_permission(request, obj)

    def save_model(self, request: HttpRequest, obj: Protocol, form: Any, change: bool) -> None:
        """Unsigned first: its items are written before the signature freezes them."""
        signed_on, obj.signed_on = obj.signed_on, None
        super().save_model(request, obj, form, change)
        obj.signed_on = signed_on

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if form.instance.signed_on:
            form.instance.save(update_fields=["signed_on"])
