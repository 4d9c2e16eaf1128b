"""Sources, legal acts, the calendar, files; and, to look at, what the machine keeps."""

from typing import Any

from django.contrib import admin
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from core.admin.base import LedgerAdmin, LookAdmin, Part, dated, language_tabs, partial
from core.models import (
    CalendarDay,
    Change,
    JobRun,
    LegalAct,
    LegalActSource,
    LegalActStage,
    Outbox,
    Source,
    StoredFile,
)


@admin.register(Source)
class SourceAdmin(LedgerAdmin):
    list_display = ["code", "publisher", "title", dated("published", _("published on")), "language"]
    list_filter = ["language", "published_precision"]
    search_fields = ["code", "publisher", "title", "about_kk", "about_ru", "about_en", "published_text"]
    fieldsets = [
        (None, {"fields": [("code", "language"), "publisher", "title", "addresses", partial("published")]}),
        *language_tabs("about"),
    ]


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
    list_display = ["signed_on", "kind", "number", "title", "confidence"]
    list_display_links = ["title"]
    list_filter = ["kind", "confidence"]
    date_hierarchy = "signed_on"
    search_fields = ["code", "number", "title_kk", "title_ru", "title_en"]
    autocomplete_fields = ["source"]
    inlines = [LegalActStagePart, LegalActSourcePart]
    fieldsets = [
        (None, {"fields": [("code", "kind"), ("number", "signed_on"), ("source", "confidence")]}),
        *language_tabs("title", "basis", "note"),
    ]

    @admin.display(description=_("title"))
    def title(self, act: LegalAct) -> str:
        return str(act.title)


@admin.register(CalendarDay)
class CalendarDayAdmin(LedgerAdmin):
    removable = True
    list_display = ["date", "kind", "name", "moved_from", "act"]
    list_filter = ["kind"]
    date_hierarchy = "date"
    search_fields = ["name_kk", "name_ru", "name_en", "act"]
    fieldsets = [(None, {"fields": [("date", "kind"), ("moved_from", "act")]}), *language_tabs("name")]

    @admin.display(description=_("name"))
    def name(self, day: CalendarDay) -> str:
        return str(day.name)


@admin.register(StoredFile)
class StoredFileAdmin(LookAdmin):
    list_display = ["name", "content_type", "size", "scan_state", "visibility", "uploaded_by", "created_at"]
    list_filter = ["scan_state", "visibility", "content_type"]
    list_select_related = ["uploaded_by"]
    search_fields = ["name", "sha256"]


@admin.register(Change)
class ChangeAdmin(LookAdmin):
    list_display = ["at", "relation", "row_key", "op", "actor", "verb", "note"]
    list_filter = ["op", "relation"]
    search_fields = ["actor", "verb", "note"]
    ordering = ["-id"]
    show_full_result_count = False
    fields = ["at", "relation", "row_key", "op", "actor", "verb", "note", "row_before", "row_after"]
    readonly_fields = ["row_before", "row_after"]

    @admin.display(description=_("before"))
    def row_before(self, change: Change) -> Any:
        return _listed(change.old)

    @admin.display(description=_("after"))
    def row_after(self, change: Change) -> Any:
        return _listed(change.new)


def _listed(row: dict[str, Any] | None) -> Any:
    return format_html_join("", "<div>{}: {}</div>", sorted((row or {}).items())) or "—"


@admin.register(Outbox)
class OutboxAdmin(LookAdmin):
    """Without the payload: it holds what was written to people, links that let in among it."""

    list_display = ["key", "channel", "created_at", "next_try_at", "tries", "delivered_at", "given_up_at"]
    list_filter = [
        "channel",
        ("delivered_at", admin.EmptyFieldListFilter),
        ("given_up_at", admin.EmptyFieldListFilter),
    ]
    search_fields = ["key", "last_error"]
    ordering = ["-pk"]
    fields = [
        "key",
        "channel",
        "created_at",
        "next_try_at",
        "tries",
        "delivered_at",
        "given_up_at",
        "last_error",
    ]


@admin.register(JobRun)
class JobRunAdmin(LookAdmin):
    list_display = ["job", "slot", "started_at", "finished_at"]
    list_filter = ["job"]
    search_fields = ["job", "slot"]
    ordering = ["-pk"]
