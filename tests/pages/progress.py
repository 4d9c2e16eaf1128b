"""A project with a year of plans, and with reports of its first months accepted."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

from districts.models import Project
from tasks.models import ProgressReport, ReportingPeriod
from tests.factories import (
    OrganisationFactory,
    PlanFactory,
    ProgressReportFactory,
    ProjectFactory,
    ReportingDutyFactory,
    ReportingPeriodFactory,
    answered,
    enter_progress,
)

#: Cumulative percent at the end of each month of 2026.
PLAN = (3, 8, 15, 25, 37, 50, 62, 73, 82, 90, 96, 100)
#: None: no data.
ACTUAL = (2, 6, None, 18, 27)
NAMES = {"name_kk": "Мектеп", "name_ru": "Школа", "name_en": "School"}


def month(number: int) -> ReportingPeriod:
    return ReportingPeriodFactory(starts=date(2026, number, 1))


def planned(
    plan: Sequence[int] = PLAN,
    actual: Sequence[int | None] = ACTUAL,
    project: Project | None = None,
    metric: str = "physical_progress",
    **facts: Any,
) -> Project:
    """A public project with this plan and these accepted values; `facts` of the plan, such as its weight."""
    project = project or ProjectFactory(visibility="public", **NAMES)
    for number, value in enumerate(plan, 1):
        PlanFactory(project=project, period=month(number), value=value, metric=metric, **facts)
    for number, value in enumerate(actual, 1):
        accepted(project, number, value)
    return project


@transaction.atomic
def accepted(project: Project, number: int, value: int | None, **facts: Any) -> ProgressReport:
    answer = {"mark": "no_data"} if value is None else {"value": value}
    duty = project.reporting_duties.first() or ReportingDutyFactory(
        project=project, organisation=OrganisationFactory(visibility="public")
    )
    facts = {"organisation": duty.organisation} | facts
    report = ProgressReportFactory(project=project, period=month(number), **facts)
    answered(report, physical_progress=answer)
    for step in ("complete", "submitted"):
        enter_progress(report, step)
    if report.supersedes:
        report.supersedes.state = "superseded"
        report.supersedes.save()
    enter_progress(report, "accepted")
    return report
