"""Reads of what was said in public."""

from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef

from core.querysets import PublishedQuerySet, related


class PublishedFigureQuerySet(PublishedQuerySet):
    """What was said in public. Whether one figure contradicts another is no question here: all are shown."""

    def for_display(self, user: Any) -> Self:
        """With `organisation_is_visible`: a published figure does not tell of an organisation that is not."""
        known = related(self.model, "organisation").visible_to(user).filter(pk=OuterRef("organisation"))
        return (
            self.select_related("district", "organisation", "source")
            .prefetch_related("other_sources")
            .annotate(organisation_is_visible=Exists(known.order_by()))
            .order_by("-said_on_day", "pk")
            .fetch_mode(models.FETCH_RAISE)
        )
