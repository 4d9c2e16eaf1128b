"""Filters of meetings and instructions, for pages and the API."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django_filters import FilterSet

from core.filters import Day, OneOf, Order, Ordering, Search, VisibleCode, YesNo, place_in, today, updated
from districts.choices import DistrictCode
from tasks.choices import ControlKind, InstructionState, MeetingKind


class MeetingFilter(FilterSet):
    q = Search()
    kind = OneOf(MeetingKind.choices, label=_("Kind"))
    district = OneOf(DistrictCode.choices, field_name="districts__code", label=_("District"))
    held_from = Day("held_day", "gte", label=_("Held from"))
    held_to = Day("held_day", "lte", label=_("Held to"))
    ordering = Ordering(
        {"held_on": Order(_("Held"), "held_day", "pk"), "updated_at": updated()}, default="-held_on"
    )


class InstructionFilter(FilterSet):
    q = Search()
    state = OneOf(InstructionState.choices, label=_("State"))
    control_kind = OneOf(ControlKind.choices, label=_("Control"))
    district = OneOf(DistrictCode.choices, field_name="district__code", label=_("District"))
    project = VisibleCode("project", code="public_id", label=_("Project"))
    meeting = VisibleCode("source_item__protocol__meeting", code="public_id", label=_("Meeting"))
    issuer = VisibleCode("issuer", label=_("Given by"))
    executor = VisibleCode("executors__organisation", label=_("Executor"))
    issued_from = Day("issued_day", "gte", label=_("Given from"))
    issued_to = Day("issued_day", "lte", label=_("Given to"))
    due_from = Day("due", "gte", label=_("Due from"))
    due_to = Day("due", "lte", label=_("Due to"))
    overdue = YesNo(method="keep_overdue", label=_("Overdue"))
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
            "updated_at": updated(),
        },
        default="-issued_on",
    )

    def keep_overdue(self, instructions: Any, name: str, wanted: bool) -> Any:
        overdue = instructions.overdue(today())
        return overdue if wanted else instructions.exclude(pk__in=overdue.order_by().values("pk"))
