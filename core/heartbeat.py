"""Jobs of every day: each leaves a record of its run, and one that has left none for too long is said to be late.

The apps above say in `ready()` what jobs there are.
"""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from core.models import Era, JobRun

#: By the name under which a job leaves its records: what people call it.
JOBS: dict[str, Any] = {"clear_sessions": _("Clearing of old sessions and records")}
#: A job of every day that ended longer ago than this has missed its slot.
LATE = timedelta(hours=26)


class Late(NamedTuple):
    """`since`: when it ended last; None, when it never did."""

    label: Any
    since: datetime | None


def late(now: datetime) -> list[Late]:
    """Jobs that missed their slot. On the first day of a portal none has yet."""
    ended = dict(
        JobRun.objects.filter(job__in=JOBS).order_by().values_list("job").annotate(last=Max("finished_at"))
    )
    missed = {job: ended.get(job) for job in JOBS}
    found = [Late(JOBS[job], last) for job, last in missed.items() if last is None or last < now - LATE]
    if any(one.since is None for one in found) and not Era.objects.filter(since__lt=now - LATE).exists():
        return [one for one in found if one.since is not None]
    return found
