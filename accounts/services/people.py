"""What a person changes of himself."""

from django.contrib.auth.password_validation import password_changed
from django.db import transaction

from accounts.models import User
from accounts.services.news import tell_of_security
from accounts.services.sessions import forget_sessions
from core import ledger


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
