"""When the time of a milestone has passed: the last day of what is known of it."""

import pytest

from alatau_portal.pages.frame import latest
from alatau_portal.pages.project import _last_day
from core.dates import PartialDate


@pytest.mark.parametrize(
    ("printed", "last"),
    [
        ("2026-03-15", "2026-03-15"),
        ("2026-02", "2026-02-28"),
        ("2028-02", "2028-02-29"),
        ("2026-12", "2026-12-31"),
        ("2027 autumn", "2027-11-30"),
        ("2027 winter", "2028-02-29"),
        ("2029", "2029-12-31"),
    ],
)
def test_a_period_ends_with_its_last_day(printed, last):
    assert _last_day(PartialDate.parse(printed)).isoformat() == last


def test_a_year_does_not_pass_for_the_newest_day():
    dates = [PartialDate.parse(printed) for printed in ("2025-11-21", "2026", "2025-12", "", "soon")]

    assert latest(dates).text == "2025-12"
    assert latest([PartialDate.parse("2026"), None]).text == "2026"
    assert latest([None]) is None
