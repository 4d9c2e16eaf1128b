"""Working days by the table of the calendar: twin of sql/calendar.sql, read with one query."""

from bisect import bisect_right
from datetime import date, timedelta
from itertools import accumulate

from django.db.models import Count
from django.db.models.functions import ExtractYear

from core.choices import DayKind
from core.models import CalendarDay

DAY = timedelta(days=1)
#: A year is covered when at least so many of its days are named: a filled calendar has more, a stray entry fewer.
NAMED_IN_A_YEAR = 10


class WorkingDays:
    """The table read once: for many counts, however far apart their days lie.

    Years that the table does not cover know only weekends.
    """

    def __init__(self) -> None:
        rows = CalendarDay.objects.order_by("date").values_list("date", "kind")
        odd = [(day, 1 if day.isoweekday() > 5 else -1) for day, kind in rows if self._is_odd(day, kind)]
        self._odd = [day for day, _change in odd]
        self._changes = [0, *accumulate(change for _day, change in odd)]

    def works(self, day: date) -> bool:
        return self._until(day) > self._until(day - DAY)

    def add(self, day: date, n: int) -> date:
        """The n-th working day after the day (before it for a negative n). For 0: the day or the next working one."""
        if not n:
            return day if self.works(day) else self.add(day, 1)
        step, todo = (-DAY, -n) if n < 0 else (DAY, n)
        while todo:
            day += step
            todo -= self.works(day)
        return day

    def between(self, since: date, until: date) -> int:
        """How many working days lie after `since` up to and on `until`; negative when `until` is earlier."""
        return self._until(until) - self._until(since)

    def _until(self, day: date) -> int:
        """Working days from the first Monday of our time up to and on the day."""
        weeks, rest = divmod(day.toordinal(), 7)  # the first day of all was a Monday
        return weeks * 5 + min(rest, 5) + self._changes[bisect_right(self._odd, day)]

    @staticmethod
    def _is_odd(day: date, kind: str) -> bool:
        return (kind == DayKind.OFF) == (day.isoweekday() < 6)


def covered_until() -> date | None:
    """The last day of the last year whose holidays are in the table; after it only weekends are days off."""
    years = CalendarDay.objects.annotate(year=ExtractYear("date")).values("year").order_by("-year")
    last = years.annotate(named=Count("pk")).filter(named__gte=NAMED_IN_A_YEAR).first()
    return date(last["year"], 12, 31) if last else None
