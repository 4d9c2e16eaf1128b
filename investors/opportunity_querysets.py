"""Reads of opportunities."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Prefetch, Q

from core.ledger import RecordedQuerySet
from core.policies import sees_everything
from core.querysets import SearchableQuerySet, related
from investors.choices import OpportunityState


class OpportunityQuerySet(SearchableQuerySet):
    def real(self) -> Self:
        """Without what is invented for trying out: no total counts it."""
        return self.filter(is_demo=False)

    def visible_to(self, user: Any) -> Self:
        """A draft is for the house, whatever is prepared for it."""
        rows = super().visible_to(user)
        return rows if sees_everything(user) else rows.exclude(state=OpportunityState.DRAFT)

    def taking_answers(self, today: date) -> Self:
        """Open, and the day on which it closes has not passed."""
        return self.filter(Q(closes_on=None) | Q(closes_on__gte=today), state=OpportunityState.OPEN)

    def for_display(self, user: Any, today: date) -> Self:
        """With what a card or the API shows: the district, and of its plots those that this reader may see."""
        plots = related(self.model, "plots").visible_to(user).with_availability(today).order_by("pk")
        return (
            self.select_related("district", "source")
            .prefetch_related(Prefetch("plots", plots, to_attr="visible_plots"))
            .order_by("pk")
            .fetch_mode(models.FETCH_RAISE)
        )


class OpportunityPlotQuerySet(RecordedQuerySet):
    """Seen where both are."""

    def visible_to(self, user: Any) -> Self:
        if sees_everything(user):
            return self
        return self.filter(
            opportunity__in=related(self.model, "opportunity").visible_to(user),
            plot__in=related(self.model, "plot").visible_to(user),
        )
