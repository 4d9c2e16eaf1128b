"""Reads of organisations and people."""

from datetime import date, datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.choices import DeliveryState, Role, WebhookState
from core.ledger import RecordedQuerySet
from core.policies import sees_everything
from core.querysets import SearchableQuerySet, related


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


def _comes_in(prefix: str, today: date) -> Q:
    """Of a row with a person behind `prefix`: the account is open, and its term not over."""
    unended = Q(**{f"{prefix}valid_until": None}) | Q(**{f"{prefix}valid_until__gte": today})
    return unended & Q(**{f"{prefix}is_active": True})


class PeopleQuerySet(RecordedQuerySet):
    """Users, invitations and API clients: the house sees them, anybody else only what is his own."""

    def visible_to(self, user: Any) -> Self:
        return self if sees_everything(user) else self.none()


class UserQuerySet(PeopleQuerySet):
    def visible_to(self, user: Any) -> Self:
        return self if sees_everything(user) else self.filter(pk=getattr(user, "user_id", None))

    def with_access(self, today: date) -> Self:
        """Those who may come in on this day."""
        return self.filter(_comes_in("", today))

    def without_access(self, today: date) -> Self:
        """Those whose account is closed, or whose term is over."""
        return self.exclude(_comes_in("", today))

    def unseen_since(self, day: date) -> Self:
        """Who may come in, and has not since this day; of a new account the day it was made counts."""
        made = Q(last_seen_on=None, created_at__date__lt=day)
        return self.filter(made | Q(last_seen_on__lt=day))

    def for_access(self, now: datetime) -> Self:
        """With all by which each of them comes in, or acts through another: `identities`, `tokens`, `acts_for`."""
        identities = related(self.model, "socialaccount").filter(provider=settings.OIDC.get("id", ""))
        tokens = related(self.model, "api_clients").holding(now).order_by("name", "pk")
        acts = related(self.model, "substitutions").in_force(timezone.localdate(now))
        acts = acts.select_related("person").order_by("pk")
        return (
            self.select_related("organisation")
            .prefetch_related(Prefetch("socialaccount_set", identities, "identities"))
            .prefetch_related(Prefetch("api_clients", tokens, "tokens"))
            .prefetch_related(Prefetch("substitutions", acts, "acts_for"))
            .order_by("role", "username", "pk")
            .fetch_mode(models.FETCH_RAISE)
        )

    def office(self, today: date) -> Self:
        """Those of the project office who may come in on this day."""
        return self.with_access(today).filter(role=Role.OFFICE)

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


class InvitationQuerySet(PeopleQuerySet):
    def open(self, now: datetime) -> Self:
        """Those whose link still works."""
        return self.filter(accepted_at=None, expires_at__gt=now)


class SubstitutionQuerySet(PeopleQuerySet):
    """The house sees them, and the two whom one concerns."""

    def visible_to(self, user: Any) -> Self:
        person = getattr(user, "user_id", None)
        return self if sees_everything(user) else self.filter(Q(person=person) | Q(substitute=person))

    def in_force(self, today: date) -> Self:
        """Those that give rights on the day: of whoever may not come in himself, nobody has any."""
        return self.filter(_comes_in("person__", today), during__contains=today)

    def by(self, user: Any, today: date) -> Self:
        """Those under which this user acts for somebody on the day."""
        person = getattr(user, "user_id", None)
        return self.none() if person is None else self.in_force(today).filter(substitute=person)


def _belongs_to(user: Any, prefix: str = "") -> Q:
    """Webhooks of this person, or of this program (its token acts for its owner where it has one)."""
    kind, _colon, key = getattr(user, "ledger_name", "").partition(":")
    return Q(**{f"{prefix}{kind}": int(key)}) if kind in {"user", "client"} else Q(pk__in=[])


class WebhookQuerySet(PeopleQuerySet):
    """Everybody sees his own, the house all."""

    def visible_to(self, user: Any) -> Self:
        return self if sees_everything(user) else self.filter(_belongs_to(user))

    def for_display(self) -> Self:
        """With all that is shown, the messages that wait and that were given up counted among it."""
        waiting = self._numbered(DeliveryState.PENDING, DeliveryState.FAILED)
        rows = self.select_related("user", "client").order_by("-pk").fetch_mode(models.FETCH_RAISE)
        return rows.annotate(waiting=waiting, dead=self._numbered(DeliveryState.DEAD))

    def _numbered(self, *states: str) -> Coalesce:
        """How many deliveries are in these states; apart, because a view of the past cannot be grouped by its key."""
        rows = related(self.model, "deliveries").filter(endpoint=OuterRef("pk"), state__in=states)
        counted = rows.order_by().values("endpoint").annotate(number=Count("pk")).values("number")
        return Coalesce(Subquery(counted), 0)

    def live(self, now: datetime) -> Self:
        """Those that are called: switched on, and their owners may still come in."""
        client_lives = Q(client__is_active=True) & (
            Q(client__expires_at=None) | Q(client__expires_at__gt=now)
        )
        owner_lives = _comes_in("user__", timezone.localdate(now))
        return self.filter(owner_lives | client_lives, state=WebhookState.ACTIVE)


class DeliveryQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        return self if sees_everything(user) else self.filter(_belongs_to(user, "endpoint__"))

    def waiting(self) -> Self:
        """What is still to be sent."""
        return self.filter(state__in=[DeliveryState.PENDING, DeliveryState.FAILED])

    def due(self, now: datetime) -> Self:
        """What may be tried at this moment, the oldest debt first; not to an address that is left alone for a while."""
        is_called = Q(endpoint__quiet_until=None) | Q(endpoint__quiet_until__lte=now)
        live = related(self.model, "endpoint").live(now)
        due = self.waiting().filter(is_called, next_try_at__lte=now, endpoint__in=live)
        return due.order_by("next_try_at", "pk")

    def late(self, since: datetime) -> Self:
        """What may be tried, and might have been at that moment already: nobody is to blame for what has to wait."""
        return self.due(timezone.now()).exclude(
            Q(next_try_at__gt=since) | Q(endpoint__quiet_until__isnull=False, endpoint__quiet_until__gt=since)
        )


class SessionQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """One's own, of whatever role."""
        person = getattr(user, "user_id", None)
        return self.filter(user__isnull=False, user=person)

    def live(self, now: datetime) -> Self:
        return self.filter(expire_date__gt=now)
