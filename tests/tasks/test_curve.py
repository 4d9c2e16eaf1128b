"""The arithmetic of the S-curve: sums by weight, gaps, performance and the forecast, by examples and by laws."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tasks.curve import Part, Span, Why, alone, curve, month_end

D = Decimal


def spans(*values, year=2026, month=1):
    """Months one after another."""
    found, day = [], date(year, month, 1)
    for value in values:
        end = month_end(day)
        found.append(Span(day, end, None if value is None else D(str(value))))
        day = end + timedelta(days=1)
    return found


def part(plan, actual=(), **facts):
    return Part(spans(*plan), spans(*actual), **facts)


def values(told):
    return [span.value for span in told]


TEN = range(10, 101, 10)


class TestOne:
    def test_as_planned_it_ends_as_planned(self):
        told = curve([part(TEN, TEN[:4])])

        assert (told.ratio, told.forecast.pace, told.forecast.finish) == (1, 1, date(2026, 10, 31))
        assert [point.value for point in told.forecast.points] == [40, 50, 60, 70, 80, 90, 100]
        assert told.why is None

    def test_half_as_fast_takes_twice_the_time(self):
        told = curve([part(TEN, [5, 10, 15, 20])])

        assert told.ratio == D("0.5")
        assert told.forecast.pace == D("0.49")  # days, not months: ES is 59 of 120
        assert told.forecast.finish == date(2025, 12, 31) + timedelta(
            days=619
        )  # 304 / (59 / 120), rounded up

    def test_faster_ends_earlier(self):
        told = curve([part(TEN, [20, 40])])

        assert told.forecast.finish == date(2026, 5, 30)

    def test_earned_schedule_is_the_example_of_its_author(self):
        """Between the 5th and the 6th period, as ES = C + I says."""
        plan = [Span(date(2026, 1, 1) + timedelta(days=n), date(2026, 1, 1) + timedelta(days=n), D(v))
                for n, v in enumerate([5, 15, 30, 45, 60, 80, 100])]  # fmt: skip
        actual = [Span(date(2026, 1, 1), date(2026, 1, 7), D(65))]

        told = curve([Part(plan, actual)])

        assert told.forecast.pace == (D("5.25") / 7).quantize(D("0.01"))  # 5 + (65 − 60) / (80 − 60)
        assert told.forecast.finish == date(2026, 1, 10)  # 7 / 0.75 = 9.33 days

    def test_waiting_as_planned_is_neither_early_nor_late(self):
        told = curve([part([20, 20, 20, 60, 100], [20, 20])])

        assert (told.forecast.pace, told.forecast.finish) == (1, date(2026, 5, 31))

    def test_later_than_the_whole_plan(self):
        told = curve([part([50, 100], [20, 40, 60, 70])])

        assert told.ratio == D("0.7")
        assert told.forecast.finish > date(2026, 4, 30)
        assert told.forecast.points[-1].value == 100

    def test_a_gap_stays_a_gap(self):
        told = curve([part(TEN, [10, None, 30])])

        assert values(told.actual) == [10, None, 30]
        assert told.last.value == 30

    def test_a_quarter_stands_beside_months(self):
        quarter = Span(date(2026, 1, 1), date(2026, 3, 31), D(30))

        assert curve([Part(spans(*TEN), [quarter])]).ratio == 1

    @pytest.mark.parametrize(
        ("plan", "actual", "why"),
        [
            ([], [10], Why.NO_PLAN),
            ([100], [10], Why.NO_PLAN),
            ([0, 0], [10], Why.NO_PLAN),
            (TEN, [], Why.NOTHING_ACCEPTED),
            (TEN, [None, None], Why.NOTHING_ACCEPTED),
            ([10, 50, 40, 100], [10], Why.PLAN_FALLS),
            (TEN, [0, 0], Why.NOTHING_DONE),
            (TEN, [1, 1, 1, 1], Why.TOO_SLOW),
            (TEN, [100], Why.PLAN_REACHED),
            ([10, 20], [30], Why.PLAN_REACHED),
        ],
    )
    def test_why_there_is_no_forecast(self, plan, actual, why):
        told = curve([part(plan, actual)])

        assert (told.forecast, told.why) == (None, why)

    def test_what_was_done_before_the_plan_begins_foretells_nothing(self):
        early = Part(spans(*TEN, year=2027), spans(5))

        assert curve([early]).why == Why.BEFORE_PLAN
        assert curve([early]).ratio is None

    def test_alone_a_project_is_told_without_a_plan_and_whatever_its_weight(self):
        told = alone(part([], [10, 20], weight=D(0), is_cancelled=True))

        assert (values(told.actual), told.ratio, told.why) == ([10, 20], None, Why.NO_PLAN)

    def test_no_part_at_all(self):
        assert curve([]).why == Why.NO_PLAN
        assert curve([]).last is None


class TestMany:
    def test_the_sum_is_divided_by_the_sum_of_weights(self):
        told = curve([part([50, 100], [40], weight=D(3)), part([10, 20], [0], weight=D(1))])

        assert values(told.plan) == [40, 80]
        assert values(told.actual) == [30]

    def test_a_cancelled_part_is_in_neither_sum(self):
        live, gone = part([50, 100], [40]), part([50, 100], [0], weight=D(9), is_cancelled=True)

        assert curve([live, gone]) == curve([live])

    def test_where_one_did_not_report_the_sum_is_not_known(self):
        told = curve([part(TEN, [10, 20, 30]), part(TEN, [10, None, 10])])

        assert values(told.actual) == [10, None, 20]

    def test_who_is_done_need_not_report_again(self):
        told = curve([part([50, 100], [50, 100]), part([25, 50, 75, 100], [20, 40, 60])])

        assert values(told.actual) == [35, 70, 80]

    def test_between_its_periods_a_part_is_planned_along_the_line(self):
        quarter = [Span(date(2026, 1, 1), date(2026, 3, 31), D(90))]
        told = curve([Part(quarter), part([0, 0, 0])])

        assert values(told.plan) == [D("15.50"), D("29.50"), 45]  # 31, 59 and 90 days of 90


def rising(least=2):
    numbers = st.lists(st.integers(0, 100), min_size=least, max_size=14)
    return numbers.map(sorted)


weights = st.integers(1, 1000).map(Decimal)


@st.composite
def some_parts(draw):
    return [
        part(draw(rising()), draw(rising(0)), weight=draw(weights)) for _ in range(draw(st.integers(1, 4)))
    ]


@given(rising(), rising(1))
def test_a_forecast_rises_from_what_is_done_to_what_is_planned_at_most(plan, actual):
    told = curve([part(plan, actual)])
    assume(told.forecast)

    way = [(point.day, point.value) for point in told.forecast.points]
    assert way[0] == (told.last.ends, told.last.value)
    assert way[-1] == (told.forecast.finish, plan[-1])
    for before, after in pairwise(way):
        assert before[0] < after[0] and before[1] <= after[1] <= 100


@given(rising(), rising(1), rising(1))
def test_who_has_done_more_ends_no_later(plan, one, other):
    less, more = ([min(pair) for pair in zip(one, other)], [max(pair) for pair in zip(one, other)])  # noqa: B905
    slow, fast = curve([part(plan, less)]).forecast, curve([part(plan, more)]).forecast
    assume(slow and fast)

    assert fast.finish <= slow.finish


@given(some_parts(), st.randoms(use_true_random=False), weights)
def test_neither_the_order_nor_the_unit_of_weights_counts(parts, random, by):
    told = curve(parts)
    others = [Part(one.plan, one.actual, one.weight * by) for one in parts]
    random.shuffle(others)

    assert curve(others) == told


@given(some_parts())
def test_a_mean_lies_between_its_parts(parts):
    told = curve(parts)

    for span in told.plan:
        assert 0 <= span.value <= max(one.value for single in parts for one in single.plan)
    for span in told.actual:
        assert span.value is None or 0 <= span.value <= 100


@given(rising(), rising(0), st.integers(2, 4))
def test_many_that_are_alike_are_as_one(plan, actual, number):
    assert curve([part(plan, actual, weight=D(7))] * number) == curve([part(plan, actual)])


@given(rising(), rising(0), weights)
def test_one_of_many_is_as_alone(plan, actual, weight):
    one = part(plan, actual, weight=weight)

    assert curve([one]) == alone(one)
