"""Reads of districts, projects, figures and claims."""

from typing import Any, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Count, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce

from core.ledger import RecordedQuerySet
from core.policies import levels_open_to, sees_everything
from core.querysets import OpenQuerySet, PublishedQuerySet, SearchableQuerySet, related


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

    def with_places(self, user: Any) -> Self:
        """`visible_places`, and in `place_order` their ids as the text on where the district lies names them."""
        places = related(self.model, "places").visible_to(user)
        through = self.model._meta.get_field("places").through  # type: ignore[union-attr]
        bounds = through.objects.filter(district=OuterRef("pk"), place__in=places).order_by("order", "pk")
        return self.prefetch_related(Prefetch("places", places, to_attr="visible_places")).annotate(
            place_order=ArraySubquery(bounds.values("place_id"))
        )

    def with_project_count(self, user: Any) -> Self:
        """`project_count`: of the projects that this reader may see."""
        projects = related(self.model, "projects").visible_to(user).filter(district=OuterRef("pk"))
        count = projects.order_by().values("district").annotate(n=Count("pk")).values("n")
        return self.annotate(project_count=Coalesce(Subquery(count), 0))


class PlaceQuerySet(PublishedQuerySet):
    def for_map(self) -> Self:
        return self.filter(geometry__isnull=False).order_by("kind", "pk").fetch_mode(models.FETCH_RAISE)


class ProjectQuerySet(SearchableQuerySet):
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
        return self.filter(
            self._of_visible(user, "project"), visibility__in=levels_open_to(user), chosen=True
        )

    def _of_visible(self, user: Any, subject: str) -> Q:
        """A published statement does not tell of a subject that is not."""
        return Q(**{subject: None}) | Q(**{f"{subject}__in": related(self.model, subject).visible_to(user)})

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
    def visible_to(self, user: Any) -> Self:
        claims = super().visible_to(user)
        return claims if sees_everything(user) else claims.filter(self._of_visible(user, "organisation"))

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
