"""A role that owes a second factor sees nothing of the house before it is set up; a session ends by its time."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import entrance, services
from accounts.models import User
from accounts.services import sessions
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


class Presence:
    """Keeps when a session was used last. It ends after eight hours without a request (SESSION_COOKIE_AGE), and after
    a day in any case."""

    NOTED_AFTER, LONGEST = timedelta(minutes=5), timedelta(hours=24)

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            self._note(request)
        return self.get_response(request)

    def _note(self, request: HttpRequest) -> None:
        told, now = request.session.get(sessions.PRESENCE), timezone.now()
        if told is None or now.timestamp() - told["since"] > self.LONGEST.total_seconds():
            logout(request)
        elif (
            isinstance(request.user, User)
            and now.timestamp() - told["seen"] > self.NOTED_AFTER.total_seconds()
        ):
            sessions.go_on(request.session, entrance.network(request))
            services.note_seen(request.user, timezone.localdate(now))
