"""What belongs to an account of a person: by what he comes in, where he is in, and what acts for him.

All of it but the substitutions goes with the account (accounts.services.erase_user).
"""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import ApiClient, Session, Substitution, WebhookEndpoint
from accounts.services import sessions
from core import personal
from core.models import Silence


def _of(model: type[models.Model], owner: str) -> Any:
    """Finds rows by the account that they belong to."""
    return lambda person: model._default_manager.filter(**{f"{owner}__in": person.rows("accounts.user")})


def _second_factors(person: personal.Person) -> list[Any]:
    """With the name that a key was given; what it is proved with is no fact about the person."""
    rows = list(Authenticator.objects.filter(user__in=person.rows("accounts.user")).order_by("pk"))
    for row in rows:
        row.name = row.data.get("name", "")
    return rows


def _sessions(person: personal.Person) -> list[Any]:
    """Those that go on, with what is kept of the browser."""
    found = []
    for row in Session.objects.filter(user__in=person.rows("accounts.user")).live(timezone.now()):
        if told := sessions.told_of(row):
            vars(row).update(told._asdict())
            found.append(row)
    return sorted(found, key=lambda row: row.since)


def _substitutions(person: personal.Person) -> models.QuerySet:
    users = person.rows("accounts.user")
    rows = Substitution.objects.filter(Q(person__in=users) | Q(substitute__in=users))
    return rows.select_related("person", "substitute")


def _goes_with_the_account(row: Any, by: Any) -> None:
    """The account is asked for first, and was cleared with all of this."""


KINDS = (
    personal.Kind(
        "identities",
        _("Links with the identity provider"),
        _of(SocialAccount, "user"),
        columns=("provider", "uid", "date_joined", "last_login"),
        erase=_goes_with_the_account,
        labels={
            "provider": _("Identity provider"),
            "uid": _("Number there"),
            "date_joined": _("Linked"),
            "last_login": _("Last used"),
        },
    ),
    personal.Kind(
        "second_factors",
        _("Two-step sign-in"),
        _second_factors,
        columns=("type", "name", "created_at", "last_used_at"),
        erase=_goes_with_the_account,
        labels={
            "type": _("Kind"),
            "name": _("Name"),
            "created_at": _("Added"),
            "last_used_at": _("Last used"),
        },
    ),
    personal.Kind(
        "sessions",
        _("Browsers and devices"),
        _sessions,
        columns=("browser", "network", "since", "seen"),
        erase=_goes_with_the_account,
        labels={
            "browser": _("Browser"),
            "network": _("Network"),
            "since": _("Signed in"),
            "seen": _("Last request"),
        },
        is_logged=False,
    ),
    personal.Kind(
        "accounts.apiclient",
        _("Tokens of the API"),
        _of(ApiClient, "owner"),
        columns=("name", "scopes", "token_prefix", "created_at", "expires_at", "last_used_on", "is_active"),
        erase=_goes_with_the_account,
    ),
    personal.Kind(
        "accounts.webhookendpoint",
        _("Webhooks"),
        _of(WebhookEndpoint, "user"),
        columns=("public_id", "target", "watches", "state", "created_at"),
        erase=_goes_with_the_account,
    ),
    personal.Kind(
        "core.silence",
        _("Notices that are not wanted"),
        _of(Silence, "owner"),
        columns=("kind", "channel"),
        erase=_goes_with_the_account,
        labels={"kind": _("Kind"), "channel": _("channel")},
    ),
    personal.Kind(
        "accounts.substitution",
        _("Substitutions"),
        _substitutions,
        columns=("person", "substitute", "during", "act"),
        kept=_(
            "Kept: they prove by which act somebody acted for another. The name is gone with the account."
        ),
    ),
)
