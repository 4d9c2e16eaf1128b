"""Reads of calendars of terms."""

from typing import Any, Self

from django.db import models

from core.ledger import RecordedQuerySet


class FeedQuerySet(RecordedQuerySet):
    def visible_to(self, user: Any) -> Self:
        """A person's own: nobody else needs to know that he has one."""
        return self.filter(owner=getattr(user, "user_id", None) or 0)

    def live(self) -> Self:
        return self.filter(revoked_on=None)

    def for_display(self) -> Self:
        return self.select_related("organisation").order_by("-pk").fetch_mode(models.FETCH_RAISE)
