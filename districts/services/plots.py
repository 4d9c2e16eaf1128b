"""For whom a plot is held: reserved, allocated, released. The plot's row is the lock."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from psycopg.types.range import DateRange

from accounts.models import Organisation, User
from core import ledger, notices
from core.exceptions import Conflict
from districts.models import LandPlot, PlotAllocation, Project
from districts.plot_choices import AllocationState
from districts.policies import require
from districts.services.actors import Actor

DAY = timedelta(days=1)


@transaction.atomic
def reserve_plot(
    plot: LandPlot,
    *,
    by: Actor,
    basis: str,
    since: date,
    until: date | None = None,
    project: Project | None = None,
    organisation: Organisation | None = None,
) -> PlotAllocation:
    """Hold the plot for a project or an organisation, from the first to the last of these days."""
    plot = LandPlot.objects.select_for_update().get(pk=plot.pk)
    require(by, "reserve_plot")
    allocation = PlotAllocation(
        plot=plot,
        project=project,
        organisation=organisation,
        during=_days(since, until),
        basis=basis.strip(),
    )
    allocation.full_clean()
    with ledger.acting(by, "reserve_plot", allocation.basis):
        allocation.save()
    return _told(allocation, by)


@transaction.atomic
def allocate_plot(
    allocation: PlotAllocation, *, by: Actor, basis: str, until: date | None = None
) -> PlotAllocation:
    """What was reserved is given, by this act, up to the last of the days; without one, for good."""
    allocation = _locked(allocation)
    require(by, "allocate_plot")
    _move(allocation, AllocationState.ALLOCATED)
    allocation.during = _days(allocation.during.lower, until)
    allocation.basis = basis.strip()
    allocation.full_clean()
    with ledger.acting(by, "allocate_plot", allocation.basis):
        allocation.save(update_fields=["state", "during", "basis"])
    return _told(allocation, by)


@transaction.atomic
def release_plot(allocation: PlotAllocation, *, by: Actor, on: date, note: str) -> PlotAllocation:
    """The plot is not held any more from this day on. What had not begun yet keeps its days, as they were planned."""
    allocation = _locked(allocation)
    require(by, "release_plot")
    if not note.strip():
        raise ValidationError({"note": [_("Say why the plot is released.")]})
    _move(allocation, AllocationState.RELEASED)
    first, end = allocation.during.lower, allocation.during.upper
    if first < on and (end is None or on < end):
        allocation.during = DateRange(first, on)
    with ledger.acting(by, "release_plot", note.strip()):
        allocation.save(update_fields=["state", "during"])
    return _told(allocation, by)


def _days(first: date, last: date | None) -> DateRange:
    if last is not None and last < first:
        raise ValidationError({"until": [_("The last day is not before the first.")]})
    return DateRange(first, last and last + DAY)


def _locked(allocation: PlotAllocation) -> PlotAllocation:
    LandPlot.objects.select_for_update().get(pk=allocation.plot_id)
    return PlotAllocation.objects.select_for_update(of=("self",)).select_related("plot").get(pk=allocation.pk)


def _move(allocation: PlotAllocation, to: str) -> None:
    if not allocation.can_become(to):
        raise Conflict(
            _("What is “%(now)s” cannot become “%(next)s”.")
            % {"now": allocation.get_state_display(), "next": AllocationState(to).label}
        )
    allocation.state = to


def _told(allocation: PlotAllocation, by: Actor) -> PlotAllocation:
    """The people of the organisation and of those that take part in the project, but not who did it."""
    parties = [allocation.organisation_id]
    if allocation.project is not None:
        parties += allocation.project.parties.current().values_list("organisation", flat=True)
    people = User.objects.filter(organisation__in=[party for party in parties if party]).exclude(
        pk=by.user_id
    )
    notices.notify(
        "plot_held",
        people,
        event=f"plot-{allocation.pk}-{allocation.state}",
        subject=allocation,
        to=allocation.state,
    )
    allocation.refresh_from_db()
    return allocation
