"""Everything that changes accounts. Pages, API, admin and commands call these and nothing else."""

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import ApiClient, Invitation, Organisation, User
from accounts.policies import require
from core import ledger, outbox
from core.exceptions import Conflict, Forbidden

INVITATION_LASTS = timedelta(days=7)
TOKEN_BEGINS = "alt_"


def digest(token: str) -> str:
    """What is kept of a token: its SHA-256. It has 256 random bits, so no salt is needed."""
    return hashlib.sha256(token.encode()).hexdigest()


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


@transaction.atomic
def issue_token(*, by: Any, name: str, scopes: list[str], **facts: Any) -> tuple[ApiClient, str]:
    """A new API client and its token, which is shown this once and kept only as a hash."""
    require(by, "issue_token")
    if facts.get("owner") not in (None, by):
        raise Forbidden(_("A token acts for an organisation or for yourself, not for another person."))
    return _new_client(by, name, scopes, facts)


def _new_client(by: Any, name: str, scopes: list[str], facts: dict[str, Any]) -> tuple[ApiClient, str]:
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


#: The accounts for trying the portal in embedded mode: user name, role, organisation, may sign.
#: The first of a role is the usual one.
DEMO = [
    ("office", "office", "project_office", False),
    ("office2", "office", "project_office", False),
    ("leadership", "leadership", "deputy_prime_minister", True),
    ("executor", "executor", "mic", True),
    ("akimat", "executor", "akimat_almaty_region", False),
    ("akimat-signer", "executor", "akimat_almaty_region", True),
    ("investor", "investor", "caspian_group", True),
    ("auditor", "auditor", None, False),
]


@transaction.atomic
def make_demo_accounts() -> list[dict[str, Any]]:
    """Make those demo accounts that are missing; what must be shown once (passwords, tokens) is returned."""
    actor, made = "system:demo_accounts", []
    for username, role, code, may_sign in DEMO:
        if User.objects.filter(username=username).exists():
            continue
        organisation = Organisation.objects.get(code=code) if code else None
        password = secrets.token_urlsafe(12)
        with ledger.acting(actor, "make_demo_account"):
            user = User.objects.create_user(
                username,
                password,
                email=f"{username}@demo.invalid",
                full_name=f"Demo {username}",
                role=role,
                organisation=organisation,
                may_sign=may_sign,
            )
        facts = {"role": role, "organisation": organisation, "owner": user}
        _client, token = _new_client(actor, f"demo {username}", ["read", "write"], facts)
        made.append(
            {
                "username": username,
                "password": password,
                "role": role,
                "organisation": code,
                "api_token": token,
            }
        )
    return made
