"""Investors, and talks with them, in the admin."""

from datetime import timedelta

from django.contrib import admin
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeDateFilter
from unfold.decorators import display

from core.admin import (
    QUALITY,
    LedgerAdmin,
    changed,
    confidence,
    dated,
    language_tabs,
    partial,
    queue,
    visibility,
    word,
)
from investors import admin_enquiries, admin_opportunities, admin_requests
from investors.models import Investor, Talk

__all__ = ["InvestorAdmin", "TalkAdmin", "admin_enquiries", "admin_opportunities", "admin_requests"]

STAGE = {
    "prospect": "",
    "in_talks": "info",
    "committed": "primary",
    "building": "success",
    "operating": "success",
    "left": "danger",
}

queue(
    Investor,
    "old",
    _("Investors of whom nothing was said for a year"),
    lambda rows, today: rows.filter(as_of_day__lt=today - timedelta(days=365)),
    group=QUALITY,
)
queue(
    Talk,
    "no_outcome",
    _("Talks whose outcome is not known"),
    lambda rows, today: rows.filter(outcome_kk="", outcome_ru="", outcome_en=""),
    group=QUALITY,
    tone="info",
)


@admin.register(Investor)
class InvestorAdmin(LedgerAdmin):
    list_display = [
        "organisation",
        word("stage", _("stage"), STAGE),
        dated("as_of", _("as of")),
        "source",
        visibility,
        confidence,
        changed,
    ]
    list_filter = [
        ("stage", ChoicesDropdownFilter),
        "visibility",
        "confidence",
        ("as_of_day", RangeDateFilter),
    ]
    list_select_related = ["organisation", "source"]
    search_fields = ["organisation__search", "organisation__code"]
    search_help_text = _("Name or code of the organisation")
    ordering = ["-updated_at", "-pk"]
    autocomplete_fields = ["organisation", "source"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("organisation", "stage"),
                    partial("as_of"),
                    "sectors",
                    ("source", "confidence"),
                    ("needs_hectares", "needs_mw", "needs_water"),
                    ("needs_rail", "ticket_band"),
                    "visibility",
                ]
            },
        ),
        *language_tabs("profile", "stage_basis", "basis"),
    ]

    def view_on_site(self, investor: Investor) -> str:
        return reverse("investor", args=[investor.organisation.code])


@admin.register(Talk)
class TalkAdmin(LedgerAdmin):
    list_display = [dated("held", _("held on")), "organisation", "about", "district", visibility, changed]
    list_display_links = ["organisation", "about"]
    list_filter = ["district", "visibility", ("held_day", RangeDateFilter)]
    list_select_related = ["organisation", "district"]
    date_hierarchy = "held_day"
    search_fields = ["code", "subject_kk", "subject_ru", "subject_en", "organisation__search"]
    search_help_text = _("Subject, organisation")
    autocomplete_fields = ["organisation", "source"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("organisation", "district"),
                    partial("held"),
                    "source",
                    ("visibility", "code"),
                ]
            },
        ),
        *language_tabs("subject", "outcome", "date_basis", "basis"),
    ]

    @display(description=_("subject"))
    def about(self, talk: Talk) -> str:
        return str(talk.subject)
