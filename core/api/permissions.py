"""Who may call at all; which rows he then sees is `visible_to`, and what he may do is said by the services."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request


class Scopes(BasePermission):
    """Everybody may read what is published; who is signed in may write where an address says that it writes.

    An action writes that is declared so (core.api.writing.verb). A token must have the scope for either: `write`, or
    the narrower one that the register names as its `write_scope`; and `read`, where what it writes tells it things
    later (`is_told_by`).
    """

    def has_permission(self, request: Request, view: Any) -> bool:
        scopes = getattr(request.auth, "scopes", ["read", "write"])
        if request.method in SAFE_METHODS:
            self.message = _("This token may not read: it needs the scope “read”.")
            return "read" in scopes
        if getattr(view, "is_told_by", False) and "read" not in scopes:
            self.message = _("This token may not read: it needs the scope “read”.")
            return False
        self.message = _("This token may not write: it needs the scope “write”.")
        action = getattr(view, getattr(view, "action", None) or "", None)
        enough = {"write", getattr(view, "write_scope", "write")}
        return (
            getattr(action, "writes", False)
            and request.user.is_authenticated
            and not enough.isdisjoint(scopes)
        )
