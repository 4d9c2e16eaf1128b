"""Instructions: registered and mended here; their state and their term move by services only."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter, RangeDateFilter
from unfold.decorators import display
from unfold.widgets import UnfoldAdminSingleDateWidget

from core.admin import (
    QUALITY,
    VERBS,
    AddForm,
    MadeByService,
    dated,
    language_tabs,
    partial,
    queue,
    visibility,
    word,
)
from core.admin.history import Part as PartOfHistory
from core.calendar import WorkingDays
from tasks import services
from tasks.admin.bulk import BulkControl
from tasks.admin.columns import STATE, worded
from tasks.admin.instruction_verbs import VERBS as INSTRUCTION_VERBS
from tasks.admin.instruction_verbs import stands
from tasks.admin.parts import (
    ExecutorPart,
    ExtensionPart,
    HoldPart,
    InstructionSourcePart,
    ReportPart,
    begin_clocks,
)
from tasks.admin.verbs import Verbs
from tasks.choices import SOON, WAITING, ExecutorRole, InstructionState, ReportState
from tasks.models import ExecutionReport, Executor, HoldInterval, Instruction
from tasks.words import DONE, RULES

VERBS.update(DONE)

queue(
    Instruction,
    "overdue",
    _("Overdue instructions"),
    lambda rows, today: rows.overdue(today),
    tone="danger",
)
queue(
    Instruction,
    "refused",
    _("Instructions whose executor refused the assignment"),
    lambda rows, today: rows.filter(
        state__in=WAITING, pk__in=Executor.objects.live().exclude(refused_on=None).values("instruction")
    ),
    tone="danger",
)
queue(
    Instruction,
    "soon",
    _("Instructions due within 10 working days"),
    lambda rows, today: rows.filter(state__in=WAITING, due__range=(today, WorkingDays().add(today, SOON))),
)
queue(
    Instruction,
    "reported",
    _("Instructions with a report that waits"),
    lambda rows, today: rows.filter(
        pk__in=ExecutionReport.objects.filter(state=ReportState.SUBMITTED).values("instruction"),
        removal_proposed_by=None,
    ),
)
queue(
    Instruction,
    "proposed",
    _("Instructions proposed for removal from control"),
    lambda rows, today: rows.filter(state=InstructionState.REPORTED, removal_proposed_by__isnull=False),
    tone="info",
)
queue(
    Instruction,
    "no_term",
    _("Instructions without a term"),
    lambda rows, today: rows.filter(due=None).exclude(state=InstructionState.CANCELLED),
)
queue(
    Instruction,
    "no_lead",
    _("Instructions without a responsible executor"),
    lambda rows, today: rows.exclude(executors__role=ExecutorRole.LEAD),
    group=QUALITY,
)

FACTS = [
    ("number", "code"),
    ("issuer", "source_item"),
    partial("issued"),
    ("control_kind", "controller"),
    ("district", "project"),
    "parent",
    "evidence_kind",
    ("source", "confidence"),
    "visibility",
]
#: What verbs have written.
COURSE = [
    ("removal_proposed_by", "removal_proposed_at"),
    ("removed_by", "removed_for"),
    "executed_on",
    "cancelled_reason",
    ("recurrence", "recurrence_day"),
    ("occurs_on", "remainder_of"),
]


class RegisterForm(AddForm):
    first_due = forms.DateField(
        label=_("Due"),
        required=False,
        widget=UnfoldAdminSingleDateWidget,
        help_text=_("If the instruction sets a term; later it moves only by an extension."),
    )


@admin.register(Instruction)
class InstructionAdmin(Verbs, BulkControl, MadeByService):
    add_form = RegisterForm
    rules = RULES
    verbs = INSTRUCTION_VERBS
    stands = staticmethod(stands)
    list_display = [
        "public_id",
        "worded",
        "issuer",
        dated("issued", _("given on")),
        "due",
        word("state", _("state"), STATE),
        "project",
        visibility,
    ]
    list_display_links = ["public_id", "worded"]
    list_filter = [
        ("state", ChoicesDropdownFilter),
        "control_kind",
        ("issuer", AutocompleteSelectFilter),
        "district",
        ("project", AutocompleteSelectFilter),
        "visibility",
        "is_demo",
        ("due", RangeDateFilter),
        ("issued_day", RangeDateFilter),
    ]
    list_select_related = ["issuer", "project"]
    date_hierarchy = "issued_day"
    search_fields = ["search", "public_id", "code", "number"]
    search_help_text = _("Words of the instruction, its number")
    raw_id_fields = ["source_item"]
    autocomplete_fields = ["issuer", "controller", "project", "parent", "source"]
    readonly_fields = [
        "public_id",
        "state",
        "is_demo",
        "controller",
        "due",
        "original_due",
        "recurrence",
        "recurrence_day",
        "occurs_on",
        "remainder_of",
        "removal_proposed_by",
        "removal_proposed_at",
        "removed_by",
        "removed_for",
        "executed_on",
        "cancelled_reason",
    ]
    inlines = [ExecutorPart, ReportPart, ExtensionPart, HoldPart, InstructionSourcePart]
    fieldsets = [
        (
            None,
            {"fields": [("public_id", "state", "is_demo"), ("due", "original_due"), *FACTS]},
        ),
        *language_tabs("text", "expected_result", "term_note", "issued_basis", "later", "basis"),
        (_("Course"), {"classes": ["tab"], "fields": COURSE}),
    ]
    add_fieldsets = [
        (None, {"fields": [*FACTS, "first_due"]}),
        *language_tabs("text", "expected_result", "term_note", "issued_basis", "basis"),
    ]

    @display(description=_("text"))
    def worded(self, instruction: Instruction) -> str:
        return worded(instruction)

    def view_on_site(self, instruction: Instruction) -> str:
        return reverse("instruction", args=[instruction.public_id])

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """The term is asked for once, when the instruction is registered."""
        fields = super().get_readonly_fields(request, obj)
        return fields if obj else [name for name in fields if name not in self.readonly_fields]

    def make(self, request: HttpRequest, facts: dict[str, Any]) -> Instruction:
        return services.register_instruction(by=request.user, due=facts.pop("first_due"), **facts)

    def get_inlines(self, request: HttpRequest, obj: Any) -> list[Any]:
        """Reports and requests come after the instruction stands."""
        return self.inlines if obj else [ExecutorPart, InstructionSourcePart]

    def _parts(self, request: HttpRequest, thing: models.Model) -> list[PartOfHistory]:
        """Who holds the ball follows from everything else: it is no event of the history."""
        return [part for part in super()._parts(request, thing) if part[0] is not HoldInterval]

    def _changes(self, request: HttpRequest, thing: models.Model) -> models.QuerySet:
        """What is written of a report before it is handed in is its organisation's own."""
        draft = {"relation": ExecutionReport._meta.db_table, "new__state": ReportState.DRAFT.value}
        return super()._changes(request, thing).exclude(**draft)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        begin_clocks(formset)
        super().save_formset(request, form, formset, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Organisations that were named just now are told."""
        super().save_related(request, form, formsets, change)
        named = [row for formset in formsets for row in formset.new_objects if isinstance(row, Executor)]
        services.tell_named(named, by=request.user)
