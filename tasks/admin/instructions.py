"""Instructions: registered and mended here; their state and their term move by services only."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter, RangeDateFilter
from unfold.decorators import display
from unfold.widgets import UnfoldAdminSingleDateWidget

from core.admin import (
    QUALITY,
    VERBS,
    AddForm,
    MadeByService,
    Part,
    StackedPart,
    dated,
    language_tabs,
    partial,
    queue,
    visibility,
    word,
)
from core.calendar import add_working_days
from tasks import services
from tasks.choices import SOON, WAITING, ExecutorRole, InstructionState
from tasks.models import Executor, Instruction, InstructionSource

VERBS["register_instruction"] = _("registered the instruction")

STATE = {
    "registered": "",
    "on_control": "info",
    "in_execution": "primary",
    "reported": "warning",
    "returned": "danger",
    "executed": "success",
}

queue(
    Instruction,
    "overdue",
    _("Overdue instructions"),
    lambda rows, today: rows.overdue(today),
    tone="danger",
)
queue(
    Instruction,
    "soon",
    _("Instructions due within 10 working days"),
    lambda rows, today: rows.filter(state__in=WAITING, due__range=(today, add_working_days(today, SOON))),
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


class ExecutorPart(StackedPart):
    model = Executor
    autocomplete_fields = ["organisation"]
    list_select_related = ["organisation"]
    fields = [
        ("organisation", "role"),
        ("group_kk", "group_ru", "group_en"),
        ("role_basis_kk", "role_basis_ru", "role_basis_en"),
        "internal_due",
    ]


class InstructionSourcePart(Part):
    model = InstructionSource
    fields = ["source"]
    autocomplete_fields = ["source"]
    list_select_related = ["source"]
    verbose_name, verbose_name_plural = _("further source"), _("further sources")


class RegisterForm(AddForm):
    first_due = forms.DateField(
        label=_("Due"),
        required=False,
        widget=UnfoldAdminSingleDateWidget,
        help_text=_("If the instruction sets a term; later it moves only by an extension."),
    )


@admin.register(Instruction)
class InstructionAdmin(MadeByService):
    add_form = RegisterForm
    rules = {
        "tasks_instruction_controlled_has_lead": _(
            "An instruction on control keeps its responsible executor."
        ),
        "tasks_instruction_original_due_once": _("The first due date is written once."),
    }
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
        ("due", RangeDateFilter),
        ("issued_day", RangeDateFilter),
    ]
    list_select_related = ["issuer", "project"]
    date_hierarchy = "issued_day"
    search_fields = ["search", "public_id", "code", "number"]
    search_help_text = _("Words of the instruction, its number")
    raw_id_fields = ["source_item"]
    autocomplete_fields = ["issuer", "controller", "project", "parent", "source"]
    readonly_fields = ["public_id", "state", "due", "original_due", "cancelled_reason"]
    inlines = [ExecutorPart, InstructionSourcePart]
    fieldsets = [
        (
            None,
            {"fields": [("public_id", "state"), ("due", "original_due"), "cancelled_reason", *FACTS]},
        ),
        *language_tabs("text", "expected_result", "term_note", "issued_basis", "later", "basis"),
    ]
    add_fieldsets = [
        (None, {"fields": [*FACTS, "first_due"]}),
        *language_tabs("text", "expected_result", "term_note", "issued_basis", "basis"),
    ]

    @display(description=_("text"))
    def worded(self, instruction: Instruction) -> str:
        return str(instruction)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """The term is asked for once, when the instruction is registered."""
        return self.readonly_fields if obj else []

    def make(self, request: HttpRequest, facts: dict[str, Any]) -> Instruction:
        return services.register_instruction(by=request.user, due=facts.pop("first_due"), **facts)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Organisations that were named just now are told."""
        super().save_related(request, form, formsets, change)
        named = [row for formset in formsets for row in formset.new_objects if isinstance(row, Executor)]
        services.tell_named(named, by=request.user)
