"""Milestones as pages show them: what was first planned, what is expected now, and what nobody has reported."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import Coalesce, JSONObject
from django.utils.dateparse import parse_date

from alatau_portal.pages.terms import slip
from core.dates import PartialDate, last_day
from districts.choices import MilestoneStatus, MoveReason
from districts.models import Milestone, MilestoneMove

#: Terms that passed longer ago than this without word stand on the page of their project only.
REMEMBERED = timedelta(days=400)


class Move(NamedTuple):
    """The forecast moved: from, to, why."""

    old: PartialDate
    new: PartialDate
    reason: str


class Ahead(NamedTuple):
    """What is to come, the nearest first, and terms that passed without word, the latest first."""

    coming: list[Milestone]
    silent: list[Milestone]


MOVE = {
    f"{name}_{part}": f"{name}_{column}"
    for name in ("old", "new")
    for part, column in (("day", "day"), ("precision", "precision"), ("printed", "text"))
}


def of_project(user: Any, project: Any, today: date) -> list[Milestone]:
    """In the order in which they were planned to come; with `moves`."""
    moves = MilestoneMove.objects.filter(milestone=OuterRef("pk")).order_by("pk")
    rows = _visible(user).filter(project=project).select_related("source")
    found = list(rows.annotate(moved=ArraySubquery(moves.values(json=JSONObject(reason="reason", **MOVE)))))
    for milestone in found:
        milestone.moves_made = [_move(part) for part in milestone.moved]
    return in_order(_described(found, today))


def of_projects(user: Any, projects: Iterable[Any], today: date) -> list[Milestone]:
    """Of several, as one list."""
    return in_order(_described(_visible(user).filter(project__in=list(projects)), today))


def of_district(user: Any, district: Any, today: date) -> list[Milestone]:
    rows = _visible(user).filter(project__district=district).select_related("source", "project")
    return in_order(_described(rows, today))


def of_districts(user: Any, today: date) -> list[Milestone]:
    """Of all projects that lie in a district, nothing that is invented."""
    rows = _visible(user).real().exclude(project__district=None).select_related("source", "project")
    return in_order(one for one in _described(rows, today) if one.when)


def ahead(user: Any, today: date) -> Ahead:
    """What the whole city waits for."""
    rows = _visible(user).real().annotate(term=Coalesce("forecast_day", "baseline_day"))
    due = rows.filter(status=MilestoneStatus.SCHEDULED, term__gte=today - REMEMBERED)
    found = in_order(_described(due.select_related("source", "project"), today))
    return Ahead([m for m in found if not m.silent], [m for m in reversed(found) if m.silent])


def in_order(milestones: Iterable[Milestone]) -> list[Milestone]:
    """By the time at which they were met or are due; what has no date comes last."""
    return sorted(milestones, key=lambda milestone: (last_day(milestone.when), milestone.pk))


def _visible(user: Any) -> Any:
    return Milestone.objects.visible_to(user).order_by("pk")


def _described(rows: Iterable[Milestone], today: date) -> list[Milestone]:
    """With `when` it was met or is due, whether its time passed in silence, and its `slip` in words."""
    milestones = list(rows)
    for milestone in milestones:
        due = milestone.forecast or milestone.baseline
        milestone.when = milestone.met or due
        milestone.silent = (
            milestone.status == MilestoneStatus.SCHEDULED and bool(due) and last_day(due) < today
        )
        milestone.slip = (
            slip(milestone.baseline, milestone.when) if milestone.met or _moved(milestone) else ""
        )
    return milestones


def _moved(milestone: Milestone) -> bool:
    """A term that is only repeated says nothing on whether it is kept."""
    first, now = milestone.baseline, milestone.forecast
    return (first.day, first.precision) != (now.day, now.precision)


def _move(part: dict[str, Any]) -> Move:
    old, new = (
        PartialDate(parse_date(part[f"{name}_day"] or ""), part[f"{name}_precision"], part[f"{name}_printed"])
        for name in ("old", "new")
    )
    return Move(old, new, str(MoveReason(part["reason"]).label))
