"""The clock of an enquiry in words: what was promised, what is left of it, or how long the answer took."""

from datetime import date
from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from core.calendar import WorkingDays
from core.policies import sees_everything
from investors.choices import ENQUIRY_WAITING, EnquiryState
from investors.models import Enquiry

S = EnquiryState
SHAPES = {
    S.NEW: "warn",
    S.TRIAGED: "active",
    S.ANSWERED: "ok",
    S.CONVERTED: "ok",
    S.CLOSED: "idle",
    S.SPAM: "bad",
}


class Clock(NamedTuple):
    """`kind`: overdue, today, left (of a waiting one), in_time, late (of an answered one), none.

    All days are working days: those left or late, and those that the answer took.
    """

    kind: str
    promised: date
    days: int = 0
    taken: int = 0


def clock_of(enquiry: Enquiry, today: date, calendar: WorkingDays) -> Clock:
    promised = enquiry.promised_on
    if enquiry.state in ENQUIRY_WAITING:
        days = calendar.between(today, promised)
        kind = "overdue" if promised < today else "left" if promised > today else "today"
        return Clock(kind, promised, abs(days))
    if enquiry.answered_at is None:
        return Clock("none", promised)
    return Clock(
        "in_time" if is_in_time(enquiry.answered_at, promised) else "late",
        promised,
        max(-calendar.between(timezone.localdate(enquiry.answered_at), promised), 0),
        days_to_answer(enquiry.submitted_at, enquiry.answered_at, calendar),
    )


def is_in_time(answered_at: Any, promised: date) -> bool:
    return timezone.localdate(answered_at) <= promised


def days_to_answer(submitted_at: Any, answered_at: Any, calendar: WorkingDays) -> int:
    """Working days from the day it came to that of the answer; on the same day: none."""
    return max(calendar.between(timezone.localdate(submitted_at), timezone.localdate(answered_at)), 0)


class Need(NamedTuple):
    unit: str
    amount: Any = None


def needs_of(enquiry: Enquiry) -> list[Need]:
    """What it asks for in numbers, as far as that was said."""
    told = [
        Need(_("ha"), enquiry.hectares),
        Need(_("MW"), enquiry.power_mw),
        Need(_("m³ a day"), enquiry.water_m3_day),
    ]
    rail = [Need(_("railway siding"))] if enquiry.rail else []
    return [need for need in told if need.amount] + rail


def shaped(rows: Any, today: date, calendar: WorkingDays) -> list[Enquiry]:
    """Each with its clock, the shape of its state and what it asks for."""
    for row in rows:
        row.clock, row.shape = clock_of(row, today, calendar), SHAPES[row.state]
        row.says_needs = needs_of(row)
    return list(rows)


def for_the_house(user: Any) -> None:
    if not sees_everything(user):
        raise PermissionDenied(_("Only the project office may do this."))
