"""Who may do what with projects and with what is said of them: asked by services to refuse, by pages to show a button."""

from typing import Any

from django.utils.translation import gettext as _

from accounts.choices import Role
from core.exceptions import Forbidden

OFFICE = frozenset({"register_project", "change_stage", "move_forecast", "choose"})


def may(user: Any, verb: str) -> bool:
    return verb in OFFICE and (getattr(user, "is_superuser", False) or getattr(user, "role", "") == Role.OFFICE)


def require(user: Any, verb: str) -> None:
    if not may(user, verb):
        raise Forbidden(_("Only the project office may do this."))
