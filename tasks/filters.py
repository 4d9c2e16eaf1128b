"""Filters of meetings and instructions, for pages and the API."""

import re
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import Case, DateTimeField, F, FilteredRelation, Q, Value, When
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_filters import Filter, FilterSet
from drf_spectacular.utils import extend_schema_field

from accounts.models import Organisation
from core.filters import Day, OneOf, Order, Ordering, Search, VisibleCode, YesNo, place_in, today, updated
from core.policies import sees_everything
from districts.choices import DistrictCode
from tasks.attention import INNER, condition
from tasks.choices import (
    Attention,
    ControlKind,
    ExecutorRole,
    ExtensionState,
    Holder,
    InstructionState,
    MeetingKind,
)
from tasks.models import Instruction
from tasks.reporting_choices import DisputeState


class MeetingFilter(FilterSet):
    q = Search()
    kind = OneOf(MeetingKind.choices, label=_("Kind"))
    district = OneOf(DistrictCode.choices, field_name="districts__code", label=_("District"))
    held_from = Day("held_day", "gte", label=_("Held from"))
    held_to = Day("held_day", "lte", label=_("Held to"))
    ordering = Ordering(
        {"held_on": Order(_("Held"), "held_day", "pk"), "updated_at": updated()}, default="-held_on"
    )


class _Whole(forms.IntegerField):
    def to_python(self, value: Any) -> int | None:
        if value and not re.fullmatch(r"\d{1,6}", str(value), re.ASCII):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)


class Times(Filter):
    """At least so many, of what only those see whom an instruction concerns."""

    field_class = _Whole

    def __init__(self, *, most: int, label: Any, method: str) -> None:
        written = forms.TextInput(attrs={"inputmode": "numeric", "maxlength": len(str(most))})
        super().__init__(label=label, method=method, min_value=1, max_value=most, widget=written)
        extend_schema_field({"type": "integer", "minimum": 1, "maximum": most})(self)


class ByExecutor(VisibleCode):
    """By who executes it now: an organisation that the reader may know of."""

    def __init__(self, role: str = "", **kwargs: Any) -> None:
        self.role = role
        super().__init__("executors__organisation", **kwargs)

    def filter(self, rows: Any, value: str) -> Any:
        if not value:
            return rows
        known = Organisation.objects.visible_to(self.parent.request.user).filter(code=value)
        return rows.executed_by(known, self.role)


def _ball(reader: Any) -> Any:
    """The open interval joined, which sorts all of them at once."""
    return FilteredRelation("holds", condition=Q(holds__during__upper_inf=True))


def _held_since(reader: Any) -> Any:
    """When the ball came to whoever holds it; to others than the house, of what concerns them."""
    since = F("ball__during__startswith")
    if sees_everything(reader):
        return since
    own = Instruction.objects.of_desk(reader).order_by().values("pk")
    nothing = Cast(Value(None), DateTimeField())  # typed: an order by a bare NULL is an error
    return Case(When(pk__in=own, then=since), default=nothing)


class InstructionFilter(FilterSet):
    """What tells of the inner life of instructions (who holds them, how often they were extended or returned, how long
    they stand) finds only those that concern the reader."""

    q = Search()
    attention = OneOf(Attention.choices, method="keep_attention", label=_("Attention"))
    state = OneOf(InstructionState.choices, label=_("State"))
    holder = OneOf(Holder.choices, method="keep_held", label=_("Held by"))
    lead = ByExecutor(ExecutorRole.LEAD, label=_("Responsible executor"))
    executor = ByExecutor(label=_("Executor"))
    issuer = VisibleCode("issuer", label=_("Given by"))
    meeting = VisibleCode("source_item__protocol__meeting", code="public_id", label=_("Meeting"))
    project = VisibleCode("project", code="public_id", label=_("Project"))
    district = OneOf(DistrictCode.choices, field_name="district__code", label=_("District"))
    due_from = Day("due", "gte", label=_("Due from"))
    due_to = Day("due", "lte", label=_("Due to"))
    issued_from = Day("issued_day", "gte", label=_("Given from"))
    issued_to = Day("issued_day", "lte", label=_("Given to"))
    extended_min = Times(most=99, method="keep_extended", label=_("Extended, times at least"))
    returned_min = Times(most=99, method="keep_returned", label=_("Returned, times at least"))
    stalled_days = Times(most=9999, method="keep_stalled", label=_("Days without movement, at least"))
    control_kind = OneOf(ControlKind.choices, label=_("Control"))
    overdue = YesNo(method="keep_overdue", label=_("Overdue"))
    mine = YesNo(method="keep_mine", label=_("Mine"))
    parent = VisibleCode("parent", code="public_id", label=_("Part of"))
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
        rows = instructions.concerning(self.request.user) if code in INNER else instructions
        return rows.filter(condition(code, today()))

    def keep_overdue(self, instructions: Any, name: str, wanted: bool) -> Any:
        overdue = instructions.overdue(today())
        return overdue if wanted else instructions.exclude(pk__in=overdue.order_by().values("pk"))

    def keep_mine(self, instructions: Any, name: str, wanted: bool) -> Any:
        mine = instructions.mine(self.request.user)
        return mine if wanted else instructions.exclude(pk__in=mine.order_by().values("pk"))

    def keep_held(self, instructions: Any, name: str, holder: str) -> Any:
        return instructions.concerning(self.request.user).held_by(holder)

    def keep_extended(self, instructions: Any, name: str, times: int) -> Any:
        return instructions.concerning(self.request.user).extended(times)

    def keep_returned(self, instructions: Any, name: str, times: int) -> Any:
        return instructions.concerning(self.request.user).returned(times)

    def keep_stalled(self, instructions: Any, name: str, days: int) -> Any:
        """Whole days in Almaty: what moved so many days ago has stood for them."""
        since = datetime.combine(
            today() - timedelta(days=days - 1), time.min, timezone.get_default_timezone()
        )
        return instructions.concerning(self.request.user).stalled(since)


class CertificateFilter(InstructionFilter):
    """Of which instructions a certificate counts states: by all that does not choose one of these states itself."""

    attention: Any = None
    state: Any = None
    holder: Any = None
    overdue: Any = None
    extended_min: Any = None
    returned_min: Any = None
    stalled_days: Any = None


class ExtensionFilter(FilterSet):
    state = OneOf(ExtensionState.choices, label=_("State"))
    instruction = VisibleCode("instruction", code="public_id", label=_("Instruction"))
    organisation = VisibleCode("organisation", label=_("Organisation"))
    undecided = YesNo(method="keep_undecided", label=_("Waits for a decision"))
    ordering = Ordering(
        {
            "asked_on": Order(_("Asked on"), "asked_on", "pk"),
            "old_due": Order(_("Due"), "old_due", "pk"),
            "updated_at": updated(),
        },
        default="-asked_on",
    )

    def keep_undecided(self, extensions: Any, name: str, wanted: bool) -> Any:
        undecided = extensions.undecided()
        return undecided if wanted else extensions.exclude(pk__in=undecided.order_by().values("pk"))


class DisputeFilter(FilterSet):
    state = OneOf(DisputeState.choices, label=_("State"))
    project = VisibleCode("figure__project", code="public_id", label=_("Project"))
    organisation = VisibleCode("organisation", label=_("Organisation"))
    ordering = Ordering(
        {"public_id": Order(_("Register number"), "pk"), "updated_at": updated()}, default="-public_id"
    )
