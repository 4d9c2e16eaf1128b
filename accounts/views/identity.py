"""Signing in through the identity provider, and linking an account with it; where there is one (OIDC_URL)."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import requests
from allauth.account.decorators import reauthentication_required
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts import oidc, services

type View = Callable[..., HttpResponse]
#: What a provider that is down, or broken, makes of the library.
BROKEN = (OAuth2Error, requests.RequestException, KeyError, TypeError, ValueError)


def where_there_is_one(view: View) -> View:
    @wraps(view)
    def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.OIDC:
            raise Http404
        try:
            return view(request, *args, **kwargs)
        except BROKEN as error:
            return oidc.failed(request, error)

    return run


@login_not_required
@never_cache
@require_POST
@where_there_is_one
def sign_in(request: HttpRequest) -> HttpResponse:
    return _to_the_provider(request, AuthProcess.LOGIN)


@never_cache
@require_POST
@where_there_is_one
@reauthentication_required
def link(request: HttpRequest) -> HttpResponse:
    """Whoever has only found an open browser adds no way in."""
    return _to_the_provider(request, AuthProcess.CONNECT)


@require_POST
@where_there_is_one
@reauthentication_required
def unlink(request: HttpRequest) -> HttpResponse:
    services.unlink_identities(request.user)
    messages.success(request, _("The link is ended."))
    return redirect("profile")


@login_not_required
@never_cache
@require_safe
@where_there_is_one
def callback(request: HttpRequest) -> HttpResponse:
    view = oidc.Callback.adapter_view(oidc.Code(request, settings.OIDC["id"]))
    answer: HttpResponse = view(request)
    return answer


def _to_the_provider(request: HttpRequest, process: str) -> HttpResponse:
    """A page that leads on, not a redirect: browsers let a form of ours go nowhere else (form-action)."""
    address = request.POST.get("next", "")
    local = address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    provider = get_adapter(request).get_provider(request, settings.OIDC["id"])
    there = provider.redirect(request, process, next_url=address if local else None)
    return render(request, "accounts/to_provider.html", {"there": there["Location"]}, status=200)
