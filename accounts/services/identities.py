"""Identities elsewhere by which a person signs in here. The sign-in library keeps them."""

from django.db import models, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services.news import tell_of_security
from core import ledger
from core.exceptions import Conflict


@transaction.atomic
def link_identity(user: User, *, provider: str, uid: str) -> None:
    """His own wish, said while signed in. One identity belongs to one person, and one person has one of a provider."""
    user = User.objects.select_for_update().get(pk=user.pk)
    identities = _identities(user)
    if identities.model.objects.filter(provider=provider, uid=uid).exclude(user=user).exists():
        raise Conflict(_("This identity is linked with another account: ask the project office."))
    if identities.filter(provider=provider).exclude(uid=uid).exists():
        raise Conflict(_("Your account is linked with another identity: end that link first."))
    with ledger.acting(user, "link_identity"):
        _row, new = identities.get_or_create(provider=provider, uid=uid)
    if new:
        tell_of_security(user, "link_identity")


@transaction.atomic
def unlink_identities(user: User) -> None:
    with ledger.acting(user, "unlink_identity"):
        gone, _by_model = _identities(user).all().delete()
    if gone:
        tell_of_security(user, "unlink_identity")


def _identities(user: User) -> models.QuerySet:
    return user.socialaccount_set  # type: ignore[attr-defined]  # the sign-in library's
