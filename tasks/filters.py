"""Filters of meetings and instructions, for pages and the API."""

from typing import Any

from django.utils import timezone
from django_filters import ChoiceFilter, FilterSet

from core import ledger
from core.filters import Search, VisibleCode, YesNo
from districts.choices import DistrictCode
from tasks.choices import InstructionState, MeetingKind


class MeetingFilter(FilterSet):
    kind = ChoiceFilter(choices=MeetingKind.choices)
    district = ChoiceFilter(field_name="districts__code", choices=DistrictCode.choices)


class InstructionFilter(FilterSet):
    q = Search()
    state = ChoiceFilter(choices=InstructionState.choices)
    district = ChoiceFilter(field_name="district__code", choices=DistrictCode.choices)
    project = VisibleCode("project", code="public_id")
    issuer = VisibleCode("issuer")
    executor = VisibleCode("executors__organisation")
    overdue = YesNo(method="keep_overdue")

    def keep_overdue(self, instructions: Any, name: str, wanted: bool) -> Any:
        overdue = instructions.overdue(timezone.localdate(ledger.instant.get()))
        return overdue if wanted else instructions.exclude(pk__in=overdue.order_by().values("pk"))
