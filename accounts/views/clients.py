"""A person's own tokens: made, renewed and revoked by himself. A token is shown in one answer, and nowhere again."""

from datetime import timedelta
from typing import Any

from allauth.account.decorators import reauthentication_required
from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import services
from accounts.choices import SCOPES
from accounts.models import ApiClient
from core.exceptions import DomainError

LIFETIMES, GRACES = (30, 90, 180, 365), (0, 1, 7, 30)


def _days(number: int) -> str:
    return ngettext("%(n)s day", "%(n)s days", number) % {"n": number}


class Lifetime(forms.Form):
    days = forms.TypedChoiceField(
        label=gettext_lazy("Ends after"),
        coerce=int,
        initial=90,
        choices=lambda: [(days, _days(days)) for days in LIFETIMES],
        help_text=gettext_lazy("You are told two weeks and a day before it ends."),
    )

    def ends(self) -> Any:
        return timezone.now() + timedelta(days=self.cleaned_data["days"])


class NewForm(Lifetime):
    name = forms.CharField(
        label=gettext_lazy("What it is for"),
        max_length=100,
        help_text=gettext_lazy("The name of the program, such as “BI of the ministry”."),
    )
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("What it may do"),
        choices=lambda: list(SCOPES.items()),
        initial=["read"],
        widget=forms.CheckboxSelectMultiple,
    )
    field_order = ("name", "scopes", "days")


class RotateForm(Lifetime):
    grace = forms.TypedChoiceField(
        label=gettext_lazy("The token before holds beside it for"),
        coerce=int,
        initial=services.GRACE.days,
        choices=lambda: [(days, _days(days) if days else _("no time: it may be known")) for days in GRACES],
    )


def _own(request: HttpRequest) -> Any:
    return ApiClient.objects.visible_to(request.user).filter(owner=request.user)


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    rows = list(_own(request).order_by("-is_active", "name", "pk"))
    now = timezone.now()
    for row in rows:
        row.has_old = row.old_token_until is not None and row.old_token_until > now
    return render(request, "accounts/clients.html", {"clients": rows})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    return _made(request) if request.method == "POST" else _asked(request, NewForm())


@reauthentication_required
def _made(request: HttpRequest) -> HttpResponse:
    """Whoever has only found an open browser makes no token."""
    form = NewForm(request.POST)
    if form.is_valid():
        told = form.cleaned_data
        try:
            client, token = services.issue_own_token(
                by=request.user, name=told["name"], scopes=told["scopes"], expires_at=form.ends()
            )
        except (DomainError, ValidationError) as refusal:
            _refused(form, refusal)
        else:
            return _shown(request, client, token)
    return _asked(request, form)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def rotate(request: HttpRequest, pk: int) -> HttpResponse:
    client = get_object_or_404(_own(request).filter(is_active=True), pk=pk)
    return _renewed(request, client) if request.method == "POST" else _asked(request, RotateForm(), client)


@reauthentication_required
def _renewed(request: HttpRequest, client: ApiClient) -> HttpResponse:
    form = RotateForm(request.POST)
    if form.is_valid():
        grace = timedelta(days=form.cleaned_data["grace"])
        try:
            token = services.rotate_token(client, by=request.user, expires_at=form.ends(), grace=grace)
        except (DomainError, ValidationError) as refusal:
            _refused(form, refusal)
        else:
            client.refresh_from_db()
            return _shown(request, client, token)
    return _asked(request, form, client)


@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    client = get_object_or_404(_own(request), pk=pk)
    services.revoke_token(client, by=request.user)
    messages.success(request, _("The token “%(name)s” is revoked.") % {"name": client})
    return redirect("clients")


def _asked(request: HttpRequest, form: forms.Form, client: ApiClient | None = None) -> HttpResponse:
    return render(request, "accounts/client_form.html", {"form": form, "client": client})


def _shown(request: HttpRequest, client: ApiClient, token: str) -> HttpResponse:
    return render(request, "accounts/client_token.html", {"client": client, "token": token})


def _refused(form: forms.Form, refusal: Exception) -> None:
    for sentence in refusal.messages if isinstance(refusal, ValidationError) else [str(refusal)]:
        form.add_error(None, sentence)
