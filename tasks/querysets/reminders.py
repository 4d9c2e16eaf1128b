"""Reads of reminders and escalations."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Prefetch, Q

from core.policies import sees_everything
from core.querysets import OpenQuerySet, related
from tasks.choices import WAITING, Recipients
from tasks.querysets.parts import PartQuerySet
from tasks.querysets.whose import organisations_of


class ReminderRuleQuerySet(OpenQuerySet):
    """Who is reminded when is no secret."""


class ReminderQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """An organisation sees what its own people get, as long as the instruction concerns it."""
        if sees_everything(user):
            return self
        mine = organisations_of(user, "recipient__organisation")
        if mine is None:
            return self.none()
        return self.filter(mine, instruction__in=related(self.model, "instruction").concerning(user))

    def pending(self) -> Self:
        return self.filter(sent_at=None, cancelled_at=None)

    def due(self, day: date) -> Self:
        """What the sender sends on the day, whatever was planned: nothing of what is handed in or closed, and nothing
        of a former term. What should have gone earlier is among it."""
        holds = Q(rule__recipients=Recipients.CO) | Q(occurrence=F("instruction__due"))
        return self.pending().filter(
            holds,
            planned_for__lte=day,
            instruction__state__in=WAITING,
            recipient__is_active=True,
            rule__is_active=True,
        )

    def on(self, day: date, today: date) -> Self:
        """What goes on the day: what went, of a day that is over; before it comes, what goes on the days between
        does not wait for it."""
        if day < today:
            return self.filter(sent_at__date=day)
        return self.due(day) if day == today else self.due(day).filter(planned_for=day)

    def told(self) -> Self:
        """What was sent or will be, oldest first."""
        return self.filter(cancelled_at=None).order_by("planned_for", "pk")

    def for_display(self) -> Self:
        return (
            self.select_related("instruction", "rule", "recipient__organisation")
            .order_by("recipient", "instruction", "planned_for", "pk")
            .fetch_mode(models.FETCH_RAISE)
        )


class EscalationQuerySet(PartQuerySet):
    def open(self) -> Self:
        return self.filter(closed_at=None)

    def unacknowledged(self) -> Self:
        return self.open().filter(acknowledged_at=None)

    def for_display(self) -> Self:
        """With what policies ask of the instruction."""
        executors = related(related(self.model, "instruction").model, "executors")
        instructions = (
            related(self.model, "instruction")
            .with_deciders()
            .prefetch_related(Prefetch("executors", executors.select_related("organisation")))
            .fetch_mode(models.FETCH_RAISE)
        )
        return (
            self.select_related("acknowledged_by", "acknowledged_for")
            .prefetch_related(Prefetch("instruction", instructions))
            .order_by("-level", "opened_at", "pk")
            .fetch_mode(models.FETCH_RAISE)
        )
