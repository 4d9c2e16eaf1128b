"""Reads of reminders and escalations."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q

from accounts.models import User
from core.policies import sees_everything
from core.querysets import OpenQuerySet, related
from tasks.choices import WAITING, Recipients
from tasks.querysets.parts import PartQuerySet
from tasks.querysets.whose import organisations_of
from tasks.reporting_choices import HANDED_IN


class ReminderRuleQuerySet(OpenQuerySet):
    """Who is reminded when is no secret."""


class ReminderQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """An organisation sees what its own people get, as long as the instruction or the duty concerns it."""
        if sees_everything(user):
            return self
        mine = organisations_of(user, "recipient__organisation")
        if mine is None:
            return self.none()
        instructions = related(self.model, "instruction").concerning(user)
        duties = related(self.model, "duty").visible_to(user)
        return self.filter(mine, Q(instruction__in=instructions) | Q(duty__in=duties))

    def pending(self) -> Self:
        return self.filter(sent_at=None, cancelled_at=None)

    def due(self, day: date) -> Self:
        """What the sender sends on the day, whatever was planned: nothing of what is handed in or closed, and nothing
        of a former term. What should have gone earlier is among it."""
        holds = Q(rule__recipients=Recipients.CO) | Q(occurrence=F("instruction__due"))
        return self.pending().filter(
            Q(holds, instruction__state__in=WAITING) | self._owed(),
            planned_for__lte=day,
            recipient__in=User.objects.with_access(day),
            rule__is_active=True,
        )

    def _owed(self) -> Q:
        """Of a duty in force in a period that is not locked, and of which nothing was submitted."""
        in_force = Q(duty__until=None) | Q(duty__until__gte=F("period__starts"))
        reports = related(related(self.model, "period").model, "reports")
        told = reports.filter(
            project=OuterRef("duty__project"), period=OuterRef("period"), state__in=HANDED_IN
        )
        return Q(in_force, ~Exists(told), occurrence=F("period__due_on"), period__locked_at=None)

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
            self.select_related("instruction", "duty__project", "period", "rule", "recipient__organisation")
            .order_by("recipient", "instruction", "duty", "period", "planned_for", "pk")
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
