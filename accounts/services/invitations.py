"""Invitations: how people come to have an account."""

import secrets
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import Invitation, Organisation, User
from accounts.policies import require
from accounts.services.tokens import digest
from core import ledger, notices, outbox
from core.exceptions import Conflict

INVITATION_LASTS = timedelta(days=7)


@transaction.atomic
def invite(
    *, by: User, email: str, role: str, organisation: Organisation | None = None, **facts: Any
) -> Invitation:
    """Invite a person by mail; the link in it lasts seven days and works once."""
    require(by, "invite")
    email = email.strip().lower()
    if User.objects.filter(email__iexact=email).exists():
        raise Conflict(_("Somebody with this e-mail address has an account already."))
    token = secrets.token_urlsafe(32)
    invitation = Invitation(
        email=email,
        role=role,
        organisation=organisation,
        invited_by=by,
        token_hash=digest(token),
        expires_at=timezone.now() + INVITATION_LASTS,
        **facts,
    )
    invitation.full_clean()
    with ledger.acting(by, "invite"):
        invitation.save()
        _owe_invitation(invitation, token)
    return invitation


def _owe_invitation(invitation: Invitation, token: str) -> None:
    until = timezone.localtime(invitation.expires_at).strftime("%d.%m.%Y")
    with translation.override(invitation.language):
        link = settings.PUBLIC_URL + reverse("invitation", args=[token])
        body = _(
            "You are invited to the Alatau City portal.\n\n"
            "Open this link by %(until)s and choose a user name and a password:\n%(link)s\n"
        ) % {"link": link, "until": until}
        outbox.owe_mail(
            f"invitation-{invitation.pk}",
            invitation.email,
            str(_("Invitation to the Alatau City portal")),
            body,
        )


def open_invitation(token: str) -> Invitation | None:
    """The invitation behind a link, if it still holds."""
    invitation = Invitation.objects.filter(token_hash=digest(token)).select_related("organisation").first()
    return invitation if invitation and invitation.is_open() else None


@transaction.atomic
def accept_invitation(token: str, *, username: str, password: str, full_name: str = "") -> User:
    """Turn an invitation into a user. The link works once, also when it is used twice at the same time."""
    invitation = Invitation.objects.select_for_update().filter(token_hash=digest(token)).first()
    if invitation is None or not invitation.is_open():
        raise Conflict(_("This invitation is used up or too old: ask the project office for a new one."))
    user = User(
        username=username,
        email=invitation.email,
        full_name=full_name or invitation.full_name,
        role=invitation.role,
        organisation=invitation.organisation,
        may_sign=invitation.may_sign,
        language=invitation.language,
    )
    validate_password(password, user)
    user.set_password(password)
    user.full_clean()
    with ledger.acting(invitation.invited_by or "system:invitation", "accept_invitation"):
        user.save()
        Invitation.objects.filter(pk=invitation.pk).update(accepted_at=timezone.now(), user=user)
    if invitation.invited_by:
        event = f"invitation-{invitation.pk}"
        notices.notify("invitation_accepted", [invitation.invited_by], event=event, subject=user)
    return user


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by: User) -> None:
    """Let the link die at once."""
    require(by, "withdraw_invitation")
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if not invitation.is_open():
        raise Conflict(_("This invitation is used up or over already."))
    with ledger.acting(by, "withdraw_invitation"):
        Invitation.objects.filter(pk=invitation.pk).update(expires_at=timezone.now())
