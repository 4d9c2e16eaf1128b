"""What the portal holds of people who have an account or were invited: how long, and how it is given out or erased."""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts import personal_ways, services
from accounts.models import Invitation, User
from core import ledger, personal, retention
from core.models import Notice, SavedView


def _users(person: personal.Person) -> models.QuerySet:
    return User.objects.filter(email=person.email) if person.email else User.objects.none()


def _invitations(person: personal.Person) -> models.QuerySet:
    users = person.rows("accounts.user")
    asked = Q(user__in=users)
    return Invitation.objects.filter(asked | Q(email__iexact=person.email) if person.email else asked)


def _invitations_over(now: datetime) -> models.QuerySet:
    since = retention.over("invitations", now)
    ended = Q(accepted_at__lt=since) | Q(accepted_at=None, expires_at__lt=since)
    return Invitation.objects.filter(ended).exclude(email="", full_name="")


def _clear_invitations(rows: models.QuerySet) -> int:
    with ledger.acting(retention.ACTOR, "erase"):
        return rows.update(email="", full_name="")


def _erase_user(user: User, by: Any) -> None:
    services.erase_user(user, by=by)


KINDS = (
    personal.Kind(
        "accounts.user",
        _("Account"),
        _users,
        columns=(
            *("username", "full_name", "email", "language", "role", "organisation"),
            *("may_sign", "is_active", "valid_until", "second_factors", "last_seen_on", "created_at"),
        ),
        erase=_erase_user,
    ),
    *personal_ways.KINDS,
    personal.Kind(
        "accounts.invitation",
        _("Invitations"),
        _invitations,
        columns=("email", "full_name", "role", "organisation", "created_at", "expires_at", "accepted_at"),
        erase=lambda invitation, by: services.erase_invitation(invitation, by=by),
        holds=lambda invitation: bool(invitation.email or invitation.full_name),
    ),
    personal.Kind(
        "core.savedview",
        _("Saved views"),
        lambda person: SavedView.objects.filter(owner__in=person.rows("accounts.user")),
        columns=("name", "path", "query", "created_at"),
        erase=lambda view, by: view.delete(),
    ),
    personal.Kind(
        "core.notice",
        _("Notices"),
        lambda person: Notice.objects.filter(recipient__in=person.rows("accounts.user")),
        columns=("kind", "created_at", "read_at"),
        erase=lambda notice, by: notice.delete(),
    ),
)
RULE = retention.Rule(
    "invitations",
    _("Invitations: e-mail address and name"),
    _("the day they were accepted or ran out"),
    _("Address and name are cleared; role, organisation and dates stay."),
    due=_invitations_over,
    clear=_clear_invitations,
)
