"""Filters of reporting periods and progress reports, in the API."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, FilterSet, UUIDFilter
from drf_spectacular.utils import extend_schema_field

from core.filters import OneOf, Order, Ordering, YesNo, updated
from tasks.models import ReportingPeriod
from tasks.querysets.progress import PERIOD_CODE
from tasks.reporting_choices import PeriodKind, ProgressState


class PeriodFilter(FilterSet):
    kind = OneOf(PeriodKind.choices, label=_("Kind"))
    locked = YesNo(method="keep_locked", label=_("Locked"))
    ordering = Ordering(
        {"starts": Order(_("Starts"), "starts", "pk"), "updated_at": updated()}, default="-starts"
    )

    def keep_locked(self, periods: Any, name: str, wanted: bool) -> Any:
        return periods.locked() if wanted else periods.unlocked()


@extend_schema_field({"type": "string", "minLength": 1, "maxLength": 60, "pattern": r"^[^\u0000]*$"})
class Code(CharFilter):
    """Of what the rows themselves name: who reads them knows it."""

    def __init__(self, field_name: str, **kwargs: Any) -> None:
        super().__init__(field_name, max_length=60, **kwargs)


class _PeriodCode(forms.RegexField):
    def __init__(self, **kwargs: Any) -> None:
        refusal = {"invalid": _("Write a month such as 2026-10, or a quarter such as 2026-Q4.")}
        super().__init__(regex=rf"(?a)^{PERIOD_CODE}\Z", error_messages=refusal, **kwargs)


@extend_schema_field(
    {
        "type": "string",
        "pattern": r"^\d{4}-((0[1-9]|1[0-2])|Q[1-4])$",
        "description": "The code of a reporting period: 2026-10, or 2026-Q4.",
    }
)
class PeriodCode(CharFilter):
    field_class = _PeriodCode

    def filter(self, rows: Any, value: str) -> Any:
        return rows.filter(period__in=ReportingPeriod.objects.coded(value)) if value else rows


class ProgressFilter(FilterSet):
    project = Code("project__public_id", label=_("Project"))
    period = PeriodCode(label=_("Period"))
    state = OneOf(ProgressState.choices, label=_("State"))
    organisation = Code("organisation__code", label=_("Organisation"))
    client_uuid = UUIDFilter(label=_("Number given by the device"))
    ordering = Ordering(
        {
            "period": Order(_("Period"), "period__starts", "pk"),
            "submitted_at": Order(_("Submitted"), "submitted_at", "pk"),
            "updated_at": updated(),
        },
        default="-period",
    )
