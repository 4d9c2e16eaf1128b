"""Reads of organisations and people."""

from datetime import date, datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q

from accounts.choices import Role
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

    def office(self) -> Self:
        """Those of the project office who have an account."""
        return self.filter(role=Role.OFFICE, is_active=True)

    def get_by_natural_key(self, username: str) -> Any:
        return self.get(username__iexact=username)


class ApiClientQuerySet(PeopleQuerySet):
    def visible_to(self, user: Any) -> Self:
        """The house sees them, and a person those that act for him."""
        return (
            self
            if sees_everything(user)
            else self.filter(owner__isnull=False, owner=getattr(user, "user_id", None))
        )

    def holding(self, now: datetime) -> Self:
        """Those whose token is taken at this moment."""
        return self.filter(Q(expires_at=None) | Q(expires_at__gt=now), is_active=True)


class SubstitutionQuerySet(PeopleQuerySet):
    """The house sees them, and the two whom one concerns."""

    def visible_to(self, user: Any) -> Self:
        person = getattr(user, "user_id", None)
        return self if sees_everything(user) else self.filter(Q(person=person) | Q(substitute=person))

    def by(self, user: Any, today: date) -> Self:
        """Those under which this user acts for somebody on the day."""
        person = getattr(user, "user_id", None)
        if person is None:
            return self.none()
        return self.filter(substitute=person, during__contains=today, person__is_active=True)
