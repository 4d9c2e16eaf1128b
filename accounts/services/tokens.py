"""Tokens of programs: issued, renewed beside the one before, revoked, and their owners warned before they end."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import ApiClient, User
from accounts.policies import require
from accounts.services.news import tell_of_security
from core import ledger, notices
from core.exceptions import Conflict, Forbidden

TOKEN_BEGINS = "alt_"
#: A person's own token ends after a year at the latest.
LONGEST = timedelta(days=366)
#: For so long the token before may hold beside a new one.
GRACE, LONGEST_GRACE = timedelta(days=7), timedelta(days=30)
#: So long before its end the owner of a token is warned.
WARNINGS = (timedelta(days=14), timedelta(days=1))


def digest(token: str) -> str:
    """What is kept of a token: its SHA-256. It has 256 random bits, so no salt is needed."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def issue_token(*, by: Any, name: str, scopes: list[str], **facts: Any) -> tuple[ApiClient, str]:
    """A new API client and its token, which is shown this once and kept only as a hash."""
    require(by, "issue_token")
    if facts.get("owner") not in (None, by):
        raise Forbidden(_("A token acts for an organisation or for yourself, not for another person."))
    return new_client(by, name, scopes, facts)


@transaction.atomic
def issue_own_token(*, by: User, name: str, scopes: list[str], expires_at: datetime) -> tuple[ApiClient, str]:
    """A token that acts for the person himself, with his rights of the day and no more; he is told of it."""
    if not getattr(by, "pk", None) or by.user_id != by.pk:
        raise Forbidden(_("A program makes no tokens: its owner does."))
    _bounded(expires_at)
    facts = {"owner": by, "role": by.role, "organisation": by.organisation, "expires_at": expires_at}
    made = new_client(by, name, scopes, facts)
    tell_of_security(by, "issue_token")
    return made


def new_client(by: Any, name: str, scopes: list[str], facts: dict[str, Any]) -> tuple[ApiClient, str]:
    token = _new_token()
    client = ApiClient(name=name, scopes=scopes, **_kept(token), **facts)
    client.full_clean()
    with ledger.acting(by, "issue_token"):
        client.save()
    return client, token


@transaction.atomic
def rotate_token(
    client: ApiClient, *, by: User, expires_at: datetime | None, grace: timedelta = GRACE
) -> str:
    """A new token for the same client, shown this once; the one before holds beside it for the grace, never longer
    than it would have. Only its owner renews a token that acts for a person: whoever sees it is that person.

    Raises Forbidden, Conflict (revoked), ValidationError (`expires_at`, `grace`).
    """
    client = ApiClient.objects.select_for_update().get(pk=client.pk)
    if client.owner_id is None:
        require(by, "rotate_token")
    elif client.owner_id != by.pk:
        raise Forbidden(_("Only the person for whom it acts renews this token."))
    if not client.is_active:
        raise Conflict(_("This token is revoked: make a new one."))
    if client.owner_id:
        _bounded(expires_at)
    if not timedelta(0) <= grace <= LONGEST_GRACE:
        raise ValidationError({"grace": _("The token before may hold for 30 days at most.")})
    now = timezone.now()
    ends = min(one for one in (now + grace, client.expires_at, expires_at) if one)
    holds = grace and ends > now
    client.old_token_hash, client.old_token_until = (client.token_hash, ends) if holds else (None, None)
    client.expires_at = expires_at
    token = _new_token()
    for column, value in _kept(token).items():
        setattr(client, column, value)
    client.full_clean()
    with ledger.acting(by, "rotate_token"):
        client.save()
    if client.owner:
        tell_of_security(client.owner, "rotate_token")
    return token


@transaction.atomic
def revoke_token(client: ApiClient, *, by: User) -> None:
    """By the office, or by the person for whom it acts; it cannot be undone."""
    client = ApiClient.objects.select_for_update(of=("self",)).select_related("owner").get(pk=client.pk)
    if client.owner_id is None or client.owner_id != by.pk:
        require(by, "revoke_token")
    with ledger.acting(by, "revoke_token"):
        ApiClient.objects.filter(pk=client.pk).update(
            is_active=False, old_token_hash=None, old_token_until=None
        )
    if client.owner and client.owner_id != by.pk:
        tell_of_security(client.owner, "revoke_token")


@transaction.atomic
def warn_of_ends(now: datetime) -> int:
    """Tell whose tokens end soon, each warning once: the owner, or the office where a client has none.

    After a time of standstill the nearest warning is given, not those that were missed.
    """
    clients = ApiClient.objects.holding(now).filter(expires_at__lte=now + max(WARNINGS))
    office = list(User.objects.office(timezone.localdate(now)))
    for client in (warned := list(clients.select_related("owner"))):
        ends = client.expires_at
        assert ends is not None  # of those that end soon
        before = min(span for span in WARNINGS if ends <= now + span)
        notices.notify(
            "token_ends",
            [client.owner] if client.owner else office,
            event=f"token-{client.pk}-{ends:%Y%m%dT%H%M}-{before.days}",
            subject=client,
            ends=ends.isoformat(),
        )
    return len(warned)


def _new_token() -> str:
    return TOKEN_BEGINS + secrets.token_urlsafe(32)


def _kept(token: str) -> dict[str, str]:
    return {"token_prefix": token[: len(TOKEN_BEGINS) + 6], "token_hash": digest(token)}


def _bounded(expires_at: datetime | None) -> None:
    now = timezone.now()
    if expires_at is None or not now < expires_at <= now + LONGEST:
        raise ValidationError({"expires_at": _("A token of your own ends within a year.")})
