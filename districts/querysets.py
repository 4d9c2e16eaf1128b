"""Reads of districts, projects, figures and claims."""

from datetime import date
from typing import Any, Self

from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Case, Count, Exists, F, Func, OuterRef, Prefetch, Q, Subquery, When
from django.db.models.functions import Coalesce, JSONObject

from core.choices import ScanState
from core.ledger import RecordedQuerySet
from core.policies import sees_everything
from core.querysets import (
    OpenQuerySet,
    PublishedQuerySet,
    ReadAt,
    SearchableQuerySet,
    last_day,
    related,
    shown_to,
)
from districts.choices import MilestoneStatus, PublicationState


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


class PublicationQuerySet(RecordedQuerySet):
    """What is on its way to the public is the house's own."""

    def visible_to(self, user: Any) -> Self:
        return self if sees_everything(user) else self.none()

    def of(self, row: models.Model) -> Self:
        return self.filter(model=row._meta.label_lower, object_id=row.pk)

    def waiting(self) -> Self:
        """Ready for a second person."""
        return self.filter(state=PublicationState.READY)

    def with_changes(self) -> Self:
        """More waits in the draft than is withheld on purpose, or words were confirmed."""
        more = Func(
            F("draft"), F("withheld"), template="((%(expressions)s) <> '{}'::jsonb)", arg_joiner=" - "
        )
        changed = models.ExpressionWrapper(more, output_field=models.BooleanField())
        return self.alias(changed=changed).filter(Q(changed=True) | ~Q(confirmed=[]))

    def under_embargo(self) -> Self:
        """Published, and its time has not come."""
        return self.filter(state=PublicationState.PUBLISHED, published_at__gt=ReadAt())

    def taken_down(self) -> Self:
        return self.filter(state=PublicationState.UNPUBLISHED)

    def tombstones(self) -> Self:
        """What the public may know of what is not public any more."""
        return self.filter(was_public=True).exclude(state=PublicationState.PUBLISHED)

    def sizes(self) -> dict[str, int]:
        """How many wait, are changed, are under embargo, were taken down; one query."""
        sets = {
            "ready": self.waiting(),
            "changed": self.with_changes(),
            "embargo": self.under_embargo(),
            "down": self.taken_down(),
        }
        counted = {
            name: Count("pk", filter=Q(pk__in=rows.order_by().values("pk"))) for name, rows in sets.items()
        }
        return self.order_by().aggregate(**counted)

    def tombstone(self, model: type[models.Model], object_id: int) -> Any:
        """The day and the public words of an object that once was public and was taken down; or None."""
        return self.filter(model=model._meta.label_lower, object_id=object_id, was_public=True).first()


class PlaceQuerySet(PublishedQuerySet):
    def for_map(self) -> Self:
        return self.filter(geometry__isnull=False).order_by("kind", "pk").fetch_mode(models.FETCH_RAISE)


class ProjectQuerySet(SearchableQuerySet):
    def real(self) -> Self:
        """Without what is invented for trying out: no total counts it."""
        return self.filter(is_demo=False)

    def _own(self, user: Any) -> Q:
        """A party of the project sees it before it is published."""
        organisation = getattr(user, "organisation_id", None)
        if organisation is None:
            return Q(pk__in=[])
        parties = related(self.model, "parties").filter(organisation=organisation, until=None)
        return Q(pk__in=parties.values("project"))

    def _holding(self, word: str, user: Any) -> Q:
        """In the names of the project, or of those who take part in it and whom the user may know of."""
        parties = related(self.model, "parties").with_organisation_holding(word, user)
        return super()._holding(word, user) | Q(pk__in=parties.values("project"))

    def with_next_term(self) -> Self:
        """`next_term`: of the milestones that are scheduled, the one expected first, as JSON; None without one."""
        columns = {name: name for name in ("name_kk", "name_ru", "name_en", "day", "precision")}
        nearest = self._milestones().expected().values(json=JSONObject(**columns))
        return self.annotate(next_term=Subquery(nearest[:1]))

    def moved(self) -> Self:
        """A milestone is now expected later than it was first due."""
        return self.filter(Exists(self._milestones().moved()))

    def silent(self, today: date) -> Self:
        """The time of a milestone has passed without a word that it was met or missed."""
        return self.filter(Exists(self._milestones().silent(today)))

    def of_year(self, year: int) -> Self:
        """A milestone is expected or was met in this year, or the project entered a stage in it."""
        stages = related(self.model, "stage_changes").filter(project=OuterRef("pk"), on_day__year=year)
        return self.filter(Exists(self._milestones().of_year(year)) | Exists(stages))

    def _milestones(self) -> Any:
        return related(self.model, "milestones").filter(project=OuterRef("pk"))

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


