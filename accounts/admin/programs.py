"""Programs: tokens are issued, renewed and revoked, each by its service, and shown once."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import action, display
from unfold.widgets import (
    UnfoldAdminCheckboxSelectMultipleWidget,
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminSplitDateTimeWidget,
)

from accounts import services
from accounts.admin.people import ROLES, Issued
from accounts.choices import SCOPES
from accounts.models import ApiClient
from accounts.policies import may
from accounts.services.tokens import GRACE, LONGEST_GRACE
from core.admin import VERBS, AddForm, VerbForm, queue, verb_page, word

VERBS.update(
    {
        "issue_token": gettext_lazy("issued a token"),
        "rotate_token": gettext_lazy("renewed the token"),
        "revoke_token": gettext_lazy("revoked the token"),
    }
)

queue(
    ApiClient,
    "ending",
    gettext_lazy("Tokens that end within 30 days"),
    lambda rows, today: rows.filter(
        is_active=True, expires_at__range=(timezone.now(), timezone.now() + timedelta(days=30))
    ),
)


class TokenForm(AddForm):
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("Scopes"),
        choices=[(scope, scope) for scope in SCOPES],
        initial=["read"],
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
    )


class RotateForm(VerbForm):
    """When the new token ends, and how long the one before holds beside it."""

    expires_at = forms.SplitDateTimeField(
        label=gettext_lazy("valid until"), required=False, widget=UnfoldAdminSplitDateTimeWidget
    )
    grace = forms.IntegerField(
        label=gettext_lazy("Days for which the token before holds too"),
        initial=GRACE.days,
        validators=[MinValueValidator(0), MaxValueValidator(LONGEST_GRACE.days)],
        widget=UnfoldAdminIntegerFieldWidget,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["expires_at"].initial = self.thing.expires_at


@admin.register(ApiClient)
class ApiClientAdmin(Issued):
    list_display = [
        "name",
        word("role", gettext_lazy("role"), ROLES),
        "organisation",
        "owner",
        "token_prefix",
        "last_used_on",
        "expires_at",
        "stands",
    ]
    list_filter = ["role", "is_active"]
    list_select_related = ["organisation", "owner"]
    search_fields = ["name", "token_prefix"]
    autocomplete_fields = ["organisation", "owner"]
    add_form = TokenForm
    add_fieldsets = [
        (
            None,
            {
                "fields": [
                    "name",
                    ("role", "organisation"),
                    "owner",
                    "scopes",
                    ("expires_at", "limit_times"),
                ]
            },
        )
    ]
    fieldsets = [
        *add_fieldsets,
        (None, {"fields": [("token_prefix", "last_used_on"), "old_token_until", "is_active"]}),
    ]
    actions_detail = ["rotate", "revoke"]

    @display(
        description=gettext_lazy("state"),
        label={"holds": "success", "over": "warning", "revoked": "danger"},
        ordering="is_active",
    )
    def stands(self, client: ApiClient) -> tuple[str, str]:
        if not client.is_active:
            return "revoked", _("revoked")
        return ("over", _("over")) if client.is_over else ("holds", _("holds"))

    def make(self, request: HttpRequest, facts: dict[str, Any]) -> ApiClient:
        client, token = services.issue_token(by=request.user, **facts)
        self._show_once(request, token)
        return client

    def _show_once(self, request: HttpRequest, token: str) -> None:
        said = _("The token, shown only this once: %(token)s") % {"token": token}
        self.message_user(request, said, messages.WARNING)

    @action(
        description=gettext_lazy("Renew the token"),
        url_path="rotate",
        icon="autorenew",
        permissions=["rotate"],
    )
    def rotate(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return verb_page(
            self,
            request,
            object_id,
            title=_("Renew the token"),
            form=RotateForm,
            intro=lambda client: _(
                "The client gets a new token. The one before holds beside it for some days, so that programs can be "
                "changed over without a break."
            ),
            act=lambda client, facts: self._show_once(
                request,
                services.rotate_token(
                    client,
                    by=request.user,
                    expires_at=facts["expires_at"],
                    grace=timedelta(days=facts["grace"]),
                ),
            ),
            done=_("The token is renewed."),
        )

    @action(
        description=gettext_lazy("Revoke the token"), url_path="revoke", icon="block", permissions=["revoke"]
    )
    def revoke(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return verb_page(
            self,
            request,
            object_id,
            title=_("Revoke the token"),
            form=VerbForm,
            intro=lambda client: _("Programs that use it are refused from now on. This cannot be undone."),
            act=lambda client, facts: services.revoke_token(client, by=request.user),
            done=_("The token is revoked."),
        )

    def has_rotate_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may(request.user, "rotate_token")

    def has_revoke_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may(request.user, "revoke_token")
