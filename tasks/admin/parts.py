"""What belongs to an instruction, as tabs of its form: executors to mend while it is registered, else to look at."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from core.admin import Part, StackedPart
from tasks.admin.columns import days_held, ended, proofs, since
from tasks.choices import WAITING, ExecutorRole, InstructionState
from tasks.models import ExecutionReport, Executor, Extension, HoldInterval, Instruction, InstructionSource


class ExecutorPart(StackedPart):
    """Mended while the instruction is only registered. Later the responsible one changes by “re-assign”, and
    co-executors are added: the days for their refusal begin."""

    model = Executor
    autocomplete_fields = ["organisation"]
    list_select_related = ["organisation"]
    fields = [
        ("organisation", "role"),
        ("group_kk", "group_ru", "group_en"),
        ("role_basis_kk", "role_basis_ru", "role_basis_en"),
        "internal_due",
        ("assigned_on", "accepted_on"),
        ("refused_on", "released_on"),
        "refused_reason",
    ]
    readonly_fields = ["assigned_on", "accepted_on", "refused_on", "refused_reason", "released_on"]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return (_is_registered(obj) or obj.state in WAITING) and super().has_add_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _is_registered(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _is_registered(obj) and super().has_delete_permission(request, obj)

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)
        role = formset.form.base_fields.get("role")
        if role is not None and not _is_registered(obj):
            role.choices = [("", "—"), (ExecutorRole.CO.value, ExecutorRole.CO.label)]
        return formset


def _is_registered(instruction: Instruction | None) -> bool:
    return instruction is None or instruction.state == InstructionState.REGISTERED


def begin_clocks(formset: Any) -> None:
    """Of co-executors who are named while the instruction is on control already."""
    for form in formset.forms:
        row = form.instance
        if isinstance(row, Executor) and row._state.adding and not _is_registered(row.instruction):
            row.assigned_on = timezone.localdate()


class InstructionSourcePart(Part):
    model = InstructionSource
    fields = ["source"]
    autocomplete_fields = ["source"]
    list_select_related = ["source"]
    verbose_name, verbose_name_plural = _("further source"), _("further sources")


class Looked(Part):
    """To look at: verbs write it, or the database itself."""

    can_delete = False
    show_change_link = True
    show_title = False

    def get_queryset(self, request: HttpRequest) -> Any:
        """A draft of a report is its organisation's own."""
        return super().get_queryset(request).visible_to(request.user)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    has_change_permission = has_delete_permission = has_add_permission


class ExtensionPart(Looked):
    model = Extension
    fields = readonly_fields = [
        "public_id",
        "state",
        "organisation",
        "asked_on",
        "old_due",
        "new_due",
        "reason",
        "decided_by",
        "decided_on",
        "granted_due",
        "refusal_reason",
    ]
    list_select_related = ["organisation", "decided_by"]


class ReportPart(Looked):
    model = ExecutionReport
    fields = readonly_fields = [
        "kind",
        "state",
        "organisation",
        "text",
        "submitted_on",
        "proof",
        "decided_by",
        "decided_on",
        "return_note",
        "returns",
    ]
    list_select_related = ["organisation", "decided_by"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("evidence__file")

    @display(description=_("proof"))
    def proof(self, report: ExecutionReport) -> str:
        return proofs(report.evidence.all())


class HoldPart(Looked):
    model = HoldInterval
    show_change_link = False
    fields = readonly_fields = ["holder", "organisation", since, ended, days_held]
    list_select_related = ["organisation"]
