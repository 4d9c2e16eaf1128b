"""What a person changes of himself."""

from django.contrib.auth.password_validation import password_changed
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from accounts.services.news import tell_of_security
from accounts.services.sessions import forget_sessions
from core import ledger, outbox


@transaction.atomic
def amend_profile(user: User, *, full_name: str, language: str) -> User:
    """His own name, and the language he reads the portal and its mail in."""
    user = User.objects.select_for_update().get(pk=user.pk)
    user.full_name, user.language = full_name.strip(), language
    user.full_clean(exclude=["password"])
    with ledger.acting(user, "amend_profile"):
        user.save(update_fields=["full_name", "language"])
    return user


@transaction.atomic
def set_password(user: User, password: str) -> None:
    """The ledger says that the person did it, never what it is; the person is told, wherever it was done."""
    user.set_password(password)
    with ledger.acting(user, "set_password"):
        user.save(update_fields=["password"])
    forget_sessions(user)  # the door that asked keeps its own by renewing it
    password_changed(password, user)
    tell_of_security(user, "set_password")


#: What opens an account, and what it may do: whoever changes it could act in somebody's name.
GUARDED = ("email", "role", "organisation_id", "may_sign")


@transaction.atomic
def tell_of_amended_account(user: User, before: User) -> None:
    """After the office changed it. An address that is his no longer is written to, too: the new one may be forged."""
    if all(getattr(user, name) == getattr(before, name) for name in GUARDED):
        return
    tell_of_security(user, "amend_account")
    if before.email and before.email != user.email:
        with override(before.language):
            outbox.owe_mail(
                f"former-address-{user.pk}-{timezone.now():%Y%m%d%H%M%S%f}",
                before.email,
                _("Security of your account"),
                _(
                    "The address of your account at the portal of Alatau City is not this one any more."
                    " If you do not know why, tell the project office at once."
                ),
            )
