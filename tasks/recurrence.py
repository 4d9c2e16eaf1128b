"""On which days a recurring instruction is due."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from tasks.choices import Recurrence

#: An instruction of every quarter is due in the month that follows it.
AFTER_QUARTERS = {1, 4, 7, 10}
DAY = timedelta(days=1)


def days(recurrence: str, day: int, since: date, until: date) -> Iterator[date]:
    """Each day after `since`, up to and on `until`, on which it is due.

    The 31st of a shorter month is its last day. A day off stays where it is: it is flagged, not moved.
    """
    now = since + DAY
    while now <= until:
        if _is_due(recurrence, day, now):
            yield now
        now += DAY


def _is_due(recurrence: str, day: int, now: date) -> bool:
    if recurrence == Recurrence.WEEKLY:
        return now.isoweekday() == day
    if recurrence == Recurrence.QUARTERLY and now.month not in AFTER_QUARTERS:
        return False
    return now.day == min(day, monthrange(now.year, now.month)[1])
