"""Investors, and talks with them, in the admin."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from core.admin import LedgerAdmin, dated, language_tabs, partial
from investors.models import Investor, Talk


@admin.register(Investor)
class InvestorAdmin(LedgerAdmin):
    list_display = ["organisation", "stage", dated("as_of", _("as of")), "source", "visibility", "confidence"]
    list_filter = ["stage", "visibility", "confidence"]
    list_select_related = ["organisation", "source"]
    search_fields = ["organisation__code"]
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
                    "visibility",
                ]
            },
        ),
        *language_tabs("profile", "stage_basis", "basis"),
    ]


@admin.register(Talk)
class TalkAdmin(LedgerAdmin):
    list_display = [dated("held", _("held on")), "organisation", "about", "district", "visibility"]
    list_display_links = ["organisation", "about"]
    list_filter = ["district", "visibility"]
    list_select_related = ["organisation", "district"]
    date_hierarchy = "held_day"
    search_fields = ["code", "subject_kk", "subject_ru", "subject_en", "organisation__code"]
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

    @admin.display(description=_("subject"))
    def about(self, talk: Talk) -> str:
        return str(talk.subject)
