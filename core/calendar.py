"""Working days by the table of the calendar: twin of sql/calendar.sql, with one query for a window of days."""

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


class _Window:
    """What the table says of some days, asked at once and asked again when a search leaves them."""

    def __init__(self, since: date, until: date) -> None:
        self.since, self.until = since, until
        self.kinds = self._ask(since, until)

    def works(self, day: date) -> bool:
        if not self.since <= day <= self.until:
            self._widen(day)
        if kind := self.kinds.get(day):
            return kind != DayKind.OFF
        return day.isoweekday() < 6

    def _widen(self, day: date) -> None:
        margin = max(self.until - self.since, timedelta(days=60))
        since, until = min(self.since, day - margin), max(self.until, day + margin)
        self.kinds |= self._ask(since, until)
        self.since, self.until = since, until

    @staticmethod
    def _ask(since: date, until: date) -> dict[date, str]:
        rows = CalendarDay.objects.filter(date__range=(since, until))
        return dict(rows.values_list("date", "kind"))


def is_working_day(day: date) -> bool:
    """Whether the state works on the day. Years that the table does not cover know only weekends."""
    return _Window(day, day).works(day)


def add_working_days(day: date, n: int) -> date:
    """The n-th working day after the day (before it for a negative n). For 0: the day or the next working one."""
    step, todo = (-DAY, -n) if n < 0 else (DAY, n)
    reach = timedelta(days=2 * todo + 15)
    window = _Window(min(day, day + reach * step.days), max(day, day + reach * step.days))
    while not n and not window.works(day):
        day += DAY
    while todo:
        day += step
        todo -= window.works(day)
    return day


def working_days_between(since: date, until: date) -> int:
    """How many working days lie after `since` up to and on `until`; negative when `until` is earlier."""
    return WorkingDays(since, until).between(since, until)


class WorkingDays:
    """Many counts for one query: of pairs of days that lie between the first and the last of those named."""

    def __init__(self, *days: date | None) -> None:
        named = [day for day in days if day]
        self._window = _Window(min(named), max(named))

    def between(self, since: date, until: date) -> int:
        if until < since:
            return -self.between(until, since)
        return sum(self._window.works(since + DAY * n) for n in range(1, (until - since).days + 1))


class WholeCalendar:
    """The whole table, read once: for many rows at a time, however far apart their days lie."""

    def __init__(self) -> None:
        rows = CalendarDay.objects.order_by("date").values_list("date", "kind")
        odd = [(day, 1 if day.isoweekday() > 5 else -1) for day, kind in rows if self._is_odd(day, kind)]
        self.days = [day for day, _change in odd]
        self.changes = [0, *accumulate(change for _day, change in odd)]

    def between(self, since: date, until: date) -> int:
        """As `working_days_between`."""
        return self._until(until) - self._until(since)

    def _until(self, day: date) -> int:
        """Working days from the first Monday of our time up to and on the day."""
        weeks, rest = divmod(day.toordinal(), 7)  # the first day of all was a Monday
        return weeks * 5 + min(rest, 5) + self.changes[bisect_right(self.days, day)]

    @staticmethod
    def _is_odd(day: date, kind: str) -> bool:
        return (kind == DayKind.OFF) == (day.isoweekday() < 6)


def covered_until() -> date | None:
    """The last day of the last year whose holidays are in the table; after it only weekends are days off."""
    years = CalendarDay.objects.annotate(year=ExtractYear("date")).values("year").order_by("-year")
    last = years.annotate(named=Count("pk")).filter(named__gte=NAMED_IN_A_YEAR).first()
    return date(last["year"], 12, 31) if last else None
