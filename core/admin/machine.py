"""What the machine keeps, to look at: files, the ledger, messages owed, jobs."""

from datetime import datetime, time, timedelta
from typing import Any

from django.contrib import admin
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import DropdownFilter, RangeDateTimeFilter
from unfold.decorators import display
from unfold.paginator import InfinitePaginator

from core.admin.base import LookAdmin
from core.admin.columns import visibility, word
from core.admin.history import called, said_by, verb_of, who_is
from core.admin.queues import MACHINE, queue
from core.apps import recorded_models
from core.choices import ScanState
from core.models import Change, JobRun, Outbox, StoredFile

#: A message that is owed so long is late: workers look every two seconds.
LATE = timedelta(minutes=10)


def yesterday() -> datetime:
    """The beginning of yesterday, here."""
    return timezone.make_aware(datetime.combine(timezone.localdate() - timedelta(days=1), time()))


queue(
    StoredFile,
    "unscanned",
    _("Files that wait for the scan"),
    lambda rows, today: rows.filter(scan_state=ScanState.PENDING),
)
queue(
    StoredFile,
    "infected",
    _("Infected files"),
    lambda rows, today: rows.filter(scan_state=ScanState.INFECTED),
    tone="danger",
)
queue(
    Outbox,
    "given_up",
    _("Messages that could not be delivered"),
    lambda rows, today: rows.filter(given_up_at__isnull=False),
    tone="danger",
)
queue(
    Outbox,
    "owed",
    _("Messages on their way"),
    lambda rows, today: rows.filter(delivered_at=None, given_up_at=None),
    group=MACHINE,
    tone="info",
)
queue(
    Outbox,
    "late",
    _("Messages that are late"),
    lambda rows, today: rows.owed(timezone.now() - LATE),
    group=MACHINE,
    tone="danger",
)
queue(
    JobRun,
    "unfinished",
    _("Runs of jobs without an end"),
    lambda rows, today: rows.filter(finished_at=None),
    group=MACHINE,
)
queue(
    Change,
    "yesterday",
    _("Changes since yesterday"),
    lambda rows, today: rows.filter(at__gte=yesterday()),
    group="",
)


@admin.register(StoredFile)
class StoredFileAdmin(LookAdmin):
    list_display = [
        "name",
        "content_type",
        "size",
        word("scan_state", _("scan"), {"clean": "success", "pending": "warning", "infected": "danger"}),
        visibility,
        "uploaded_by",
        "created_at",
    ]
    list_filter = ["scan_state", "visibility", ("created_at", RangeDateTimeFilter)]
    list_select_related = ["uploaded_by"]
    search_fields = ["name", "sha256", "content_type"]


class Table(DropdownFilter):
    """Of which register; known without asking the whole ledger."""

    title = _("register")
    parameter_name = "relation"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        named = ((model._meta.db_table, str(model._meta.verbose_name)) for model in recorded_models())
        return sorted(named, key=lambda one: one[1])

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(relation=self.value()) if self.value() else queryset


@admin.register(Change)
class ChangeAdmin(LookAdmin):
    """Newest first and never counted: the ledger only grows."""

    list_display = ["moment", "who", "did", "what", "key", "why"]
    list_filter = [Table, ("at", RangeDateTimeFilter), "op"]
    search_fields = ["actor", "verb", "note"]
    search_help_text = _("Note, actor, verb")
    ordering = ["-id"]
    paginator = InfinitePaginator
    fields = readonly_fields = ["moment", "who", "did", "what", "key", "why", "row_before", "row_after"]

    def get_queryset(self, request: HttpRequest) -> Any:
        """With the name of the person."""
        return super().get_queryset(request).annotate(actor_name=said_by(F("actor")))

    @display(description=_("when"), ordering="id")
    def moment(self, change: Change) -> str:
        return date_format(timezone.localtime(change.at), "SHORT_DATETIME_FORMAT")

    @display(description=_("who"))
    def who(self, change: Any) -> str:
        return change.actor_name or who_is(change.actor, {})

    @display(description=_("did what"))
    def did(self, change: Change) -> str:
        return verb_of(change)

    @display(description=_("register"))
    def what(self, change: Change) -> str:
        return called(change)

    @display(description=_("key of the row"))
    def key(self, change: Change) -> int:
        return change.row_key

    @display(description=_("note"))
    def why(self, change: Change) -> str:
        return change.note or "—"

    @display(description=_("before"))
    def row_before(self, change: Change) -> Any:
        return _listed(change.old)

    @display(description=_("after"))
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
        ("created_at", RangeDateTimeFilter),
    ]
    search_fields = ["key", "last_error", "request_id"]
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
        "request_id",
    ]


@admin.register(JobRun)
class JobRunAdmin(LookAdmin):
    list_display = ["job", "slot", "started_at", "finished_at"]
    list_filter = ["job", ("started_at", RangeDateTimeFilter)]
    search_fields = ["job", "slot"]
    ordering = ["-pk"]
