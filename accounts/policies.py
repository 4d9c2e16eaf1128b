"""Who may do what with accounts: asked by services to refuse, by pages to show a button."""

from typing import Any

from django.utils.translation import gettext as _

from accounts.choices import Role
from core.exceptions import Forbidden

OFFICE = frozenset({"invite", "withdraw_invitation", "issue_token", "revoke_token", "deactivate"})


def may(user: Any, verb: str) -> bool:
    return verb in OFFICE and (getattr(user, "is_superuser", False) or getattr(user, "role", "") == Role.OFFICE)


def require(user: Any, verb: str) -> None:
    if not may(user, verb):
        raise Forbidden(_("Only the project office may do this."))
