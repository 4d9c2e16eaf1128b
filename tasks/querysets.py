"""Reads of meetings and instructions."""

from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q

from core.ledger import RecordedQuerySet
from core.policies import sees_everything
from core.querysets import PublishedQuerySet, Searchable, related


class MeetingQuerySet(PublishedQuerySet):
    def for_display(self) -> Self:
        return (
            self.select_related("source", "chair_post")
            .prefetch_related("districts", "agenda", "attendances__organisation")
            .order_by("-held_day", "-pk")
            .fetch_mode(models.FETCH_RAISE)
        )


class MeetingPartQuerySet(RecordedQuerySet):
    """Agenda, attendance and protocols are as visible as their meeting."""

    def visible_to(self, user: Any) -> Self:
        if sees_everything(user):
            return self
        return self.filter(meeting__in=related(self.model, "meeting").visible_to(user))


class InstructionQuerySet(Searchable, PublishedQuerySet):
    def _own(self, user: Any) -> Q:
        """What an organisation must do concerns it, published or not."""
        organisation = getattr(user, "organisation_id", None)
        if organisation is None:
            return Q(pk__in=[])
        executors = related(self.model, "executors").filter(instruction=OuterRef("pk"), organisation=organisation)
        return Q(Exists(executors)) | Q(issuer=organisation)

    def for_display(self) -> Self:
        """With all that a list or a card shows; reading anything else is an error, not a query."""
        executors = related(self.model, "executors").select_related("organisation").order_by("-role", "pk")
        return (
            self.select_related("issuer", "district", "project", "source", "source_item__protocol__meeting")
            .prefetch_related(Prefetch("executors", executors), "other_sources")
            .order_by("-issued_day", "-pk")
            .fetch_mode(models.FETCH_RAISE)
        )


class ExecutorQuerySet(RecordedQuerySet):
    def visible_to(self, user: Any) -> Self:
        if sees_everything(user):
            return self
        return self.filter(instruction__in=related(self.model, "instruction").visible_to(user))
