"""Rules of reminders, to mend; reminders and escalations, to look at."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeDateFilter
from unfold.decorators import display

from core.admin import VERBS, LedgerAdmin, queue
from tasks.admin.columns import of_instruction
from tasks.admin.control import ControlLook
from tasks.models import Escalation, Reminder, ReminderRule

VERBS.update({"escalate": _("carried up what is overdue"), "acknowledge": _("acknowledged the escalation")})

queue(
    Escalation,
    "unacknowledged",
    _("Escalations that nobody has acknowledged"),
    lambda rows, today: rows.unacknowledged(),
)


@admin.register(ReminderRule)
class ReminderRuleAdmin(LedgerAdmin):
    """A rule is switched off, not removed: what it planned stays a trace."""

    list_display = ["code", "concerns", "recipients", "offset", "is_active"]
    list_filter = [("concerns", ChoicesDropdownFilter), ("recipients", ChoicesDropdownFilter), "is_active"]
    search_fields = ["code"]
    search_help_text = _("Code")
    fieldsets = [(None, {"fields": [("code", "concerns"), ("recipients", "offset"), "is_active"]})]


@admin.register(Reminder)
class ReminderAdmin(ControlLook):
    list_display = ["of_what", "recipient", "rule", "occurrence", "planned_for", "stands"]
    list_filter = [
        ("rule__concerns", ChoicesDropdownFilter),
        ("planned_for", RangeDateFilter),
        ("cancelled_because", ChoicesDropdownFilter),
    ]
    list_select_related = ["instruction", "duty__project", "period", "recipient", "rule"]
    list_display_links = ["of_what"]
    search_fields = ["recipient__full_name", "recipient__username", "instruction__search"]
    search_help_text = _("Name of the recipient, words of the instruction")
    ordering = ["-planned_for", "-pk"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "instruction",
                    ("duty", "period"),
                    ("recipient", "rule"),
                    ("occurrence", "planned_for"),
                    "sent_at",
                    ("cancelled_at", "cancelled_because"),
                ]
            },
        )
    ]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return Reminder.objects.visible_to(request.user).order_by(*self.ordering)

    def view_on_site(self, thing: Reminder) -> str:
        return (
            super().view_on_site(thing)
            if thing.period is None
            else reverse("review-period", args=[thing.period.code])
        )

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> Any:
        """It is its own trace: no ledger keeps it."""
        return admin.ModelAdmin.history_view(self, request, object_id, extra_context)

    @display(description=_("what of"))
    def of_what(self, row: Reminder) -> str:
        if row.instruction is not None:
            return str(row.instruction)
        return f"{row.duty.project}: {row.period}" if row.duty else ""

    @display(description=_("state"))
    def stands(self, row: Reminder) -> str:
        if row.cancelled_at:
            return str(row.get_cancelled_because_display())
        return f"{timezone.localtime(row.sent_at):%d.%m.%Y %H:%M}" if row.sent_at else "–"


@admin.register(Escalation)
class EscalationAdmin(ControlLook):
    list_display = [of_instruction, "level", "due", "opened_at", "acknowledged_by", "closed_because"]
    list_filter = [
        ("level", ChoicesDropdownFilter),
        ("closed_at", admin.EmptyFieldListFilter),
        ("acknowledged_at", admin.EmptyFieldListFilter),
        ("opened_at", RangeDateFilter),
    ]
    list_select_related = ["instruction", "acknowledged_by"]
    search_fields = ["note", "instruction__search"]
    search_help_text = _("Words of the note or of the instruction")
    ordering = ["-pk"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "instruction",
                    ("level", "due", "opened_at"),
                    ("acknowledged_by", "acknowledged_for", "acknowledged_at"),
                    "note",
                    ("closed_at", "closed_because"),
                ]
            },
        )
    ]
