"""Reads of districts, projects, figures and claims."""

from typing import Any, Self

from django.db import models
from django.db.models import Prefetch, Q

from core.ledger import RecordedQuerySet
from core.policies import levels_open_to, sees_everything
from core.querysets import OpenQuerySet, PublishedQuerySet, Searchable, related


class DistrictQuerySet(OpenQuerySet):
    """The four districts are public."""

    def for_display(self, user: Any) -> Self:
        """With what a card or the API shows: chosen figures with their sources."""
        return (
            self.select_related("source")
            .prefetch_related(_chosen_figures(self.model, user))
            .order_by("south_order")
            .fetch_mode(models.FETCH_RAISE)
        )


class PlaceQuerySet(PublishedQuerySet):
    def for_map(self) -> Self:
        return self.exclude(geometry=None).order_by("kind", "pk").fetch_mode(models.FETCH_RAISE)


class ProjectQuerySet(Searchable, PublishedQuerySet):
    def _own(self, user: Any) -> Q:
        """A party of the project sees it before it is published."""
        organisation = getattr(user, "organisation_id", None)
        if organisation is None:
            return Q(pk__in=[])
        parties = related(self.model, "parties").filter(organisation=organisation, until=None)
        return Q(pk__in=parties.values("project"))

    def for_display(self, user: Any) -> Self:
        """With all that a list or a card shows; reading anything else is an error, not a query."""
        parties = related(self.model, "parties").select_related("organisation").order_by("pk")
        milestones = related(self.model, "milestones").select_related("source").order_by("pk")
        return (
            self.select_related("district", "source")
            .prefetch_related(
                _chosen_figures(self.model, user),
                Prefetch("parties", parties),
                Prefetch("milestones", milestones),
                "other_sources",
            )
            .order_by("pk")
            .fetch_mode(models.FETCH_RAISE)
        )


class StatementQuerySet(RecordedQuerySet):
    """Figures and claims: everybody reads the published one that was chosen, the house all that was said."""

    def visible_to(self, user: Any) -> Self:
        if sees_everything(user):
            return self
        return self.filter(visibility__in=levels_open_to(user), chosen=True)

    def of_the_city(self) -> Self:
        return self.filter(district=None, project=None)

    def for_display(self) -> Self:
        return (
            self.select_related("source")
            .prefetch_related("other_sources")
            .order_by("-chosen", "pk")
            .fetch_mode(models.FETCH_RAISE)
        )


class ClaimQuerySet(StatementQuerySet):
    def of_the_city(self) -> Self:
        return super().of_the_city().filter(organisation=None)


class PartQuerySet(RecordedQuerySet):
    """Parts of a project (parties, milestones, stages) are as visible as the project."""

    def visible_to(self, user: Any) -> Self:
        if sees_everything(user):
            return self
        return self.filter(project__in=related(self.model, "project").visible_to(user))


def _chosen_figures(model: type[models.Model], user: Any) -> Prefetch:
    figures = related(model, "figures").visible_to(user).filter(chosen=True)
    return Prefetch("figures", figures.select_related("source").order_by("pk"), to_attr="chosen_figures")
