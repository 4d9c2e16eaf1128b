"""Reads of disputes of figures."""

from typing import Any, Self

from django.db import models

from core.ledger import RecordedQuerySet
from core.policies import sees_everything
from tasks.querysets.whose import organisations_of
from tasks.reporting_choices import DisputeState


class DisputeQuerySet(RecordedQuerySet):
    """Until a new figure is chosen, a dispute is between the house and whoever filed it."""

    def visible_to(self, user: Any) -> Self:
        if sees_everything(user):
            return self
        mine = organisations_of(user)
        return self.none() if mine is None else self.filter(mine)

    def open(self) -> Self:
        return self.filter(state=DisputeState.OPEN)

    def waiting(self) -> Self:
        """For the office, what came first on top."""
        return self.open().order_by("pk")

    def for_display(self) -> Self:
        return self.select_related(
            "figure__project",
            "figure__district",
            "figure__source",
            "organisation",
            "filed_by",
            "decided_by",
            "source_file",
            "recorded",
        ).fetch_mode(models.FETCH_RAISE)
