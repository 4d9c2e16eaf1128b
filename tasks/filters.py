"""Filters of meetings and instructions, for pages and the API."""

import re
from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import Count, OuterRef, QuerySet, Subquery, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_filters import Filter, FilterSet
from drf_spectacular.utils import extend_schema_field

from accounts.models import Organisation
from core import ledger
from core.filters import Day, OneOf, Order, Ordering, Search, VisibleCode, YesNo, place_in, today, updated
from districts.choices import DistrictCode
from tasks.attention import condition, granted, held_now
from tasks.choices import Attention, ControlKind, ExecutorRole, Holder, InstructionState, MeetingKind
from tasks.models import ExecutionReport, Executor


class MeetingFilter(FilterSet):
    q = Search()
    kind = OneOf(MeetingKind.choices, label=_("Kind"))
    district = OneOf(DistrictCode.choices, field_name="districts__code", label=_("District"))
    held_from = Day("held_day", "gte", label=_("Held from"))
    held_to = Day("held_day", "lte", label=_("Held to"))
    ordering = Ordering(
        {"held_on": Order(_("Held"), "held_day", "pk"), "updated_at": updated()}, default="-held_on"
    )


class _CountField(forms.IntegerField):
    def to_python(self, value: Any) -> int | None:
        if value and not re.fullmatch(r"\d{1,4}", str(value), re.ASCII):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)


@extend_schema_field({"type": "integer", "minimum": 1, "maximum": 9999})
class AtLeast(Filter):
    """So often, or so many days, at the least."""

    field_class = _CountField

    def __init__(self, label: Any, **kwargs: Any) -> None:
        written = forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 4})
        super().__init__(label=label, min_value=1, max_value=9999, widget=written, **kwargs)


class Executing(VisibleCode):
    """Instructions that this organisation executes now, in this role where one is given."""

    def __init__(self, role: str = "", **kwargs: Any) -> None:
        self.role = role
        super().__init__("executors__organisation", **kwargs)

    def filter(self, rows: Any, value: str) -> QuerySet:
        if not value:
            return rows
        known = Organisation.objects.visible_to(self.parent.request.user).filter(code=value)
        live = Executor.objects.live().filter(organisation__in=known)
        if self.role:
            live = live.filter(role=self.role)
        return rows.filter(pk__in=live.order_by().values("instruction"))


def _held_since(reader: Any) -> Subquery:
    """When the ball came to whoever holds it, of what concerns the reader."""
    return Subquery(
        held_now(reader).filter(instruction=OuterRef("pk")).order_by().values("during__startswith")[:1]
    )


class InstructionFilter(FilterSet):
    """What only those may know whom an instruction concerns finds nothing for anybody else."""

    q = Search()
    attention = OneOf(Attention.choices, method="keep_attention", label=_("Attention"))
    state = OneOf(InstructionState.choices, label=_("State"))
    holder = OneOf(Holder.choices, method="keep_held", label=_("Held by"))
    lead = Executing(ExecutorRole.LEAD, label=_("Responsible executor"))
    executor = Executing(label=_("Executor"))
    issuer = VisibleCode("issuer", label=_("Given by"))
    meeting = VisibleCode("source_item__protocol__meeting", code="public_id", label=_("Meeting"))
    project = VisibleCode("project", code="public_id", label=_("Project"))
    district = OneOf(DistrictCode.choices, field_name="district__code", label=_("District"))
    due_from = Day("due", "gte", label=_("Due from"))
    due_to = Day("due", "lte", label=_("Due to"))
    issued_from = Day("issued_day", "gte", label=_("Given from"))
    issued_to = Day("issued_day", "lte", label=_("Given to"))
    extended_min = AtLeast(_("Extended, times at least"), method="keep_extended")
    returned_min = AtLeast(_("Returned, times at least"), method="keep_returned")
    idle_min = AtLeast(_("Days without movement, at least"), method="keep_idle")
    control_kind = OneOf(ControlKind.choices, label=_("Control"))
    overdue = YesNo(method="keep_overdue", label=_("Overdue"))
    demo = YesNo(field_name="is_demo", label=_("Invented, for trying out"))
    ordering = Ordering(
        {
            "issued_on": Order(_("Given"), "issued_day", "pk"),
            "due": Order(_("Due"), "due", "pk"),
            "state": Order(
                _("State"),
                "state_place",
                "issued_day",
                "pk",
                state_place=place_in(InstructionState.values, "state"),
            ),
            "held_since": Order(_("Held since"), "held_since", "pk", held_since=_held_since),
            "updated_at": updated(),
        },
        default="-issued_on",
    )

    def keep_attention(self, instructions: Any, name: str, code: str) -> Any:
        return instructions.filter(condition(code, self.request.user, today()))

    def keep_held(self, instructions: Any, name: str, holder: str) -> Any:
        held = held_now(self.request.user).filter(holder=holder)
        return instructions.filter(pk__in=held.order_by().values("instruction"))

    def keep_extended(self, instructions: Any, name: str, least: int) -> Any:
        counted = granted(self.request.user).order_by().values("instruction").annotate(times=Count("pk"))
        return instructions.filter(pk__in=counted.filter(times__gte=least).values("instruction"))

    def keep_returned(self, instructions: Any, name: str, least: int) -> Any:
        reports = ExecutionReport.objects.visible_to(self.request.user).filter(returns__gt=0)
        counted = reports.order_by().values("instruction").annotate(times=Sum("returns"))
        return instructions.filter(pk__in=counted.filter(times__gte=least).values("instruction"))

    def keep_idle(self, instructions: Any, name: str, days: int) -> Any:
        now = ledger.instant.get() or timezone.now()
        return instructions.concerning(self.request.user).unmoved_since(now - timedelta(days=days))

    def keep_overdue(self, instructions: Any, name: str, wanted: bool) -> Any:
        overdue = instructions.overdue(today())
        return overdue if wanted else instructions.exclude(pk__in=overdue.order_by().values("pk"))
