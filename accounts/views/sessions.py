"""Where a person is signed in: he sees it, and ends what is not his any more."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import services
from core.exceptions import DomainError


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    rows = services.sessions_of(request.user, request.session.session_key)
    return render(request, "accounts/sessions.html", {"sessions": rows, "others": len(rows) > 1})


@require_POST
@reauthentication_required
def end(request: HttpRequest, mark: str) -> HttpResponse:
    try:
        services.end_session(request.user, mark)
    except DomainError as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("That session is ended."))
    return redirect("sessions")


@require_POST
@reauthentication_required
def end_others(request: HttpRequest) -> HttpResponse:
    update_session_auth_hash(request, services.sign_out_elsewhere(request.user))
    messages.success(request, _("All your other browsers and devices are signed out."))
    return redirect("sessions")
