"""What changes the life of a project and of its milestones. Doors call these only."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import ledger, notices
from core.dates import PartialDate
from core.exceptions import Conflict
from core.models import Source
from districts.choices import PROJECT_FIRST, MilestoneStatus, ProjectStatus
from districts.models import Milestone, MilestoneMove, Project, StageChange
from districts.policies import require
from districts.services.actors import Actor, Dated


@transaction.atomic
def register_project(
    *, by: Actor, stage: str, basis: str, source: Source | None, on: Dated = None, **facts: Any
) -> Project:
    """A new project, in the stage it is first known in. The source vouches for both; what is invented has none."""
    require(by, "register_project")
    if stage not in PROJECT_FIRST:
        raise Conflict(_("A project cannot begin as “%(stage)s”.") % {"stage": _label(stage)})
    project = Project(status=stage, source=source, **facts)
    project.full_clean(exclude=["source"] if project.is_demo else None)
    with ledger.acting(by, "register_project", basis):
        project.save()
        _record_stage(project, "", stage, by, basis, on, source)
    return project


@transaction.atomic
def change_stage(
    project: Project, to: str, *, by: Actor, basis: str, on: Dated = None, source: Source | None = None
) -> Project:
    """Move a project to another stage. What cancels it is the reason it was cancelled for."""
    project = Project.objects.select_for_update().get(pk=project.pk)
    require(by, "change_stage")
    if not project.can_become(to):
        raise Conflict(
            _("A project in “%(now)s” cannot go to “%(next)s”.")
            % {"now": project.get_status_display(), "next": _label(to)}
        )
    was, project.status = project.status, to
    if to == ProjectStatus.CANCELLED:
        project.cancelled_reason = basis
    with ledger.acting(by, "change_stage", basis):
        change = _record_stage(project, was, to, by, basis, on, source)
        project.save(update_fields=["status", "cancelled_reason"])
    _tell_parties(project, change)
    project.refresh_from_db()
    return project


def _record_stage(
    project: Project, was: str, to: str, by: Actor, basis: str, on: Dated, source: Source | None
) -> StageChange:
    change = StageChange(  # type: ignore[misc]  # `on` is three columns
        project=project,
        from_status=was,
        to_status=to,
        on=PartialDate.parse(on),
        by_id=by.user_id,
        basis=basis,
        source=source,
    )
    change.full_clean(exclude=["by"])  # a program of nobody's has no user
    change.save()
    return change


def _tell_parties(project: Project, change: StageChange) -> None:
    """The people of the organisations that take part, but not who did it."""
    parties = project.parties.filter(until=None).values("organisation")
    people = User.objects.filter(organisation__in=parties).exclude(pk=change.by_id)
    notices.notify("stage_changed", people, event=f"stage-{change.pk}", subject=project, to=change.to_status)


def _label(stage: str) -> str:
    return str(dict(ProjectStatus.choices).get(stage, stage))


@transaction.atomic
def move_forecast(
    milestone: Milestone,
    new: Dated,
    *,
    by: Actor,
    reason: str,
    note: str = "",
    acted_for: User | None = None,
) -> Milestone:
    """A milestone is now expected at another time: the forecast, and the move that says why."""
    milestone = Milestone.objects.select_for_update().get(pk=milestone.pk)
    require(acted_for or by, "move_forecast")
    old, forecast = milestone.forecast, PartialDate.parse(new)
    if milestone.status == MilestoneStatus.MET:
        raise Conflict(_("This milestone is met: nothing is expected of it any more."))
    if (old.day, old.precision) == (forecast.day, forecast.precision):
        raise Conflict(_("It is expected then already."))
    move = MilestoneMove(  # type: ignore[misc]  # `old` and `new` are three columns each
        milestone=milestone, old=old, new=forecast, reason=reason, note=note, by_id=by.user_id
    )
    move.full_clean(exclude=["by"])
    milestone.forecast = forecast
    with ledger.acting(by, "move_forecast", note or move.get_reason_display()):
        move.save()
        milestone.save(update_fields=["forecast_day", "forecast_precision", "forecast_text"])
    milestone.refresh_from_db()
    return milestone


@transaction.atomic
def settle_milestone(
    milestone: Milestone,
    status: str,
    *,
    by: Actor,
    met: Dated = None,
    note: str = "",
    acted_for: User | None = None,
) -> Milestone:
    """A milestone is met (on a day), not met or met in part; or, where that was a mistake, scheduled again."""
    milestone = Milestone.objects.select_for_update().get(pk=milestone.pk)
    require(acted_for or by, "settle_milestone")
    now = PartialDate.parse(met)
    if (milestone.status, milestone.met.day, milestone.met.precision) == (status, now.day, now.precision):
        raise Conflict(_("That is what is said of it already."))
    milestone.status, milestone.met = status, now
    milestone.full_clean()
    with ledger.acting(by, "settle_milestone", note):
        milestone.save(update_fields=["status", "met_day", "met_precision", "met_text"])
    milestone.refresh_from_db()
    return milestone
