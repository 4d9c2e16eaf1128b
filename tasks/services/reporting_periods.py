"""The periods of reports: opened and locked day by day; by hand locked, opened again or put off, with a reason."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Min
from django.utils import timezone
from django.utils.translation import gettext as _

from core import ledger
from core.calendar import WorkingDays
from core.exceptions import Conflict
from tasks.models import ProgressReport, ReportingDuty, ReportingPeriod
from tasks.policies import require
from tasks.reporting_choices import GRACE_DAYS, PeriodKind, ProgressState
from tasks.services.steps import Actor, said, today, worded

SYSTEM = "system:reporting"
MONTHS = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3}
#: Somebody still has to answer or to correct: such a period is not locked of itself.
UNDER_WAY = [ProgressState.SUBMITTED, ProgressState.RETURNED]


@transaction.atomic
def open_periods(today: date) -> int:
    """Make the periods up to today for which somebody owes a report; returns how many. None is made twice."""
    calendar, made = WorkingDays(), []
    for kind in PeriodKind:
        duties = ReportingDuty.objects.filter(kind=kind)
        since = duties.aggregate(since=Min("since"))["since"]
        there = set(ReportingPeriod.objects.filter(kind=kind).values_list("starts", flat=True))
        for starts, ends in _periods(kind, since, today) if since else ():
            if starts not in there and duties.within(starts, ends).exists():
                due = due_day(ends, calendar)
                grace = calendar.add(due, GRACE_DAYS)
                made.append(
                    ReportingPeriod(kind=kind, starts=starts, ends=ends, due_on=due, grace_until=grace)
                )
    with ledger.acting(SYSTEM, "open_period"):
        ReportingPeriod.objects.bulk_create(made, ignore_conflicts=True)
    return len(made)


def due_day(ends: date, calendar: WorkingDays) -> date:
    """The last working day of the month after the period."""
    return calendar.add(_later(_later(ends.replace(day=1), 1), 1), -1)


def _periods(kind: PeriodKind, since: date, today: date) -> Iterator[tuple[date, date]]:
    """First and last day of each period from the one that holds `since` to the one that holds today."""
    months = MONTHS[kind]
    starts = date(since.year, (since.month - 1) // months * months + 1, 1)
    while starts <= today:
        following = _later(starts, months)
        yield starts, following - timedelta(days=1)
        starts = following


def _later(first: date, months: int) -> date:
    """So many months after the first of a month."""
    month = first.month - 1 + months
    return date(first.year + month // 12, month % 12 + 1, 1)


@transaction.atomic
def lock_periods(today: date) -> int:
    """Lock what is past its grace, unless a report of it waits for an answer or came back; returns how many."""
    over = ReportingPeriod.objects.unlocked().past_grace(today).select_for_update().order_by("pk")
    found = [period.pk for period in over]  # locked first: who submits at this moment is waited for
    busy = ProgressReport.objects.filter(period__in=found, state__in=UNDER_WAY).values("period")
    with ledger.acting(SYSTEM, "lock_period"):
        locked: int = (
            ReportingPeriod.objects.filter(pk__in=found).exclude(pk__in=busy).update(locked_at=timezone.now())
        )
    return locked


@transaction.atomic
def lock_period(period: ReportingPeriod, *, by: Actor) -> ReportingPeriod:
    """Close it by hand once it was due: nothing of it changes any more."""
    principal = require(by, "lock_period")
    row = ReportingPeriod.objects.select_for_update().get(pk=period.pk)
    if row.is_locked:
        raise Conflict(_("This period is locked already."))
    if today() <= row.due_on:
        raise Conflict(_("A period is locked after the day on which its reports are due."))
    if ProgressReport.objects.filter(period=row, state=ProgressState.SUBMITTED).exists():
        raise Conflict(_("Reports of this period wait for an answer: accept or return them first."))
    row.locked_at = timezone.now()
    with ledger.acting(by, "lock_period", said(principal)):
        row.save(update_fields=["locked_at"])
    return row


@transaction.atomic
def reopen_period(period: ReportingPeriod, *, by: Actor, until: date, reason: str) -> ReportingPeriod:
    """Take reports of a locked period again, up to and on a day; the reason is in the history."""
    principal = require(by, "reopen_period")
    row = ReportingPeriod.objects.select_for_update().get(pk=period.pk)
    if not row.is_locked:
        raise Conflict(_("This period is not locked."))
    reason = worded("reason", reason, _("Say why the period is opened again."))
    if until < max(today(), row.due_on):
        raise ValidationError({"until": [_("The last day is not in the past.")]})
    row.locked_at, row.grace_until = None, until
    with ledger.acting(by, "reopen_period", said(principal, reason)):
        row.save(update_fields=["locked_at", "grace_until"])
    return row


@transaction.atomic
def move_due(
    period: ReportingPeriod, *, by: Actor, due_on: date, grace_until: date, reason: str
) -> ReportingPeriod:
    """Reports of an open period are due on another day, and taken until another; the reason is in the history."""
    principal = require(by, "move_due")
    row = ReportingPeriod.objects.select_for_update().get(pk=period.pk)
    if row.is_locked:
        raise Conflict(_("This period is locked: open it again first."))
    reason = worded("reason", reason, _("Say why the days are moved."))
    if (row.due_on, row.grace_until) == (due_on, grace_until):
        raise ValidationError({"due_on": [_("These are its days already.")]})
    if due_on <= row.ends:
        raise ValidationError({"due_on": [_("A report is due after its period.")]})
    if grace_until < max(today(), due_on):
        raise ValidationError(
            {
                "grace_until": [
                    _("Reports are taken until the day on which they are due, and not into the past.")
                ]
            }
        )
    row.due_on, row.grace_until = due_on, grace_until
    with ledger.acting(by, "move_due", said(principal, reason)):
        row.save(update_fields=["due_on", "grace_until"])
    return row
