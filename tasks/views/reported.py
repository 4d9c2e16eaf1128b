"""What is shown of progress reports beside one another: what was accepted last, the plan, milestones, words."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from districts.choices import MilestoneStatus
from districts.models import Milestone, Project
from tasks.forms.progress import label_of, numbers_of
from tasks.models import Plan, ProgressReport, ReportingPeriod
from tasks.reporting_choices import WORDS, Metric
from tasks.services import sanity


def told(row: Any) -> str:
    """An answer, or a planned value, as it is read: a number with its currency, or the mark."""
    return str(row.get_mark_display()) if row.value is None else sanity.told(row)


def last_said(report: ProgressReport | None) -> dict[str, str]:
    """What was accepted last, as a sentence by metric."""
    said = _("Last accepted: %(value)s (%(period)s)")
    values = report.values.all() if report else []
    return {row.metric: said % {"value": told(row), "period": str(report.period)} for row in values if report}


def planned(project: Project, period: ReportingPeriod) -> dict[str, str]:
    """The plan of the period, in figures by metric."""
    rows = Plan.objects.filter(project=project, period=period)
    return {row.metric: told(row) for row in rows}


def beside(case: Any) -> dict[str, str]:
    """What stands beside each number of the form: what was accepted last, and the plan of the period."""
    last, plan = last_said(case.last), planned(case.duty.project, case.period)
    said = {metric: _("Plan of the period: %(value)s") % {"value": value} for metric, value in plan.items()}
    return {
        metric: " · ".join(filter(None, (last.get(metric), said.get(metric)))) for metric in Metric.values
    }


def milestones_of(case: Any) -> list[Milestone]:
    """Of its project: those not met yet, and those that the report tells of."""
    told_of = {row.milestone_id for row in case.report.milestones.all()} if case.report else set()
    rows = Milestone.objects.filter(project=case.duty.project).order_by("forecast_day", "pk")
    return [row for row in rows if row.status != MilestoneStatus.MET or row.pk in told_of]


def taken(typed: Mapping[str, Any], last: ProgressReport | None) -> dict[str, Any]:
    """What was typed, and in the place of numbers that were not, those accepted last. Nothing is saved yet."""
    shown = {name: value for name, value in typed.items() if value}
    for name, value in (numbers_of(last) if last else {}).items():
        metric = name.removesuffix("_mark").removesuffix("_currency")
        if not typed.get(metric) and not typed.get(f"{metric}_mark"):
            shown[name] = value
    return shown


def words_of(report: ProgressReport) -> list[tuple[str, str]]:
    """(what it is about, the words), where there are any."""
    return [(label_of(name), getattr(report, name)) for name in WORDS if getattr(report, name)]
