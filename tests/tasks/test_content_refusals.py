"""What the database refuses of what a report says of milestones, and of plans."""

import pytest
from django.utils import timezone

from tests.factories import (
    MilestoneFactory,
    PlanFactory,
    ProgressMilestoneFactory,
    ProgressReportFactory,
    answered,
    enter_progress,
)
from tests.refusals import Wrong, parameters

pytestmark = pytest.mark.django_db

MONEY = {"metric": "spent", "currency": "KZT"}


def told_in(state):
    """A milestone in a report that was handed in since."""
    told = ProgressMilestoneFactory()
    answered(told.report)
    for step in ("complete", "submitted", "accepted")[
        : ("complete", "submitted", "accepted").index(state) + 1
    ]:
        enter_progress(told.report, step)
    return told


def told_in_locked():
    told = ProgressMilestoneFactory()
    type(told.report.period).objects.filter(pk=told.report.period_id).update(locked_at=timezone.now())
    return told


def of_another():
    return MilestoneFactory().pk


CASES = {
    "tasks_progressmilestone_one_per_milestone": [Wrong(ProgressMilestoneFactory, copied=True)],
    "tasks_progressmilestone_outcome_known": [Wrong(ProgressMilestoneFactory, {"outcome": "lost"})],
    "tasks_progressmilestone_moved_with_reason": [
        Wrong(ProgressMilestoneFactory, {"outcome": "moved"}),
        Wrong(ProgressMilestoneFactory, {"reason": "land"}),
        Wrong(ProgressMilestoneFactory, {"reason": ""}, {"outcome": "moved", "reason": "land"}),
    ],
    "tasks_progressmilestone_dated": [
        Wrong(ProgressMilestoneFactory, {"on_day": None, "on_precision": "unknown"})
    ],
    "tasks_progressmilestone_on_partial": [Wrong(ProgressMilestoneFactory, {"on_precision": "month"})],
    "tasks_progressmilestone_of_its_project": [
        Wrong(ProgressMilestoneFactory, {"milestone_id": of_another}),
        Wrong(ProgressMilestoneFactory, {"report_id": lambda: ProgressReportFactory().pk}),
    ],
    "tasks_progressmilestone_is_frozen": [
        Wrong(told_in, {"note": "Басқа"}, {"state": state}) for state in ("submitted", "accepted")
    ],
    "tasks_progressmilestone_period_is_open": [Wrong(told_in_locked, {"note": "Басқа"})],
    "tasks_plan_one_per_metric": [Wrong(PlanFactory, copied=True)],
    "tasks_plan_metric_known": [Wrong(PlanFactory, {"metric": "rumours"})],
    "tasks_plan_not_below_nought": [
        Wrong(PlanFactory, {"value": -1}),
        Wrong(PlanFactory, {"weight": -1}),
    ],
    "tasks_plan_percent_up_to_100": [Wrong(PlanFactory, {"value": 101})],
    "tasks_plan_whole_people": [Wrong(PlanFactory, {"value": "1.5"}, {"metric": "jobs_local"})],
    "tasks_plan_money_with_currency": [
        Wrong(PlanFactory, {"currency": "KZT"}),
        Wrong(PlanFactory, {"currency": ""}, MONEY),
        Wrong(PlanFactory, {"currency": "тг"}, MONEY),
    ],
}


@pytest.mark.parametrize(("door", "rule", "case"), parameters(CASES))
def test_refused(door, rule, case):
    door(rule, case)
