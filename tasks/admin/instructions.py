"""Instructions: registered and mended here; their state and their term move by services only."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminSingleDateWidget

from core.admin import VERBS, AddForm, MadeByService, Part, StackedPart, dated, language_tabs, partial
from tasks import services
from tasks.models import Executor, Instruction, InstructionSource

VERBS["register_instruction"] = _("registered the instruction")

FACTS = [
    ("number", "code"),
    ("issuer", "source_item"),
    partial("issued"),
    ("control_kind", "controller"),
    ("district", "project"),
    ("parent", "occurs_on"),
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
        "number",
        "worded",
        "issuer",
        dated("issued", _("given on")),
        "due",
        "state",
        "district",
        "project",
    ]
    list_display_links = ["public_id", "worded"]
    list_filter = ["state", "control_kind", "district", "visibility", ("due", admin.EmptyFieldListFilter)]
    list_select_related = ["issuer", "district", "project"]
    date_hierarchy = "issued_day"
    search_fields = ["public_id", "code", "number"]
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

    @admin.display(description=_("text"))
    def worded(self, instruction: Instruction) -> str:
        return str(instruction)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """The term is asked for once, when the instruction is registered."""
        return self.readonly_fields if obj else []

    def make(self, request: HttpRequest, facts: dict[str, Any]) -> Instruction:
        return services.register_instruction(by=request.user, due=facts.pop("first_due"), **facts)
