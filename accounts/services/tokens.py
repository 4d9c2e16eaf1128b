"""Tokens of programs."""

import hashlib
import secrets
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import ApiClient, User
from accounts.policies import require
from core import ledger
from core.exceptions import Forbidden

TOKEN_BEGINS = "alt_"


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


def new_client(by: Any, name: str, scopes: list[str], facts: dict[str, Any]) -> tuple[ApiClient, str]:
    token = TOKEN_BEGINS + secrets.token_urlsafe(32)
    client = ApiClient(
        name=name,
        scopes=scopes,
        token_prefix=token[: len(TOKEN_BEGINS) + 6],
        token_hash=digest(token),
        **facts,
    )
    client.full_clean()
    with ledger.acting(by, "issue_token"):
        client.save()
    return client, token


@transaction.atomic
def revoke_token(client: ApiClient, *, by: User) -> None:
    require(by, "revoke_token")
    with ledger.acting(by, "revoke_token"):
        ApiClient.objects.filter(pk=client.pk).update(is_active=False)
