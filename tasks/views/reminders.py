"""Who gets which reminder on a day, and why: the query of the sender itself, asked for a day to come."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import CharField, Count, Q, Value
from django.db.models.functions import Concat
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from core.calendar import WorkingDays
from core.choices import Channel
from core.filters import today
from core.keyset import BadCursor, Keyset, Page
from core.models import Silence
from tasks.choices import PLANNED_AHEAD
from tasks.forms.base import Day
from tasks.models import Reminder
from tasks.services.reminding import IN_NOTICE

A_PAGE = 60
OWED = Q(duty__isnull=False)


class DayForm(forms.Form):
    day = Day(label=gettext_lazy("Day"))

    def clean_day(self) -> date:
        day = self.cleaned_data["day"]
        if day > today() + timedelta(days=PLANNED_AHEAD):
            raise ValidationError(
                _("Reminders are planned %(days)s days ahead: choose an earlier day.")
                % {"days": PLANNED_AHEAD}
            )
        return day


@dataclass
class Item:
    """One instruction, or one report that is owed, and why this person is reminded of it on this day."""

    row: Reminder
    whys: list[str]

    @property
    def instruction(self) -> Any:
        return self.row.instruction

    @property
    def due(self) -> date:
        return self.row.occurrence


@dataclass
class Told:
    """One notice of one person. `ways`: how he hears of it; none, when he silenced both."""

    person: Any
    ways: list[Any]
    items: list[Item] = field(default_factory=list)


@require_safe
def reminders(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    if not user.role:
        raise PermissionDenied
    now = today()
    form = DayForm({"day": request.GET.get("day") or WorkingDays().add(now, 1)})
    rows = Reminder.objects.visible_to(user)
    rows = rows.on(form.cleaned_data["day"], now) if form.is_valid() else rows.none()
    day = form.cleaned_data.get("day")
    page, is_lost = _page(request, rows)
    numbers = rows.order_by().aggregate(
        people=Count("recipient", distinct=True),
        instructions=Count("instruction", distinct=True),
        reports=Count(
            Concat("duty", Value("-"), "period", output_field=CharField()), distinct=True, filter=OWED
        ),
    )
    context = {
        "form": form,
        "day": day,
        "is_over": day is not None and day < now,
        "is_today": day == now,
        "people": told(page.rows),
        "numbers": numbers,
        "page": page,
        "sees_all": user.sees_everything,
    }
    return render(request, "tasks/reminders.html", context, status=400 if is_lost or form.errors else 200)


def _page(request: HttpRequest, rows: Any) -> tuple[Page, bool]:
    ordered = rows.for_display().order_by(
        "recipient_id", "instruction_id", "duty_id", "period_id", "planned_for", "pk"
    )
    keyset = Keyset(ordered, {"day": request.GET.get("day", "")})
    try:
        return keyset.page(request.GET.get("cursor"), A_PAGE), False
    except BadCursor:
        return keyset.page(None, A_PAGE), True


def told(rows: Iterable[Reminder]) -> list[Told]:
    """The rows by person and term, as his notices gather them."""
    rows = list(rows)
    people = {row.recipient_id for row in rows}
    silences = Silence.objects.filter(kind__in=IN_NOTICE, owner__in=people)
    silent = set(silences.values_list("kind", "owner_id", "channel"))
    found = []
    for (_person, kind), own in groupby(rows, key=lambda row: (row.recipient_id, _kind(row))):
        mine = list(own)
        one = Told(mine[0].recipient, _ways(kind, mine[0].recipient, silent))
        for _term, few in groupby(mine, key=lambda row: (row.instruction_id, row.duty_id, row.period_id)):
            same = list(few)
            one.items.append(Item(same[-1], [row.rule.when for row in same]))
        found.append(one)
    return found


def _kind(row: Reminder) -> str:
    return next(kind for kind, belongs in IN_NOTICE.items() if belongs(row))


def _ways(kind: str, person: Any, silent: set[tuple[str, int, str]]) -> list[Any]:
    open_to = [Channel.BELL, *([Channel.MAIL] if person.email else [])]
    return [way.label for way in open_to if (kind, person.pk, way.value) not in silent]
