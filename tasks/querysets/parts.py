"""Reads of what belongs to an instruction."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from core.ledger import RecordedQuerySet
from core.policies import sees_everything
from core.querysets import related
from tasks.choices import LIVE, UNDECIDED, ReportState
from tasks.querysets.whose import organisations_of


class ExecutorQuerySet(RecordedQuerySet):
    def visible_to(self, user: Any) -> Self:
        if sees_everything(user):
            return self
        return self.filter(instruction__in=related(self.model, "instruction").visible_to(user))

    def live(self) -> Self:
        """Not released by a re-assignment; the responsible one first."""
        return self.filter(released_on=None).order_by("-role", "pk")


class PartQuerySet(RecordedQuerySet):
    """The inner life of an instruction: seen by the house and by those whom the instruction concerns."""

    owner = "instruction"

    def visible_to(self, user: Any) -> Self:
        if sees_everything(user):
            return self
        field: Any = self.model
        for step in self.owner.split("__"):
            field = field._meta.get_field(step).related_model
        return self.filter(**{f"{self.owner}__in": field.objects.concerning(user)})


class ContributionQuerySet(PartQuerySet):
    owner = "executor__instruction"

    def for_display(self) -> Self:
        return (
            self.prefetch_related("evidence__file").order_by("sent_on", "pk").fetch_mode(models.FETCH_RAISE)
        )


class HoldQuerySet(PartQuerySet):
    def now(self) -> Self:
        return self.filter(during__upper_inf=True)


class ExtensionQuerySet(PartQuerySet):
    def undecided(self) -> Self:
        return self.filter(state__in=UNDECIDED)

    def for_display(self) -> Self:
        return (
            self.select_related(
                "instruction__issuer",
                "organisation",
                "asked_by",
                "asked_for",
                "taken_up_by",
                "decided_by",
                "decided_for",
                "corrects",
            )
            .order_by("-pk")
            .fetch_mode(models.FETCH_RAISE)
        )


class ReportQuerySet(PartQuerySet):
    def visible_to(self, user: Any) -> Self:
        """A draft is its organisation's own, until it is handed in."""
        mine = organisations_of(user)
        handed_in = ~Q(state=ReportState.DRAFT)
        return super().visible_to(user).filter(handed_in if mine is None else handed_in | mine)

    def live(self) -> Self:
        return self.filter(state__in=LIVE)

    def for_display(self) -> Self:
        return (
            self.select_related("organisation")
            .prefetch_related("evidence__file")
            .order_by("pk")
            .fetch_mode(models.FETCH_RAISE)
        )


class EvidenceQuerySet(RecordedQuerySet):
    def visible_to(self, user: Any) -> Self:
        """The right to it is the right to what it proves."""
        reports = related(self.model, "report").visible_to(user)
        contributions = related(self.model, "contribution").visible_to(user)
        progress = related(self.model, "progress").visible_to(user)
        return self.filter(
            Q(report__in=reports) | Q(contribution__in=contributions) | Q(progress__in=progress)
        )
