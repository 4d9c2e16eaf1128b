"""How long personal data are kept: a rule for each kind, filled by the apps in `ready()`, kept every night.

What is over is cleared, not hidden: number, dates and state of a row stay, so that what happened can still be counted.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from core.models import AccessLog, JobRun, Outbox, RateCount

logger = logging.getLogger(__name__)

#: The job, in the records of runs and in the ledger.
JOB, ACTOR = "retention", "system:retention"


@dataclass(frozen=True)
class Rule:
    """`due(now)`: the rows whose term is over. `clear(rows)` answers how many.

    `days` is None where each row has a day of its own.
    """

    code: str
    what: Any
    since: Any
    what_happens: Any
    due: Callable[[datetime], models.QuerySet]
    clear: Callable[[models.QuerySet], int]

    @property
    def days(self) -> int | None:
        return settings.RETENTION_DAYS.get(self.code)


RULES: dict[str, Rule] = {}


def register(*rules: Rule) -> None:
    RULES.update({rule.code: rule for rule in rules})


def over(code: str, now: datetime) -> datetime:
    """What began before this instant is over."""
    return now - timedelta(days=settings.RETENTION_DAYS[code])


def due(now: datetime) -> dict[str, int]:
    """How many rows are over, rule by rule."""
    return {rule.code: rule.due(now).count() for rule in RULES.values()}


def keep(now: datetime) -> dict[str, int | str]:
    """Clear what is over. A rule that fails is logged and tried again tomorrow; it holds up no other."""
    cleared: dict[str, int | str] = {}
    for rule in RULES.values():
        try:
            with transaction.atomic():
                cleared[rule.code] = rule.clear(rule.due(now))
        except Exception:
            logger.exception("what is over of %s was not cleared", rule.code)
            cleared[rule.code] = "failed"
    return cleared


def runs(number: int = 30) -> list[JobRun]:
    """The latest nights, newest first."""
    return list(JobRun.objects.filter(job=JOB, finished_at__isnull=False).order_by("-slot")[:number])


def _letters_over(now: datetime) -> models.QuerySet:
    ended = models.Q(delivered_at__lt=over("letters", now)) | models.Q(given_up_at__lt=over("letters", now))
    return Outbox.objects.filter(ended).exclude(payload={}, last_error="")


def _removed(rows: models.QuerySet) -> int:
    return rows.delete()[0]


register(
    Rule(
        "letters",
        _("Mail and notices that were sent, or given up"),
        _("the day they were sent or given up"),
        _("To whom, subject and error are cleared; the text goes at once when it is sent."),
        due=_letters_over,
        clear=lambda rows: rows.update(payload={}, last_error=""),
    ),
    Rule(
        "accesses",
        _("The log of who looked at personal data"),
        _("the day of the look"),
        _("Removed."),
        due=lambda now: AccessLog.objects.filter(at__lt=over("accesses", now)),
        clear=_removed,
    ),
    Rule(
        "rates",
        _("Counts that hold up floods of requests (a hash of the network or address)"),
        _("the beginning of the count"),
        _("Removed."),
        due=lambda now: RateCount.objects.filter(window_start__lt=over("rates", now)),
        clear=_removed,
    ),
)
