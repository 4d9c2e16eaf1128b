"""A role that owes a second factor sees nothing of the house before it is set up."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from core.api.errors import problem_response

#: What is needed to set it up, besides the pages of the second factor itself, and the way out.
OPEN = {
    "account_logout",
    "account_login",
    "account_reauthenticate",
    "account_change_password",
    "set_language",
}


class SecondFactor:
    """Leads whoever owes one to the page where it is set up, from wherever he goes: pages, admin and API."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if not settings.MFA_ROLES or not request.user.is_authenticated or not request.user.owes_second_factor:
            return None
        name = (request.resolver_match and request.resolver_match.url_name) or ""
        if name.startswith("mfa_") or name in OPEN:
            return None
        if request.path.startswith("/api/"):
            return problem_response(request, 403)
        messages.warning(request, _("Your role needs a second factor at sign-in: set it up to go on."))
        return redirect("mfa_index")
