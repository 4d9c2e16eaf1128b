"""Filters of the enquiries that the office answers."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import DateField, Func, Q, Value
from django.utils.translation import gettext_lazy as _
from django_filters import FilterSet

from core.filters import OneOf, Order, Ordering, Search, today
from districts.choices import DistrictCode
from investors.choices import ENQUIRY_WAITING, EnquiryState


class Show(models.TextChoices):
    """Why an enquiry asks for attention now; each is a counter and a filter."""

    WAITING = "waiting", _("wait for an answer")
    OVERDUE = "overdue", _("overdue")
    SOON = "soon", _("due today or on the next working day")
    UNTAKEN = "untaken", _("nobody took them")
    MINE = "mine", _("mine")
    ANSWERED = "answered", _("answered")


def condition(show: str, day: date, user: Any) -> Q:
    waiting = Q(state__in=ENQUIRY_WAITING)
    match show:
        case Show.OVERDUE:
            return waiting & Q(promised_on__lt=day)
        case Show.SOON:
            return waiting & Q(promised_on__gte=day, promised_on__lte=_next_working(day))
        case Show.UNTAKEN:
            return waiting & Q(handler=None)
        case Show.MINE:
            return waiting & Q(handler=getattr(user, "user_id", None))
        case Show.ANSWERED:
            return Q(state__in=[EnquiryState.ANSWERED, EnquiryState.CONVERTED])
    return waiting


def _next_working(day: date) -> Func:
    """Counted by the database, once a query."""
    return Func(
        Value(day, output_field=DateField()),
        Value(1),
        function="core_add_working_days",
        template="(SELECT %(function)s(%(expressions)s))",
        output_field=DateField(),
    )


class EnquiryFilter(FilterSet):
    """Without a word of what is wanted: what waits for an answer."""

    q = Search()
    show = OneOf(Show.choices, method="keep_shown", label=_("Attention"))
    state = OneOf(EnquiryState.choices, label=_("State"))
    district = OneOf(DistrictCode.choices, field_name="district__code", label=_("District"))
    ordering = Ordering(
        {
            "promised_on": Order(_("Answer promised by"), "promised_on", "pk"),
            "submitted_at": Order(_("Received"), "submitted_at", "pk"),
            "name": Order(_("Organisation"), "search_name", "pk"),
        },
        default="promised_on",
    )

    def keep_shown(self, rows: Any, name: str, show: str) -> Any:
        return rows.filter(condition(show, today(), self.request.user))

    def filter_queryset(self, queryset: Any) -> Any:
        rows = super().filter_queryset(queryset)
        chosen = self.form.cleaned_data
        return rows if any(chosen.get(name) for name in ("q", "show", "state")) else rows.waiting()
