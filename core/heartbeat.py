"""Jobs of every day: each leaves a record of its run, and one that has left none for too long is said to be late.

The apps above say in `ready()` what jobs there are.
"""

import json
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Max, Subquery, TextField
from django.db.models.functions import Cast, JSONObject
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from core.models import Era, JobRun

#: By the name under which a job leaves its records: what people call it.
JOBS: dict[str, Any] = {
    "clear_sessions": _("Clearing of old sessions and records"),
    "verify_ledger": _("Proof that nobody has rewritten the ledger"),
    "retention": _("Clearing of personal data whose term is over"),
}
#: A job of every day that ended longer ago than this has missed its slot.
LATE = timedelta(hours=26)


class Late(NamedTuple):
    """`since`: when it ended last; None, when it never did."""

    label: Any
    since: datetime | None


def beat() -> Any:
    """When each job ended last and when the portal began, as text: a part of another query.

    A query of its own in there, so that it is asked once, not made anew for each row of the other.
    """
    ended = JobRun.objects.filter(job__in=JOBS).order_by().values("job")
    runs = ArraySubquery(ended.values(one=JSONObject(job="job", last=Max("finished_at"))))
    told = Cast(JSONObject(began="since", ended=runs), TextField())
    return Subquery(Era.objects.order_by("since").values(told=told)[:1])


def late(now: datetime, told: str | None = None) -> list[Late]:
    """Jobs that missed their slot. On the first day of a portal none has yet. `told`: `beat`, where it was asked."""
    told = told or Era.objects.order_by("pk").values_list(beat(), flat=True).first()
    if told is None:
        return []
    record = json.loads(told)
    ended = {one["job"]: parse_datetime(one["last"]) for one in record["ended"] if one["last"]}
    began = parse_datetime(record["began"])
    since = {job: ended.get(job) for job in JOBS}
    return [Late(JOBS[job], last) for job, last in since.items() if (last or began or now) < now - LATE]
