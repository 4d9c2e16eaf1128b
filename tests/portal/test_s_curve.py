"""The drawing of the S-curve: all of it on the paper, gaps as gaps, words as large on a phone."""

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alatau_portal.s_curve import NARROW, SIZE, TOP, WIDE, Words, draw
from tasks.curve import Curve, Part, Span, alone, month_end

WORDS = Words("жоспар", "қабылданған", "болжам")
TODAY = date(2026, 6, 15)


def months(values, year=2026):
    starts = [date(year + n // 12, n % 12 + 1, 1) for n in range(len(values))]
    return [
        Span(day, month_end(day), None if value is None else Decimal(value))
        for day, value in zip(starts, values, strict=True)
    ]


def drawn(plan=(), actual=(), shape=WIDE, today=TODAY):
    return draw(alone(Part(months(plan), months(actual))), WORDS, today, shape, "#0b5e77")


def kinds(drawing):
    return [key.kind for key in drawing.keys]


def numbers(path):
    return [tuple(map(float, point.split(","))) for point in path.removeprefix("M").split("L")]


def test_plan_accepted_and_forecast_have_lines_of_their_own():
    drawing = drawn([10, 30, 60, 100], [5, 20])

    assert kinds(drawing) == ["plan", "actual", "forecast"]
    assert (len(drawing.actual), len(drawing.accepted)) == (1, 2)
    assert numbers(drawing.forecast)[0] == drawing.accepted[-1]
    assert numbers(drawing.forecast)[-1] == drawing.finish == (drawing.right, TOP)


def test_what_is_not_known_breaks_the_line():
    drawing = drawn([10, 20, 30, 40, 50, 60], [5, 10, None, 20, None, 30])

    assert len(drawing.actual) == 1  # the other stretches are single points
    assert len(drawing.accepted) == 4


def test_a_quarter_without_months_between_goes_on():
    quarters = [
        Span(date(2026, 1, 1), date(2026, 3, 31), Decimal(10)),
        Span(date(2026, 4, 1), date(2026, 6, 30), Decimal(30)),
    ]
    drawing = draw(Curve([], quarters), WORDS, TODAY, WIDE, "#0b5e77")

    assert (len(drawing.actual), kinds(drawing)) == (1, ["actual"])


def test_without_anything_there_is_no_drawing():
    assert drawn() is None
    assert drawn([], [None]) is None


@pytest.mark.parametrize(
    ("today", "stands"), [(date(2025, 12, 31), False), (date(2027, 1, 1), False), (TODAY, True)]
)
def test_today_stands_where_it_lies_within(today, stands):
    assert (drawn([0] * 11 + [100], today=today).today is not None) == stands


@given(
    st.lists(st.integers(0, 100), max_size=40),
    st.lists(st.none() | st.integers(0, 100), max_size=40),
    st.sampled_from([WIDE, NARROW]),
)
def test_all_of_it_is_on_the_paper(plan, actual, shape):
    drawing = drawn(sorted(plan), actual, shape)
    if drawing is None:
        return

    paths = [path for path in (drawing.plan, drawing.forecast, *drawing.actual) if path]
    points = [point for path in paths for point in numbers(path)] + drawing.accepted
    assert all(drawing.left <= x <= drawing.right and TOP <= y <= drawing.bottom for x, y in points)
    assert all(tick.at + len(tick.text) * SIZE * 0.6 <= shape.width for tick in drawing.months if tick.text)
    assert all(drawing.bottom < key.y < drawing.height for key in drawing.keys)


@pytest.mark.parametrize("shape", [WIDE, NARROW])
@pytest.mark.parametrize("length", [1, 2, 7, 14, 40, 130, 300])
def test_names_of_months_do_not_touch(shape, length):
    drawing = drawn([0] * (length - 1) + [100], shape=shape)

    named = [tick for tick in drawing.months if tick.text]
    assert named
    for before, after in pairwise(named):
        assert before.at + len(before.text) * SIZE * 0.6 < after.at


def test_the_words_stay_as_large_on_the_smallest_phone():
    assert SIZE * (320 - 2 * 16) / NARROW.width >= 12
