"""Reads of meetings and instructions."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q

from core.ledger import RecordedQuerySet
from core.policies import sees_everything
from core.querysets import SearchableQuerySet, related
from tasks.choices import WAITING, ProtocolKind


class MeetingQuerySet(SearchableQuerySet):
    def for_display(self) -> Self:
        return (
            self.select_related("source", "chair_post")
            .prefetch_related("districts", "agenda", "attendances__organisation")
            .order_by("-held_day", "-pk")
            .fetch_mode(models.FETCH_RAISE)
        )

    def with_protocols(self, user: Any) -> Self:
        """Protocols, their items, and of the instructions in them those that this reader may see.

        A protocol is the house's own paper: outsiders read what was released to the press, without the words of
        instructions that they may not see.
        """
        protocols = related(self.model, "protocols")
        items = related(protocols.model, "items")
        given = related(items.model, "instructions")
        instructions = given.visible_to(user).order_by("pk")
        if not sees_everything(user):
            protocols = protocols.filter(kind=ProtocolKind.PRESS_RELEASE)
            hidden = given.exclude(pk__in=instructions.values("pk")).exclude(source_item=None)
            items = items.exclude(pk__in=hidden.values("source_item"))
        items = items.order_by("order").prefetch_related(
            Prefetch("instructions", instructions, to_attr="visible_instructions")
        )
        papers = protocols.select_related("source").order_by("pk").prefetch_related(Prefetch("items", items))
        return self.prefetch_related(Prefetch("protocols", papers))


class MeetingPartQuerySet(RecordedQuerySet):
    """Agenda, attendance and protocols are as visible as their meeting."""

    def visible_to(self, user: Any) -> Self:
        if sees_everything(user):
            return self
        return self.filter(meeting__in=related(self.model, "meeting").visible_to(user))


class InstructionQuerySet(SearchableQuerySet):
    def _own(self, user: Any) -> Q:
        """What an organisation must do concerns it, published or not."""
        organisation = getattr(user, "organisation_id", None)
        if organisation is None:
            return Q(pk__in=[])
        executors = related(self.model, "executors").filter(
            instruction=OuterRef("pk"), organisation=organisation
        )
        return Q(Exists(executors)) | Q(issuer=organisation)

    def overdue(self, today: date) -> Self:
        """The due day has passed and nothing final was handed in (as `Instruction.is_overdue`)."""
        return self.filter(state__in=WAITING, due__lt=today)

    def with_visible_links(self, user: Any) -> Self:
        """`project_is_visible` and so on: what an instruction refers to may be hidden from its reader."""
        project = related(self.model, "project").visible_to(user).filter(pk=OuterRef("project"))
        items = related(self.model, "source_item")
        meetings = related(related(items.model, "protocol").model, "meeting").visible_to(user)
        meeting = meetings.filter(pk=OuterRef("source_item__protocol__meeting"))
        issuer = related(self.model, "issuer").visible_to(user).filter(pk=OuterRef("issuer"))
        return self.annotate(
            project_is_visible=Exists(project),
            meeting_is_visible=Exists(meeting),
            issuer_is_visible=Exists(issuer),
        )

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
