"""Everything that changes the life of a project, and which of two statements is shown. Doors call these only."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import ApiClient, User
from core import ledger, notices
from core.choices import Confidence, Qualifier, Visibility
from core.dates import PartialDate, last_day
from core.exceptions import Conflict
from core.models import Source
from core.text import Text
from districts.choices import PROJECT_FIRST, MilestoneStatus, ProjectStatus
from districts.models import Claim, Figure, Milestone, MilestoneMove, Project, StageChange
from districts.policies import require

#: What makes two figures say the same thing.
SAME_FIGURE = ["district", "project", "measure"]
#: A verb may be used with the rights of `acted_for`, for whom a substitute acts: the caller has seen that he may.
type Actor = User | ApiClient
#: A date as a source gives it: “2025-09-29”, “2025-09”, “2027 autumn”, “2029”.
type Dated = PartialDate | date | str | None


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


@transaction.atomic
def record_instead(
    figure: Figure,
    *,
    by: Actor,
    value: Decimal,
    as_of: Dated,
    source: Source | None,
    note: Text,
    value_max: Decimal | None = None,
    qualifier: str = Qualifier.EXACT,
) -> Figure:
    """Another value of the same subject, measure and unit, as visible as this one, and shown from now on.

    The figure itself is kept, not chosen any more.
    """
    require(by, "record_instead")
    new = Figure(  # type: ignore[misc]  # `as_of` and `note` are three columns each
        district=figure.district,
        project=figure.project,
        measure=figure.measure,
        unit=figure.unit,
        currency=figure.currency,
        visibility=figure.visibility,
        value=value,
        value_max=value_max,
        qualifier=qualifier,
        as_of=PartialDate.parse(as_of),
        source=source,
        confidence=Confidence.MEDIUM,
        note=note,
    )
    new.full_clean()
    with ledger.acting(by, "record_instead", str(note)):
        new.save()
        return _choose(new, SAME_FIGURE, by, str(note))


@transaction.atomic
def choose_figure(figure: Figure, *, by: Actor, note: str = "") -> Figure:
    """Show this figure of its subject and measure; the one that was shown is kept, not chosen any more."""
    require(by, "choose")
    return _choose(figure, SAME_FIGURE, by, note)


@transaction.atomic
def choose_claim(claim: Claim, *, by: Actor, note: str = "") -> Claim:
    """Show this claim about its subject and field; the one that was shown is kept, not chosen any more."""
    require(by, "choose")
    return _choose(claim, ["district", "project", "organisation", "field"], by, note)


@transaction.atomic
def record_figure(
    *,
    by: Actor,
    code: str,
    project: Project,
    measure: str,
    value: Decimal,
    unit: str,
    as_of: Dated,
    source: Source | None,
    currency: str = "",
    note: Text | None = None,
    visibility: str = Visibility.INTERNAL,
    acted_for: User | None = None,
) -> Figure:
    """A number that was reported, and shown from now on unless what is shown is of a later day.

    Of what was shown before nothing is lost: it is kept, not chosen any more.
    """
    require(acted_for or by, "record_figure")
    Project.objects.select_for_update().get(pk=project.pk)  # of two at once, each sees what the other chose
    figure = Figure(  # type: ignore[misc]  # `as_of` and `note` are three columns each
        code=code,
        project=project,
        measure=measure,
        value=value,
        unit=unit,
        currency=currency,
        as_of=PartialDate.parse(as_of),
        source=source,
        confidence=Confidence.HIGH,
        note=note,
        visibility=visibility,
    )
    figure.full_clean()
    shown = Figure.objects.filter(project=project, measure=measure, chosen=True).first()
    with ledger.acting(by, "record_figure"):
        figure.save()
        if shown and shown.as_of and last_day(shown.as_of) > last_day(figure.as_of):
            return figure
        return _choose(figure, SAME_FIGURE, by, "")


@transaction.atomic
def retract_figure(figure: Figure, *, by: Actor, acted_for: User | None = None) -> Figure:
    """It is not shown any more, and nothing in its place; it is kept."""
    require(acted_for or by, "record_figure")
    row = Figure.objects.select_for_update().get(pk=figure.pk)
    row.chosen = False
    with ledger.acting(by, "retract_figure"):
        row.save(update_fields=["chosen"])
    return row


def _choose[S: (Figure, Claim)](statement: S, same: list[str], by: Actor, note: str) -> S:
    """All that was said of the same is locked in one order: of two at once, the later choice stands."""
    columns = [type(statement)._meta.get_field(name).attname for name in same]  # type: ignore[union-attr]
    alike = type(statement).objects.filter(**{column: getattr(statement, column) for column in columns})
    rows = {row.pk: row for row in alike.order_by("pk").select_for_update()}
    with ledger.acting(by, "choose", note):
        for row in rows.values():
            if row.chosen and row.pk != statement.pk:
                row.chosen = False
                row.save(update_fields=["chosen"])
        chosen = rows[statement.pk]
        if not chosen.chosen:
            chosen.chosen = True
            chosen.save(update_fields=["chosen"])
    return chosen
