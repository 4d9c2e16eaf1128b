"""Who may call at all; which rows he then sees is `visible_to`."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request


class ReadOnly(BasePermission):
    """Everybody may read what is published; a token must have the scope for it."""

    message = _("This token may not read: it needs the scope “read”.")

    def has_permission(self, request: Request, view: Any) -> bool:
        scopes = getattr(request.auth, "scopes", ["read"])
        return request.method in SAFE_METHODS and "read" in scopes
