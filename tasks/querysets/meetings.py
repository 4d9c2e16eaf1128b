"""Reads of meetings."""

from typing import Any, Self

from django.db import models
from django.db.models import Prefetch

from core.ledger import RecordedQuerySet
from core.policies import sees_everything
from core.querysets import SearchableQuerySet, related
from tasks.choices import ItemState, ProtocolKind


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

        Items count once a person has confirmed them. A protocol is the house's own paper: outsiders read what was
        released to the press, without the words of instructions that they may not see.
        """
        protocols = related(self.model, "protocols")
        items = related(protocols.model, "items").filter(state=ItemState.CONFIRMED)
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
