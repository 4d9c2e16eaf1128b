"""Reads of organisations and people."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from core.ledger import RecordedQuerySet
from core.policies import sees_everything
from core.querysets import SearchableQuerySet


class OrganisationQuerySet(SearchableQuerySet):
    def _own(self, user: Any) -> Q:
        return Q(pk=getattr(user, "organisation_id", None))

    def for_display(self) -> Self:
        """With all that a list or a card shows; reading anything else is an error, not a query."""
        return (
            self.select_related("source", "parent", "legal_basis")
            .prefetch_related("other_sources")
            .order_by("sort_kk", "pk")
            .fetch_mode(models.FETCH_RAISE)
        )


class PeopleQuerySet(RecordedQuerySet):
    """Users, invitations and API clients: the house sees them, anybody else only what is his own."""

    def visible_to(self, user: Any) -> Self:
        return self if sees_everything(user) else self.none()


class UserQuerySet(PeopleQuerySet):
    def visible_to(self, user: Any) -> Self:
        return self if sees_everything(user) else self.filter(pk=getattr(user, "user_id", None))

    def get_by_natural_key(self, username: str) -> Any:
        return self.get(username__iexact=username)
