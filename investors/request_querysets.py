"""Reads of requests and of what was written in them."""

from datetime import date
from typing import Any, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject

from core.ledger import RecordedQuerySet
from core.policies import sees_everything
from core.querysets import related
from investors.request_choices import REQUEST_FINAL, Side


class RequestQuerySet(RecordedQuerySet):
    """A request is between the house and the investors of one organisation."""

    def visible_to(self, user: Any) -> Self:
        if sees_everything(user):
            return self
        if not getattr(user, "is_investor", False):
            return self.none()
        return self.filter(organisation=user.organisation_id)

    def live(self) -> Self:
        return self.exclude(state__in=REQUEST_FINAL)

    def with_office(self) -> Self:
        return self.filter(holder=Side.OFFICE)

    def with_investor(self) -> Self:
        return self.filter(holder=Side.INVESTOR)

    def late(self, today: date) -> Self:
        """The office had promised to answer by now."""
        return self.with_office().filter(promised_on__lt=today)

    def waiting_first(self) -> Self:
        """What somebody has to move on top, by its date; then what is over, the newest on top."""
        return self.annotate(
            is_over=Q(state__in=REQUEST_FINAL),
            term=models.Case(
                models.When(holder=Side.OFFICE, then=F("promised_on")),
                models.When(holder=Side.INVESTOR, then=F("wanted_by")),
                output_field=models.DateField(),
            ),
        ).order_by("is_over", F("term").asc(nulls_last=True), "-pk")

    def for_display(self, user: Any) -> Self:
        """With what a list shows: whose it is, who held it when, how many messages, some of them new to the reader."""
        messages = related(self.model, "messages").filter(request=OuterRef("pk")).order_by()
        seen = related(self.model, "seen").filter(
            request=OuterRef("request"), reader=getattr(user, "pk", None)
        )
        own = Side.INVESTOR if getattr(user, "is_investor", False) else Side.OFFICE
        new = messages.exclude(side=own).filter(pk__gt=Coalesce(Subquery(seen.values("upto")[:1]), Value(0)))
        holds = related(self.model, "holds").filter(request=OuterRef("pk")).order_by("during")
        span = JSONObject(holder="holder", since="during__startswith", until="during__endswith")
        return (
            self.select_related("organisation", "opened_by", "handler")
            .annotate(
                has_new=Exists(new),
                spans=ArraySubquery(holds.values(json=span)),
                message_count=Coalesce(
                    Subquery(messages.values("request").annotate(number=Count("pk")).values("number")),
                    Value(0),
                ),
            )
            .fetch_mode(models.FETCH_RAISE)
        )


class OfRequestQuerySet(RecordedQuerySet):
    """Parts of a request: seen by whoever sees it."""

    request = "request"

    def visible_to(self, user: Any) -> Self:
        if sees_everything(user):
            return self
        if not getattr(user, "is_investor", False):
            return self.none()
        return self.filter(**{f"{self.request}__organisation": user.organisation_id})


class MessageQuerySet(OfRequestQuerySet):
    def for_display(self) -> Self:
        return (
            self.select_related("author")
            .prefetch_related("files__file")
            .order_by("pk")
            .fetch_mode(models.FETCH_RAISE)
        )


class MessageFileQuerySet(OfRequestQuerySet):
    request = "message__request"
