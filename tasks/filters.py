"""Filters of meetings and instructions, for pages and the API."""

import re
from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import Case, Count, DateTimeField, F, FilteredRelation, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_filters import Filter, FilterSet
from drf_spectacular.utils import extend_schema_field

from accounts.models import Organisation
from core import ledger
from core.filters import Day, OneOf, Order, Ordering, Search, VisibleCode, YesNo, place_in, today, updated
from core.policies import sees_everything
from districts.choices import DistrictCode
from tasks.attention import INNER, condition, granted
from tasks.choices import Attention, ControlKind, ExecutorRole, Holder, InstructionState, MeetingKind
from tasks.models import ExecutionReport, Executor, HoldInterval, Instruction


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


def _ball(reader: Any) -> Any:
    """The open interval joined, which sorts all of them at once."""
    return FilteredRelation("holds", condition=Q(holds__during__upper_inf=True))


def _held_since(reader: Any) -> Any:
    """When the ball came to whoever holds it; to others than the house, of what concerns them."""
    since = F("ball__during__startswith")
    if sees_everything(reader):
        return since
    own = Instruction.objects.concerning(reader).order_by().values("pk")
    nothing = Cast(Value(None), DateTimeField())  # typed: an order by a bare NULL is an error
    return Case(When(pk__in=own, then=since), default=nothing)


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
            "held_since": Order(_("Held since"), "held_since", "pk", ball=_ball, held_since=_held_since),
            "updated_at": updated(),
        },
        default="-issued_on",
    )

    def keep_attention(self, instructions: Any, name: str, code: str) -> Any:
        rows = self._concerning(instructions) if code in INNER else instructions
        return rows.filter(condition(code, today()))

    def keep_held(self, instructions: Any, name: str, holder: str) -> Any:
        held = HoldInterval.objects.now().filter(holder=holder)
        return self._concerning(instructions).filter(pk__in=held.order_by().values("instruction"))

    def keep_extended(self, instructions: Any, name: str, least: int) -> Any:
        counted = granted().order_by().values("instruction").annotate(times=Count("pk"))
        often = counted.filter(times__gte=least)
        return self._concerning(instructions).filter(pk__in=often.values("instruction"))

    def keep_returned(self, instructions: Any, name: str, least: int) -> Any:
        reports = ExecutionReport.objects.filter(returns__gt=0).order_by()
        often = reports.values("instruction").annotate(times=Sum("returns")).filter(times__gte=least)
        return self._concerning(instructions).filter(pk__in=often.values("instruction"))

    def keep_idle(self, instructions: Any, name: str, days: int) -> Any:
        now = ledger.instant.get() or timezone.now()
        return self._concerning(instructions).unmoved_since(now - timedelta(days=days))

    def _concerning(self, instructions: Any) -> Any:
        return instructions.concerning(self.request.user)

    def keep_overdue(self, instructions: Any, name: str, wanted: bool) -> Any:
        overdue = instructions.overdue(today())
        return overdue if wanted else instructions.exclude(pk__in=overdue.order_by().values("pk"))
