"""Reads of plots, of what leads to them and of what they are held for."""

from datetime import date
from decimal import Decimal
from typing import Any, Self

from django.db import models
from django.db.models import OuterRef, Prefetch, Q, Subquery, Value
from django.db.models.functions import Coalesce

from core.ledger import RecordedQuerySet
from core.policies import sees_everything
from core.querysets import SearchableQuerySet, last_day, related
from districts.plot_choices import LIVE, AllocationState, Availability, UtilityState


class LandPlotQuerySet(SearchableQuerySet):
    def real(self) -> Self:
        """Without what is invented for trying out: no total counts it."""
        return self.filter(is_demo=False)

    def _own(self, user: Any) -> Q:
        """Whom a plot is held for sees it before it is published."""
        return Q(pk__in=self._allocations().of_organisation_of(user).live().values("plot"))

    def with_availability(self, today: date) -> Self:
        """`availability` on this day. It tells that a plot is held, not for whom."""
        held = self._allocations().on(today).filter(plot=OuterRef("pk")).order_by().values("state")
        return self.annotate(availability=Coalesce(Subquery(held[:1]), Value(Availability.FREE.value)))

    def available(self, how: str, today: date) -> Self:
        """How they stand on this day."""
        held = self._allocations().on(today)
        if how == Availability.FREE:
            return self.exclude(pk__in=held.order_by().values("plot"))
        return self.filter(pk__in=held.filter(state=how).order_by().values("plot"))

    def with_utility(self, utility: str, at_least: Decimal | None = None) -> Self:
        """With this utility there or coming; of those that are measured, with at least so much of it."""
        there = related(self.model, "utilities").filter(utility=utility).exclude(state=UtilityState.NONE)
        if at_least is not None:
            there = there.filter(capacity__gte=at_least)
        return self.filter(pk__in=there.values("plot"))

    def ready_by(self, day: date) -> Self:
        """Ready by this day even where the source names only a month or a year."""
        return self.annotate(ready_at_last=last_day("ready_on")).filter(ready_at_last__lte=day)

    def for_display(self, user: Any, today: date) -> Self:
        """With utilities, how it stands today, and what may be told of whom it is held for."""
        utilities = related(self.model, "utilities").select_related("source").order_by("pk")
        held = self._allocations().on(today).visible_to(user).select_related("project", "organisation")
        return (
            self.with_availability(today)
            .select_related("district", "source")
            .prefetch_related(
                Prefetch("utilities", utilities), Prefetch("allocations", held, to_attr="visible_allocations")
            )
            .order_by("pk")
            .fetch_mode(models.FETCH_RAISE)
        )

    def for_map(self) -> Self:
        return self.filter(geometry__isnull=False)

    def _allocations(self) -> Any:
        return related(self.model, "allocations").order_by("pk")


class PlotPartQuerySet(RecordedQuerySet):
    """Parts of a plot are as visible as the plot."""

    def visible_to(self, user: Any) -> Self:
        if sees_everything(user):
            return self
        return self.filter(plot__in=related(self.model, "plot").visible_to(user))


class AllocationQuerySet(RecordedQuerySet):
    def live(self) -> Self:
        return self.filter(state__in=LIVE)

    def on(self, day: date) -> Self:
        """What holds a plot on this day."""
        return self.live().filter(during__contains=day)

    def of_organisation_of(self, user: Any) -> Self:
        """Made for the organisation of this user, or for a project that it takes part in."""
        organisation = getattr(user, "organisation_id", None)
        if organisation is None:
            return self.none()
        parties = related(related(self.model, "project").model, "parties").current()
        projects = parties.filter(organisation=organisation).values("project")
        return self.filter(Q(organisation=organisation) | Q(project__in=projects))

    def visible_to(self, user: Any) -> Self:
        """Outsiders are told of what was allocated to a project they may know of; never who only reserved."""
        if sees_everything(user):
            return self
        told = Q(
            Q(organisation=None) | Q(organisation__in=related(self.model, "organisation").visible_to(user)),
            state=AllocationState.ALLOCATED,
            plot__in=related(self.model, "plot").visible_to(user),
            project__in=related(self.model, "project").visible_to(user),
        )
        own = self.model._default_manager.of_organisation_of(user)  # type: ignore[attr-defined]
        return self.filter(told | Q(pk__in=own.order_by().values("pk")))
