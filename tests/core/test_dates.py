"""A date as a source gives it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.choices import Precision
from core.dates import PartialDate
from tests.refusals import sql

KNOWN = {
    "0835-11": (date(835, 11, 1), Precision.MONTH, "0835-11"),
    "0835 autumn": (date(835, 9, 1), Precision.SEASON, "0835-23"),
    "2025-09-29": (date(2025, 9, 29), Precision.DAY, "2025-09-29"),
    "2025-09": (date(2025, 9, 1), Precision.MONTH, "2025-09"),
    "2027 autumn": (date(2027, 9, 1), Precision.SEASON, "2027-23"),
    "2028 winter": (date(2028, 12, 1), Precision.SEASON, "2028-24"),
    "2026 spring": (date(2026, 3, 1), Precision.SEASON, "2026-21"),
    "2026 summer": (date(2026, 6, 1), Precision.SEASON, "2026-22"),
    "2029": (date(2029, 1, 1), Precision.YEAR, "2029"),
}
UNKNOWN = ["", "soon", "within one month", "2029-2030", "2027 Autumn", "29.09.2025"]


@pytest.mark.parametrize("printed", KNOWN)
def test_what_is_printed_is_understood_no_more_exactly_than_it_says(printed):
    found = PartialDate.parse(printed)

    assert (found.day, found.precision, found.iso()) == KNOWN[printed]
    assert found.text == printed
    assert found


@pytest.mark.parametrize("printed", UNKNOWN)
def test_anything_else_is_kept_as_text(printed):
    found = PartialDate.parse(printed)

    assert (found.day, found.precision, found.text, found.iso()) == (None, Precision.UNKNOWN, printed, None)
    assert not found


def test_dates_and_nothing_are_taken_too():
    assert PartialDate.parse(date(2025, 9, 29)).iso() == "2025-09-29"
    assert PartialDate.parse(None) == PartialDate()
    assert PartialDate.parse(PartialDate.parse("2029")) == PartialDate.parse("2029")


@pytest.mark.parametrize("printed", ["2025-13", "2025-02-30", "2025-00-10"])
def test_a_day_that_does_not_exist_is_an_error(printed):
    with pytest.raises(ValueError, match="month|day"):
        PartialDate.parse(printed)


@pytest.mark.django_db
def test_the_database_takes_what_is_parsed_and_refuses_the_rest():
    def stored(day, precision):
        return sql("SELECT core_is_partial_date(%s, %s)", day, precision)[0][0]

    @given(st.dates(), st.sampled_from(["%Y-%m-%d", "%Y-%m", "%Y"]))
    def agree(day, form):
        found = PartialDate.parse(f"{day:{form}}".rjust(len(f"{day:{form}}"), "0"))
        assert stored(found.day, found.precision)
        assert stored(day, "day")
        assert stored(day, "year") == (day.month == day.day == 1)
        assert stored(day, "season") == (day.day == 1 and day.month in (3, 6, 9, 12))
        assert not stored(day, "unknown")

    agree()
    assert stored(None, "unknown")
    assert not any(stored(None, precision) for precision in ("day", "month", "season", "year", "decade"))
