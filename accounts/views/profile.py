"""What a person sees and changes of himself."""

from collections import Counter
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import services
from accounts.forms import ProfileForm


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    user = request.user
    form = ProfileForm(request.POST or None, initial={"full_name": user.full_name, "language": user.language})
    if request.method == "POST" and form.is_valid():
        changed = services.amend_profile(user, **form.cleaned_data)
        with translation.override(changed.language):
            messages.success(request, _("Your profile is saved."))
            return redirect("profile")
    return render(request, "accounts/profile.html", {"form": form, **_ways_in(user)})


def _ways_in(user: Any) -> dict[str, Any]:
    """By what he may sign in, and whether his role asks for more than a password."""
    held = Counter(user.authenticator_set.values_list("type", flat=True))
    return {
        "has_app": held["totp"] > 0,
        "passkeys": held["webauthn"],
        "is_asked": user.role in settings.MFA_ROLES,
        "nobody_is_asked": not settings.MFA_ROLES,
        "provider": settings.OIDC.get("name", ""),
        "is_linked": user.socialaccount_set.filter(provider=settings.OIDC.get("id", "")).exists(),
    }
