"""Working days: PostgreSQL, Python and the package of holidays agree on every day of 2024–2027."""

from datetime import date, timedelta

import holidays
import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

import core.loading
from core.calendar import WorkingDays, covered_until
from core.loading import Loading
from core.models import CalendarDay

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("calendar")]

YEARS = range(2024, 2028)
DAYS = [date(2024, 1, 1) + timedelta(days=n) for n in range((date(2028, 1, 1) - date(2024, 1, 1)).days)]
PACKAGE = holidays.country_holidays("KZ", years=[*YEARS, 2023, 2028])


@pytest.fixture
def calendar(db: None) -> None:
    records = core.loading.read(core.loading.DATA / "calendar.yaml")
    Loading("system:test").load(CalendarDay, records, key=("date",))


def in_sql(function, days, argument=""):
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {function}(d{argument}) FROM unnest(%s::date[]) WITH ORDINALITY u(d, n) ORDER BY n",
            [days],
        )
        return [row[0] for row in cursor.fetchall()]


def test_python_and_sql_and_the_package_know_the_same_working_days():
    by_package = [PACKAGE.is_working_day(day) for day in DAYS]

    assert in_sql("core_is_working_day", DAYS) == by_package
    calendar = WorkingDays()
    assert [calendar.works(day) for day in DAYS] == by_package


@pytest.mark.parametrize("n", [-30, -20, -11, -5, -1, 0, 1, 2, 5, 10, 21, 30])
def test_python_and_sql_count_alike_from_every_day(n):
    days = DAYS[60:-60:11]

    assert in_sql("core_add_working_days", days, f", {n}") == [WorkingDays().add(day, n) for day in days]


@given(day=st.sampled_from(DAYS[90:-90]), n=st.integers(-30, 30).filter(bool))
def test_python_and_the_package_count_alike(day, n):
    assert WorkingDays().add(day, n) == PACKAGE.get_nth_working_day(day, n)


@given(since=st.sampled_from(DAYS), until=st.sampled_from(DAYS))
def test_python_and_sql_measure_alike(since, until):
    expected = in_sql("core_working_days_between", [since], f", '{until}'::date")[0]

    assert WorkingDays().between(since, until) == expected
    assert WorkingDays().between(until, since) == -expected


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2024-05-04", True),  # a Saturday, worked instead of 8 May
        ("2024-05-08", False),
        ("2025-01-05", True),  # a Sunday, worked instead of 3 January
        ("2025-01-03", False),
        ("2025-08-29", True),
        ("2026-08-31", True),  # 30 August is no holiday since 2026
        ("2027-03-15", False),  # Constitution Day since 2027
        ("2026-05-27", False),  # Kurban Ait, expected
    ],
)
def test_days_that_differ_from_the_week(day, works):
    assert WorkingDays().works(date.fromisoformat(day)) is works


def test_nothing_from_a_day_off_is_the_next_working_day():
    assert WorkingDays().add(date(2026, 3, 21), 0) == date(2026, 3, 26)
    assert WorkingDays().add(date(2026, 3, 26), 0) == date(2026, 3, 26)


def test_beyond_the_table_only_weekends_count():
    assert covered_until() == date(2027, 12, 31)
    assert WorkingDays().works(date(2031, 1, 1))
    assert not WorkingDays().works(date(2031, 1, 4))


def test_without_a_table_nothing_is_covered():
    CalendarDay.objects.all().delete()

    assert covered_until() is None


def test_one_question_for_a_window(django_assert_num_queries):
    with django_assert_num_queries(1):
        WorkingDays().add(date(2026, 1, 5), 200)
    with django_assert_num_queries(1):
        WorkingDays().between(date(2024, 1, 1), date(2027, 12, 31))


def test_a_moved_day_off_names_the_day_it_came_from():
    moved = CalendarDay.objects.exclude(moved_from=None)

    assert all(abs((day.date - day.moved_from).days) < 8 for day in moved)
    assert all(day.moved_from.isoweekday() > 5 for day in moved.filter(kind="off"))
