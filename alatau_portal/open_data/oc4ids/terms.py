"""When: milestones, the period of a project and its stages. A date that is less exact than a day stands in words."""

from typing import Any

from django.utils.translation import gettext as _

from alatau_portal.open_data.oc4ids.words import cited, exact, in_words, sentences
from core import formats
from districts.choices import MilestoneCode, MilestoneStatus, ProjectStatus

STAGES = {
    ProjectStatus.IDENTIFICATION: "identificationPeriod",
    ProjectStatus.PREPARATION: "preparationPeriod",
    ProjectStatus.IMPLEMENTATION: "implementationPeriod",
    ProjectStatus.COMPLETION: "completionPeriod",
    ProjectStatus.MAINTENANCE: "maintenancePeriod",
    ProjectStatus.DECOMMISSIONING: "decommissioningPeriod",
}


def milestones(project: Any, language: str) -> list[dict[str, Any]]:
    return [
        {
            "id": milestone.code,
            "title": getattr(milestone.name, language),
            "type": milestone.type,
            "code": milestone.milestone_code,
            "description": _in_words(milestone, language),
            "status": milestone.status,
            "dueDate": exact(_due(milestone)),
            "dateMet": exact(milestone.met),
            "dateModified": exact(milestone.as_of),
        }
        for milestone in project.milestones.all()
    ]


def _due(milestone: Any) -> Any:
    """As now expected; as first said, where nothing else was."""
    return milestone.forecast if milestone.forecast else milestone.baseline


def _in_words(milestone: Any, language: str) -> str:
    """All three dates as exactly as they are known: the standard has one date, and to the day."""
    told = [
        (_("first due"), milestone.baseline),
        (_("now expected"), milestone.forecast),
        (_("met on"), milestone.met),
    ]
    as_of = milestone.as_of
    return sentences(
        *(f"{name}: {in_words(when, language)}" for name, when in told if when),
        formats.as_of(as_of.day, as_of.precision, as_of.text, language) if as_of else "",
        cited(milestone.source),
    )


def period(project: Any) -> dict[str, Any]:
    """From the start of construction to its completion, as far as both are known to the day."""
    starts, ends = (
        _reached(project, code) for code in (MilestoneCode.COMMENCEMENT, MilestoneCode.COMPLETION)
    )
    if starts and ends and starts > ends:
        return {}
    return {"startDate": starts, "endDate": ends}


def _reached(project: Any, code: str) -> str | None:
    """The latest day that is known of the milestones of this code."""
    days = [
        exact(one.met if one.status == MilestoneStatus.MET else _due(one))
        for one in project.milestones.all()
        if one.milestone_code == code
    ]
    return max((day for day in days if day), default=None)


def stages(project: Any) -> dict[str, Any]:
    """When a stage began and ended. Of the first recorded one it is known only since when it is known."""
    periods: dict[str, dict[str, Any]] = {}
    for change in project.stages_told:
        if not change.from_status:
            continue
        on = exact(change.on)
        if left := STAGES.get(change.from_status):
            periods.setdefault(left, {})["endDate"] = on
        if entered := STAGES.get(change.to_status):
            periods[entered] = {"startDate": on}
    return periods


def completion(project: Any, language: str) -> dict[str, Any]:
    """Of what was completed: when, and how that differs from what was first said."""
    for one in project.milestones.all():
        if one.milestone_code == MilestoneCode.COMPLETION and one.status == MilestoneStatus.MET:
            return {"endDate": exact(one.met), "endDateDetails": _in_words(one, language)}
    return {}
