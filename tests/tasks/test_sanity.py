"""What looks wrong in a report, and that a word is needed for it before it is submitted."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from tasks import services
from tasks.services import Answer, Told
from tasks.services.sanity import warnings
from tests.factories import (
    MilestoneFactory,
    PlanFactory,
    ProgressReportFactory,
    ReportingPeriodFactory,
    answered,
    enter_progress,
    progress_in,
)
from tests.tasks.progress_scene import ALL, ProgressScene

pytestmark = pytest.mark.django_db
MONTHS = [date(2025, 10, 1), date(2025, 11, 1), date(2025, 12, 1)]
SPENT = Answer(Decimal(1_500_000), currency="KZT")


@pytest.fixture
def scene(request, db):
    return ProgressScene(request)


def accepted(scene, *percents):
    """Accepted reports of the months before, with this physical progress; jobs and money as in ANSWERS."""
    for starts, percent in zip(MONTHS[-len(percents) :], percents, strict=True):
        period = ReportingPeriodFactory(starts=starts)
        made = ProgressReportFactory(project=scene.project, period=period, organisation=scene.akimat)
        answered(made, physical_progress={"value": percent})
        for step in ("complete", "submitted", "accepted"):
            enter_progress(made, step)


def told(scene, milestones=None, **answers):
    row = scene.save(answers=ALL | answers, milestones=milestones)
    return {(one.field, one.code, one.has_word) for one in warnings(row)}


def percent(number, note=""):
    return Answer(Decimal(number), note=note)


def money(number, currency="KZT"):
    return Answer(Decimal(number), currency=currency)


def test_of_a_first_report_nothing_is_said(scene):
    assert told(scene, physical_progress=percent(90)) == set()


@pytest.mark.parametrize(
    ("past", "answers", "expected"),
    [
        ([40], {}, set()),
        ([41], {}, {("physical_progress", "fell", False)}),
        ([41], {"physical_progress": percent(40, "Қате сан еді")}, {("physical_progress", "fell", True)}),
        ([41], {"physical_progress": Answer(mark="no_data")}, set()),
        ([15], {}, set()),
        ([14], {}, {("physical_progress", "jumped", False)}),
        ([10, 12, 14], {"physical_progress": percent(20)}, set()),
        ([10, 12, 14], {"physical_progress": percent("20.01")}, {("physical_progress", "jumped", False)}),
        ([10, 11, 12], {"physical_progress": percent(17)}, set()),  # up to five points are calm
        ([40], {"spent": money(1_500_001)}, {("spent", "spent_alone", False)}),
        ([39], {"spent": money(1_500_001)}, set()),
        ([40], {"spent": money(1_499_999)}, {("spent", "fell", False)}),
        ([40], {"spent": money(1, "USD")}, set()),
        ([40], {"jobs_construction": percent(60)}, set()),
        ([40], {"jobs_construction": percent(59)}, {("jobs_construction", "jobs_halved", False)}),
    ],
)
def test_beside_what_was_accepted(scene, past, answers, expected):
    accepted(scene, *past)
    assert told(scene, **answers) == expected


def test_over_months_without_a_report_the_pace_is_what_counts(scene):
    accepted(scene, 10, 12, 14)
    period = ReportingPeriodFactory(starts=date(2026, 3, 1))
    row = scene.save(period=period, answers=ALL | {"physical_progress": percent(32)})
    assert warnings(row) == []  # 18 points in three months


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        ({"value": "33.33"}, True),
        ({"value": "33.34"}, False),
        ({"metric": "spent", "currency": "KZT", "value": 750_000}, False),
        ({"metric": "spent", "currency": "KZT", "value": 749_999}, True),
        ({"metric": "spent", "currency": "USD", "value": 1}, False),
        ({"metric": "jobs_construction", "value": 99}, True),
        ({"metric": "jobs_permanent", "value": 0}, False),
    ],
)
def test_beside_the_plan(scene, plan, expected):
    PlanFactory(project=scene.project, period=scene.period, **plan)
    metric = plan.get("metric", "physical_progress")
    assert told(scene) == ({(metric, "over_plan", False)} if expected else set())


@pytest.mark.parametrize(
    ("local", "permanent", "expected"),
    [
        (percent(120), Answer(mark="not_applicable"), False),
        (percent(121), Answer(mark="not_applicable"), True),
        (percent(121), percent(1), False),
        (percent(999), Answer(mark="no_data"), False),
    ],
)
def test_local_jobs_are_some_of_all(scene, local, permanent, expected):
    found = told(scene, jobs_local=local, jobs_permanent=permanent)
    assert found == ({("jobs_local", "local_over", False)} if expected else set())


@pytest.mark.parametrize(
    ("on", "code"),
    [
        ("2026-01-31", ""), ("2026-01", ""), ("2026", ""), ("2025-12-31", "met_outside"),
        ("2026-02-01", "met_outside"), ("2099", "met_early"),
    ],
)  # fmt: skip
def test_a_milestone_was_met_within_the_period(scene, on, code):
    bridge = MilestoneFactory(project=scene.project, code="bridge")
    expected = {("milestones:bridge", code, False)} if code else set()
    assert told(scene, [Told(bridge, "met", on)]) == expected


def test_a_word_is_needed_before_it_is_submitted(scene):
    accepted(scene, 41)
    bridge = MilestoneFactory(project=scene.project, code="bridge")
    row = scene.save(milestones=[Told(bridge, "met", "2025-05")])
    row = services.complete_progress(row, by=scene.akimat_preparer)
    with pytest.raises(ValidationError) as caught:
        services.submit_progress(row, by=scene.akimat_signer)
    assert set(caught.value.message_dict) == {"physical_progress", "milestones:bridge"}
    assert {one.code for one in caught.value.error_dict["physical_progress"]} == {"needs_word"}

    row = scene.save(
        client_uuid=row.client_uuid,
        base=row.version,
        answers={"physical_progress": percent(40, "Қайта өлшендi")},
        milestones=[Told(bridge, "met", "2025-05", note="Кеш хабарланды")],
    )
    row = services.submit_progress(row, by=scene.akimat_signer)
    assert row.state == "submitted" and [one.has_word for one in warnings(row)] == [True, True]


def test_its_cost_does_not_grow_with_the_past(scene, django_assert_num_queries):
    accepted(scene, 10, 20, 30)
    row = scene.save()
    with django_assert_num_queries(7):
        warnings(row)


def test_a_report_of_today_is_compared_with_earlier_periods_alone(scene):
    later = ReportingPeriodFactory(starts=date(2026, 2, 1))
    progress_in("accepted", project=scene.project, period=later, organisation=scene.akimat)
    assert told(scene, physical_progress=percent(1)) == set()
    assert timezone.localdate() > scene.period.ends
