"""Who owes reports, the periods, the reports and the plan: looked at, changed by the services alone."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter, RangeDateFilter
from unfold.decorators import display

from core.admin import LookAdmin, MadeByService, queue, word
from tasks import services
from tasks.admin.parts import Looked
from tasks.admin.reporting_verbs import OF_DUTIES, OF_PERIODS, OF_REPORTS
from tasks.admin.verbs import Verbs
from tasks.models import (
    Evidence,
    Plan,
    ProgressMilestone,
    ProgressReport,
    ProgressValue,
    ReportingDuty,
    ReportingPeriod,
    ReviewNote,
    Upload,
)
from tasks.policies import Subject
from tasks.words import RULES

PROGRESS = {"submitted": "warning", "accepted": "success", "returned": "danger"}

queue(
    ProgressReport,
    "waiting",
    _("Progress reports that wait for an answer"),
    lambda rows, today: rows.waiting(),
)
queue(
    ReportingPeriod,
    "past_grace",
    _("Reporting periods past their grace, and not locked"),
    lambda rows, today: rows.unlocked().past_grace(today),
)


@admin.register(ReportingDuty)
class ReportingDutyAdmin(Verbs, MadeByService):
    """Said once; it ends, or goes to another organisation, by its verbs."""

    rules = RULES
    verbs = OF_DUTIES
    exported = False
    list_display = ["project", "organisation", "kind", "since", "until"]
    list_filter = [
        ("kind", ChoicesDropdownFilter),
        ("organisation", AutocompleteSelectFilter),
        ("until", admin.EmptyFieldListFilter),
    ]
    list_select_related = ["project", "organisation"]
    search_fields = ["project__search", "project__public_id", "organisation__search"]
    search_help_text = _("Name or number of the project, name of the organisation")
    autocomplete_fields = ["project", "organisation"]
    fieldsets = [(None, {"fields": [("project", "organisation"), "kind", ("since", "until")]})]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def make(self, request: HttpRequest, facts: dict[str, Any]) -> ReportingDuty:
        return services.assign_duty(by=request.user, **facts)

    def subject_of(self, thing: ReportingDuty) -> Subject:
        return None

    def stands(self, thing: ReportingDuty) -> list[tuple[Any, Any]]:
        until = date_format(thing.until, "SHORT_DATE_FORMAT") if thing.until else "–"
        return [
            (_("project"), thing.project),
            (_("organisation"), thing.organisation),
            (_("how often"), thing.get_kind_display()),
            (_("since"), date_format(thing.since, "SHORT_DATE_FORMAT")),
            (_("until"), until),
        ]


class Look(LookAdmin):
    """As visible as the row is."""

    rules = RULES

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return self.model.objects.visible_to(request.user).order_by(*self.ordering or ())


@admin.register(ReportingPeriod)
class ReportingPeriodAdmin(Verbs, Look):
    verbs = OF_PERIODS
    list_display = ["called", "kind", "starts", "due_on", "grace_until", "locked_at"]
    list_display_links = ["called"]
    list_filter = [
        ("kind", ChoicesDropdownFilter),
        ("locked_at", admin.EmptyFieldListFilter),
        ("due_on", RangeDateFilter),
    ]
    search_fields = ["reports__public_id", "kind"]
    search_help_text = _("Number of a report of the period")
    ordering = ["-starts", "kind"]
    fieldsets = [(None, {"fields": ["kind", ("starts", "ends"), ("due_on", "grace_until"), "locked_at"]})]

    @display(description=_("period"), ordering="starts")
    def called(self, period: ReportingPeriod) -> str:
        return str(period)

    def subject_of(self, thing: ReportingPeriod) -> Subject:
        return None

    def view_on_site(self, thing: ReportingPeriod) -> str:
        return reverse("review-period", args=[thing.code])

    def stands(self, thing: ReportingPeriod) -> list[tuple[Any, Any]]:
        return [
            (_("period"), thing),
            (_("due on"), date_format(thing.due_on, "SHORT_DATE_FORMAT")),
            (_("taken until"), date_format(thing.grace_until, "SHORT_DATE_FORMAT")),
        ]


class ValuePart(Looked):
    model = ProgressValue
    show_change_link = False
    fields = readonly_fields = ["metric", "mark", "value", "currency", "note"]


class MilestonePart(Looked):
    model = ProgressMilestone
    show_change_link = False
    fields = readonly_fields = ["milestone", "outcome", "on", "reason", "note"]
    list_select_related = ["milestone"]

    @display(description=_("on"))
    def on(self, row: ProgressMilestone) -> str:
        return str(row.on)


class ProofPart(Looked):
    model = Evidence
    show_change_link = False
    fields = readonly_fields = ["kind", "file", "note", "taken_at", "score", "reasons"]
    list_select_related = ["file"]


class UploadPart(Looked):
    model = Upload
    show_change_link = False
    fields = readonly_fields = ["name", "kind", "size", "received", "by", "file", "refused"]
    list_select_related = ["by", "file"]


class NotePart(Looked):
    model = ReviewNote
    show_change_link = False
    fields = readonly_fields = ["turn", "field", "text", "by"]
    list_select_related = ["by"]


@admin.register(ProgressReport)
class ProgressReportAdmin(Verbs, Look):
    """What was never handed in is its organisation's own, and is not here."""

    verbs = OF_REPORTS
    list_display = [
        "public_id",
        "project",
        "period",
        "organisation",
        word("state", _("state"), PROGRESS),
        "submitted_at",
        "returns",
        "decided_by",
    ]
    list_display_links = ["public_id", "project"]
    list_filter = [
        ("state", ChoicesDropdownFilter),
        ("organisation", AutocompleteSelectFilter),
        ("submitted_at", RangeDateFilter),
    ]
    list_select_related = ["project", "period", "organisation", "decided_by"]
    search_fields = ["public_id", "text", "project__search"]
    search_help_text = _("Number or words of the report, name of the project")
    ordering = ["-pk"]
    inlines = [ValuePart, MilestonePart, ProofPart, UploadPart, NotePart]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("public_id", "state"),
                    ("project", "period", "organisation"),
                    "text",
                    "issues",
                    "risks",
                    "help_needed",
                    ("prepared_by", "submitted_by", "submitted_for", "submitted_at"),
                    ("decided_by", "decided_at", "returns"),
                    ("supersedes", "correction_reason"),
                ]
            },
        )
    ]

    def subject_of(self, thing: ProgressReport) -> Subject:
        return thing

    def view_on_site(self, thing: ProgressReport) -> str:
        return reverse("review-report", args=[thing.public_id])

    def stands(self, thing: ProgressReport) -> list[tuple[Any, Any]]:
        answers = [(row.get_metric_display(), row) for row in thing.values.all()]
        return [(_("project"), thing.project), (_("period"), thing.period), *answers]


@admin.register(Plan)
class PlanAdmin(MadeByService):
    """Set by the office, a value a project, metric and period; changed by the same service."""

    rules = RULES
    list_display = ["project", "metric", "period", "value", "currency", "weight"]
    list_filter = [("metric", ChoicesDropdownFilter), ("project", AutocompleteSelectFilter)]
    list_select_related = ["project", "period"]
    search_fields = ["project__search", "project__public_id"]
    search_help_text = _("Name or number of the project")
    autocomplete_fields = ["project", "period"]
    fieldsets = [(None, {"fields": ["project", ("metric", "period"), ("value", "currency"), "weight"]})]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["project", "metric", "period"] if obj else []

    def make(self, request: HttpRequest, facts: dict[str, Any]) -> Plan:
        return services.set_plan(by=request.user, **facts)

    def save_model(self, request: HttpRequest, obj: Plan, form: Any, change: bool) -> None:
        if not change:
            return super().save_model(request, obj, form, change)
        facts = {name: getattr(obj, name) for name in ("value", "currency", "weight")}
        services.set_plan(by=request.user, project=obj.project, period=obj.period, metric=obj.metric, **facts)
