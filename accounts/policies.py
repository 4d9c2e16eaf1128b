"""Who may do what with accounts: asked by services to refuse, by pages to show a button."""

from typing import Any

from django.utils.translation import gettext as _

from accounts.choices import Role
from core.exceptions import Forbidden


class OfficeOnly:
    """Verbs that only the project office, or an administrator, may use."""

    def __init__(self, *verbs: str) -> None:
        self.verbs = frozenset(verbs)

    def may(self, user: Any, verb: str) -> bool:
        is_office = getattr(user, "role", "") == Role.OFFICE or getattr(user, "is_superuser", False)
        return verb in self.verbs and is_office

    def require(self, user: Any, verb: str) -> None:
        if not self.may(user, verb):
            raise Forbidden(_("Only the project office may do this."))


_policy = OfficeOnly(
    "invite",
    "withdraw_invitation",
    "issue_token",
    "rotate_token",
    "revoke_token",
    "reset_second_factors",
    "appoint_substitute",
    "end_substitution",
    "find_person",
    "erase_person",
    "keep_webhooks",
)
may, require = _policy.may, _policy.require


def may_keep_webhook(user: Any, endpoint: Any) -> bool:
    """Its owner may, and the project office; an auditor changes nothing."""
    return may(user, "keep_webhooks") or may_lead_webhook(user, endpoint)


def may_lead_webhook(user: Any, endpoint: Any) -> bool:
    """Where it leads and what it is signed with is its owner's alone: the office may stop it, not speak in its name."""
    kind, _colon, key = getattr(user, "ledger_name", "").partition(":")
    is_own = kind in {"user", "client"} and getattr(endpoint, f"{kind}_id") == int(key)
    return is_own and getattr(user, "role", "") != Role.AUDITOR


def require_own_webhook(user: Any, endpoint: Any) -> None:
    if not may_keep_webhook(user, endpoint):
        raise Forbidden(_("Only its owner and the project office may do this; an auditor changes nothing."))


def require_owner_of_webhook(user: Any, endpoint: Any) -> None:
    if not may_lead_webhook(user, endpoint):
        raise Forbidden(
            _("Only its owner may change its address or its secret; the project office may pause it.")
        )
