"""Sources, legal acts and the calendar."""

from django.contrib import admin
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeDateFilter
from unfold.decorators import display

from core import formats
from core.admin.base import LedgerAdmin, Part, language_tabs, partial
from core.admin.columns import changed, confidence, dated, word
from core.admin.exchange import Importing
from core.models import CalendarDay, LegalAct, LegalActSource, LegalActStage, Source


@admin.register(Source)
class SourceAdmin(Importing, LedgerAdmin):
    list_display = ["code", "publisher", "title", dated("published", _("published on")), "language", changed]
    list_display_links = ["code", "publisher"]
    list_filter = [
        ("published_day", RangeDateFilter),
        ("published_precision", ChoicesDropdownFilter),
        "language",
    ]
    search_fields = ["search", "published_text"]
    search_help_text = _("Code, publisher, title, what it is about")
    ordering = ["-updated_at", "-pk"]
    fieldsets = [
        (None, {"fields": [("code", "language"), "publisher", "title", "addresses", partial("published")]}),
        *language_tabs("about"),
    ]

    def view_on_site(self, source: Source) -> str:
        return f"{reverse('about-data')}#{source.code}"


class LegalActStagePart(Part):
    model = LegalActStage
    fields = ["in_force_on", "name_kk", "name_ru", "name_en"]


class LegalActSourcePart(Part):
    model = LegalActSource
    fields = ["source"]
    autocomplete_fields = ["source"]
    list_select_related = ["source"]
    verbose_name, verbose_name_plural = _("further source"), _("further sources")


@admin.register(LegalAct)
class LegalActAdmin(LedgerAdmin):
    list_display = ["dated_on", word("kind", _("kind"), {}), "number", "titled", confidence]
    list_display_links = ["titled"]
    list_filter = [("signed_on", RangeDateFilter), ("kind", ChoicesDropdownFilter), "confidence"]
    date_hierarchy = "signed_on"
    search_fields = ["search", "code"]
    search_help_text = _("Number, title, code")
    ordering = ["-signed_on", "-pk"]
    autocomplete_fields = ["source"]
    as_issued = frozenset({"title"})
    inlines = [LegalActStagePart, LegalActSourcePart]
    fieldsets = [
        (None, {"fields": [("code", "kind"), ("number", "signed_on"), ("source", "confidence")]}),
        *language_tabs("title", "basis", "note"),
    ]

    @display(description=_("signed on"), ordering="signed_on")
    def dated_on(self, act: LegalAct) -> str:
        return formats.day_text(act.signed_on, get_language())

    @display(description=_("title"))
    def titled(self, act: LegalAct) -> str:
        return str(act.title)

    def view_on_site(self, act: LegalAct) -> str:
        return reverse("legal-acts")


@admin.register(CalendarDay)
class CalendarDayAdmin(Importing, LedgerAdmin):
    """Transfers of days off are acts of government: typed here, or read from a table."""

    removable = True
    known_by = ["date"]
    list_display = [
        "date",
        word("kind", _("kind"), {"off": "success", "work": "danger", "short": "warning"}),
        "named",
        "moved_from",
        "act",
    ]
    list_filter = ["kind", ("date", RangeDateFilter)]
    date_hierarchy = "date"
    search_fields = ["name_kk", "name_ru", "name_en", "act"]
    search_help_text = _("Name, act")
    ordering = ["-date"]
    fieldsets = [(None, {"fields": [("date", "kind"), ("moved_from", "act")]}), *language_tabs("name")]

    @display(description=_("name"))
    def named(self, day: CalendarDay) -> str:
        return str(day.name)
