"""Second factors. The sign-in library adds and removes them; here it is named who did it, and the person is told."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.policies import require
from accounts.services.news import tell_of_security
from accounts.services.sessions import end_all
from core import ledger
from core.exceptions import Forbidden


@contextmanager
def changing_second_factors(user: User, verb: str) -> Iterator[None]:
    """One transaction: what the block changes, its name in the ledger, and the news of it."""
    with ledger.acting(user, verb):
        User.objects.select_for_update().get(pk=user.pk)  # two windows at once come one after the other
        before = _held(user)
        yield
        if before != _held(user):
            tell_of_security(user, verb)


@transaction.atomic
def reset_second_factors(user: User, *, by: Any, note: str) -> None:
    """For somebody who lost his phone and his recovery codes: he signs in with the password and sets up anew.

    Whoever found the phone may be signed in with it: every session ends.
    """
    require(by, "reset_second_factors")
    if user.is_superuser and not by.is_superuser:
        raise Forbidden(_("Only an administrator may do this for an administrator."))
    with ledger.acting(by, "reset_second_factors", note):
        _factors(user).delete()
        end_all(user)
    tell_of_security(user, "reset_second_factors")


def _held(user: User) -> set[int]:
    return set(_factors(user).values_list("pk", flat=True))


def _factors(user: User) -> models.QuerySet:
    return user.authenticator_set.all()  # type: ignore[attr-defined]  # the sign-in library's