class DocumentQuerySet(SearchableQuerySet):
    def visible_to(self, user: Any) -> Self:
        """A published document tells of nothing that is not published, and of no file that was not found clean."""
        documents = super().visible_to(user)
        if sees_everything(user):
            return documents
        for subject in ("project", "plot"):
            known = Q(**{subject: None}) | Q(
                **{f"{subject}__in": related(self.model, subject).visible_to(user)}
            )
            documents = documents.filter(known)
        return documents.filter(file__scan_state=ScanState.CLEAN)

    def of_district(self, district: models.Model) -> Self:
        """What is about the district, and what is about the whole city."""
        return self.filter(Q(district=district) | Q(district=None, project=None, plot=None))

    def for_display(self) -> Self:
        return (
            self.select_related("file", "source", "district", "project", "plot")
            .order_by("-published_day", "-pk")
            .fetch_mode(models.FETCH_RAISE)
        )


class StatementQuerySet(RecordedQuerySet):
    """Figures and claims: everybody reads the published one that was chosen, the house all that was said."""

    def visible_to(self, user: Any) -> Self:
        """What is said of an invented project is never published: whoever sees the project sees it."""
        if sees_everything(user):
            return self
        open_to = shown_to(user) | Q(project__is_demo=True)
        return self.filter(self._of_visible(user, "project"), open_to, chosen=True)

    def real(self) -> Self:
        """Without what is said of what is invented."""
        return self.filter(Q(project=None) | Q(project__is_demo=False))

    def _of_visible(self, user: Any, subject: str) -> Q:
        """A published statement does not tell of a subject that is not."""
        return Q(**{subject: None}) | Q(**{f"{subject}__in": related(self.model, subject).visible_to(user)})

    def of_the_city(self) -> Self:
        return self.filter(district=None, project=None)

    def undecided(self) -> Self:
        """Said of one thing more than once, none of it chosen yet. The rule of the chosen one names the thing."""
        rules = self.model._meta.constraints
        same = next(rule.fields for rule in rules if rule.name.endswith("_one_chosen"))  # type: ignore[attr-defined]
        things = self.model._base_manager.order_by().values(*same)
        open_ones = things.annotate(said=Count("pk"), shown=Count("pk", filter=Q(chosen=True)))
        keys = Func(ArrayAgg("pk"), function="unnest", output_field=models.BigIntegerField())
        return self.filter(pk__in=open_ones.filter(said__gt=1, shown=0).annotate(key=keys).values("key"))

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

    def real(self) -> Self:
        return self.filter(project__is_demo=False)

    def visible_to(self, user: Any) -> Self:
        if sees_everything(user):
            return self
        return self.filter(project__in=related(self.model, "project").visible_to(user))


class PartyQuerySet(PartQuerySet):
    def current(self) -> Self:
        return self.filter(until=None)

    def with_organisation_holding(self, word: str, user: Any) -> Self:
        """Current parts of organisations that this user may know of, with the word in one of their names."""
        organisations = related(self.model, "organisation").visible_to(user).search(word)
        return self.current().filter(organisation__in=organisations.order_by())


class MilestoneQuerySet(PartQuerySet):
    def moved(self) -> Self:
        """Expected after the whole of the period in which it was first due."""
        return self.filter(forecast_day__gt=last_day("baseline"))

    def silent(self, today: date) -> Self:
        """Scheduled, and the last day of the period in which it was expected has passed."""
        ends = Coalesce(last_day("forecast"), last_day("baseline"))
        return self.filter(status=MilestoneStatus.SCHEDULED).annotate(ends=ends).filter(ends__lt=today)

    def expected(self) -> Self:
        """Scheduled, with the `day` and `precision` of the term as last said; the nearest first."""
        precision = Case(
            When(forecast_day__isnull=False, then="forecast_precision"), default="baseline_precision"
        )
        due = self.filter(status=MilestoneStatus.SCHEDULED).annotate(
            day=Coalesce("forecast_day", "baseline_day"), precision=precision
        )
        return due.filter(day__isnull=False).order_by("day", "pk")

    def next_day(self) -> Any:
        """The day of the nearest of these, as a subquery takes it."""
        return self.expected().values("day")[:1]

    def of_year(self, year: int) -> Self:
        """Met in this year; until it is met, expected in it, as last said."""
        return self.annotate(day=Coalesce("met_day", "forecast_day", "baseline_day")).filter(day__year=year)


def _chosen_figures(model: type[models.Model], user: Any) -> Prefetch:
    figures = related(model, "figures").visible_to(user).filter(chosen=True)
    return Prefetch("figures", figures.select_related("source").order_by("pk"), to_attr="chosen_figures")
