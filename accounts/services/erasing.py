"""What is cleared of a person who wants to be forgotten; rights and deeds of his role stay, without his name."""

from typing import Any

from django.db import transaction
from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import ApiClient, Invitation, User, WebhookEndpoint
from accounts.policies import require
from core import ledger
from core.exceptions import Conflict, Forbidden
from core.models import Silence


@transaction.atomic
def erase_user(user: User, *, by: Any) -> User:
    """Close the account for ever: no name, no address, no way to sign in. The ledger goes on to say user:<number>."""
    require(by, "erase_person")
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.pk == by.user_id:
        raise Conflict(_("Nobody erases his own account: ask a colleague."))
    if user.is_superuser and not by.is_superuser:
        raise Forbidden(_("Only an administrator may do this for an administrator."))
    with ledger.acting(by, "erase"):
        for owned in ("authenticator_set", "emailaddress_set", "socialaccount_set"):
            getattr(user, owned).all().delete()  # of the sign-in library
        nameless = Concat(Value("erased-"), Cast("pk", CharField()))
        ApiClient.objects.filter(owner=user).update(is_active=False, name=nameless)
        WebhookEndpoint.objects.filter(user=user).delete()
        Silence.objects.filter(owner=user).delete()
        user.refresh_from_db()
        user.username, user.full_name, user.email = f"erased-{user.pk}", "", ""
        user.is_active, user.may_sign, user.signed_out_at = False, False, timezone.now()
        user.set_unusable_password()
        user.save()
    return user


@transaction.atomic
def erase_invitation(invitation: Invitation, *, by: Any) -> None:
    """One that is open dies with it."""
    require(by, "erase_person")
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    invitation.email = invitation.full_name = ""
    if invitation.is_open():
        invitation.expires_at = timezone.now()
    with ledger.acting(by, "erase"):
        invitation.save(update_fields=["email", "full_name", "expires_at"])
