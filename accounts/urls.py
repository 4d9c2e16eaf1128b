"""Everything below /accounts/. Of allauth only what people need here: nobody signs up by himself."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import urls as allauth
from allauth.account.authentication import get_authentication_records
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkey
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, re_path
from django.views.decorators.http import require_http_methods

from accounts import services
from accounts.forms import ConfirmKeyForm
from accounts.views import clients, identity, invitations, notices, profile, saved_views, sessions

WANTED = {
    "account_login",
    "account_logout",
    "account_inactive",
    "account_reauthenticate",
    "account_change_password",
    "account_set_password",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
}

#: Django's form views take PUT for POST; nothing of ours sends it.
only_forms = require_http_methods(["GET", "HEAD", "POST"])


def noted(verb: str, view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """What this view of allauth changes is one transaction, named in the ledger and told to the person."""

    @wraps(view)
    def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST" or not request.user.is_authenticated:
            return view(request, *args, **kwargs)
        with services.changing_second_factors(request.user, verb):
            return view(request, *args, **kwargs)

    return run


def confirming(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Whoever has shown anew who he is goes on under a new key: one that somebody copied before is worth nothing."""

    @wraps(view)
    def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        before = len(get_authentication_records(request, request.user))
        response = view(request, *args, **kwargs)
        if len(get_authentication_records(request, request.user)) > before:
            request.session.cycle_key()
        return response

    return run


def leaving(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Whoever signs out leaves nothing on the device: no draft of a report, no photo, no shell."""

    @wraps(view)
    def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if request.method == "POST" and not request.user.is_authenticated:
            response.headers["Clear-Site-Data"] = '"storage"'
        return response

    return run


AROUND = {"account_logout": leaving, "account_reauthenticate": confirming}
confirm_with_key = passkey.ReauthenticateWebAuthnView.as_view(form_class=ConfirmKeyForm)
add, remove, renew = "add_second_factor", "remove_second_factor", "renew_recovery_codes"
second_factor = [
    path("", factor.index, name="mfa_index"),
    path("sign-in/", factor.authenticate, name="mfa_authenticate"),
    path("confirm/", confirming(factor.reauthenticate), name="mfa_reauthenticate"),
    path("app/", noted(add, app.activate_totp), name="mfa_activate_totp"),
    path("app/remove/", noted(remove, app.deactivate_totp), name="mfa_deactivate_totp"),
    path("codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("codes/renew/", noted(renew, codes.generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path("keys/", passkey.list_webauthn, name="mfa_list_webauthn"),
    path("keys/add/", noted(add, passkey.add_webauthn), name="mfa_add_webauthn"),
    path("keys/sign-in/", passkey.login_webauthn, name="mfa_login_webauthn"),
    path("keys/confirm/", confirming(confirm_with_key), name="mfa_reauthenticate_webauthn"),
    path("keys/<int:pk>/", passkey.edit_webauthn, name="mfa_edit_webauthn"),
    path("keys/<int:pk>/remove/", noted(remove, passkey.remove_webauthn), name="mfa_remove_webauthn"),
]

urlpatterns = [
    path("invitation/<str:token>/", invitations.accept_invitation, name="invitation"),
    path("profile/", profile.profile, name="profile"),
    path("sessions/", sessions.listing, name="sessions"),
    path("profile/sign-out-elsewhere/", sessions.end_others, name="sign-out-elsewhere"),
    re_path(r"^sessions/(?P<mark>[0-9a-f]{24})/end/$", sessions.end, name="session-end"),
    path("identity/sign-in/", identity.sign_in, name="oidc-sign-in"),
    path("identity/link/", identity.link, name="oidc-link"),
    path("identity/unlink/", identity.unlink, name="oidc-unlink"),
    path("notifications/", notices.listing, name="notices"),
    path("notifications/read/", notices.read_all, name="notices-read"),
    path("notifications/<int:pk>/read/", notices.read, name="notice-read"),
    path("notifications/settings/", notices.settings, name="notice-settings"),
    path("clients/", clients.listing, name="clients"),
    path("clients/new/", clients.new, name="client-new"),
    path("clients/<int:pk>/rotate/", clients.rotate, name="client-rotate"),
    path("clients/<int:pk>/revoke/", clients.revoke, name="client-revoke"),
    path("views/", saved_views.listing, name="saved-views"),
    path("views/<int:pk>/rename/", saved_views.rename, name="saved-view-rename"),
    path("views/<int:pk>/delete/", saved_views.delete, name="saved-view-delete"),
    *(path(f"second-factor/{one.pattern}", only_forms(one.callback), name=one.name) for one in second_factor),
    *(
        URLPattern(
            one.pattern,
            only_forms(AROUND.get(one.name, lambda view: view)(one.callback)),
            name=one.name,
        )
        for one in allauth.urlpatterns
        if one.name in WANTED
    ),
]
