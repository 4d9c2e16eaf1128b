"""Reminders come on their days: over the ends of months and years, Nauryz, a leap day; by day, never at night."""

from datetime import date, timedelta

import pytest

from tasks.jobs import remind
from tests.tasks.reminding import (
    at,
    controlled,
    days_told,
    planned,
    staffed,
    told,
)

__all__ = ["at"]

pytestmark = pytest.mark.django_db

MONTH_END, YEAR_END, LEAP = date(2026, 4, 30), date(2026, 12, 31), date(2028, 2, 29)
NAURYZ, MOVED = date(2026, 3, 27), date(2024, 5, 6)


@pytest.fixture
def scene(request, db):
    return staffed(request)


@pytest.mark.parametrize(
    ("given_on", "due", "expected"),
    [
        (  # over 1 May, 7 and 9 May
            "2026-04-10",
            MONTH_END,
            [
                "2026-04-16",
                "2026-04-23",
                "2026-04-27",
                "2026-04-29",
                "2026-04-30",
                "2026-05-04",
                "2026-05-06",
            ],
        ),
        (  # over the new year
            "2026-12-10",
            YEAR_END,
            [
                "2026-12-17",
                "2026-12-24",
                "2026-12-28",
                "2026-12-30",
                "2026-12-31",
                "2027-01-05",
                "2027-01-08",
            ],
        ),
        (  # over Nauryz with its moved days
            "2026-03-06",
            NAURYZ,
            [
                "2026-03-10",
                "2026-03-17",
                "2026-03-19",
                "2026-03-26",
                "2026-03-27",
                "2026-03-30",
                "2026-04-01",
            ],
        ),
        (  # a leap day, and a term on it
            "2028-02-10",
            LEAP,
            [
                "2028-02-15",
                "2028-02-22",
                "2028-02-24",
                "2028-02-28",
                "2028-02-29",
                "2028-03-01",
                "2028-03-03",
            ],
        ),
    ],
)
def test_the_days_of_the_ladder(scene, at, given_on, due, expected):
    at(f"{given_on} 10:00")
    controlled(scene, due)

    days = days_told(scene, at, date.fromisoformat(given_on), due + timedelta(days=9))

    assert days == expected


def test_a_saturday_on_which_the_state_works_counts(scene, at):
    at("2024-04-25 10:00")
    given = controlled(scene, MOVED)

    assert "2024-05-04" in planned(given, scene.executor)


def test_a_term_on_a_day_off_is_called_its_day_before_it(scene, at):
    at("2026-03-10 10:00")
    given = controlled(scene, date(2026, 3, 22))  # a Sunday

    days = planned(given, scene.executor)

    assert days[-3:] == ["2026-03-20", "2026-03-26", "2026-03-30"]
    at("2026-03-20 08:00")
    remind()
    assert len(told(scene.executor)) == 1, "the eve and the day are one notice"


@pytest.mark.parametrize("moment", ["2026-02-20 00:00", "2026-02-20 02:00", "2026-02-20 07:59"])
def test_nobody_is_written_to_at_night(scene, at, moment):
    at("2026-02-18 10:00")
    controlled(scene, date(2026, 2, 25))
    at(moment)
    remind()
    assert told(scene.executor) == []

    at("2026-02-20 08:00")
    remind()

    assert len(told(scene.executor)) == 1


def test_at_a_minute_to_midnight_it_is_still_the_day(scene, at):
    at("2026-02-18 10:00")
    given = controlled(scene, date(2026, 2, 25))

    at("2026-02-20 23:59")
    remind()
    assert told(scene.executor) == [[given.pk]]
    at("2026-02-21 00:00")
    remind()

    assert told(scene.executor) == [[given.pk]]


def test_the_day_is_that_of_almaty(scene, time_machine):
    time_machine.move_to("2026-02-18T05:00:00+00:00", tick=False)
    controlled(scene, date(2026, 2, 25))
    time_machine.move_to("2026-02-20T02:59:00+00:00", tick=False)  # 07:59
    remind()
    assert told(scene.executor) == []

    time_machine.move_to("2026-02-20T03:00:00+00:00", tick=False)
    remind()

    assert len(told(scene.executor)) == 1
