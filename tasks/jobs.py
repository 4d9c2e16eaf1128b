"""Background work of control (not tasks.py: the app's own name is `tasks`)."""

from datetime import time, timedelta

from celery import shared_task
from django.utils import timezone

from core.jobs import once_per_slot
from tasks.services import (
    escalate,
    lock_periods,
    open_periods,
    plan_reminders,
    send_reminders,
    sweep_pieces,
    weigh_anew,
)
from tasks.services import make_occurrences as make

#: Nobody is written to before this hour of Almaty.
MORNING = time(8)
#: Pieces of a file that its report takes no more are kept so long.
UNFINISHED = timedelta(days=7)


@shared_task
def make_occurrences() -> None:
    """Once a day by the calendar of Almaty: the occurrences of recurring instructions that come next."""
    today = timezone.localdate()
    once_per_slot("make_occurrences", today.isoformat(), lambda: {"made": make(today)})


@shared_task
def remind() -> None:
    """Every few minutes: once an hour reminders follow people, rules and calendar; from the morning on what is due
    is sent, and once a day what is overdue is carried up.

    The record of the day stands when all that was due had been sent: without it the board says that nobody was.
    """
    now = timezone.localtime()
    today = now.date()
    once_per_slot("plan_reminders", f"{now:%Y-%m-%dT%H}", lambda: {"planned": plan_reminders(today)})
    if now.time() < MORNING:
        return
    sent = send_reminders(today)
    once_per_slot("send_reminders", today.isoformat(), lambda: {"sent": sent})
    once_per_slot("escalate", today.isoformat(), lambda: {"opened": escalate(today)})


@shared_task
def keep_periods() -> None:
    """Once a day: the reporting periods that have begun are opened, those past their grace are locked."""
    today = timezone.localdate()
    once_per_slot(
        "keep_periods",
        today.isoformat(),
        lambda: {"opened": open_periods(today), "locked": lock_periods(today)},
    )


@shared_task
def care_for_files() -> None:
    """Once an hour files of reports that wait are weighed anew; once a day pieces that nobody may finish go."""
    now = timezone.localtime()
    once_per_slot("weigh_anew", f"{now:%Y-%m-%dT%H}", lambda: {"changed": weigh_anew()})
    once_per_slot("sweep_pieces", now.date().isoformat(), lambda: {"removed": sweep_pieces(now - UNFINISHED)})
