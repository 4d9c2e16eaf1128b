"""Organisations and people. Users come by invitation, tokens by issue: both by their services."""

from typing import Any

from allauth.account.models import EmailAddress
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import action
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from accounts import services
from accounts.choices import SCOPES
from accounts.models import ApiClient, Invitation, Organisation, OrganisationSource, User
from accounts.policies import may
from core.admin import VERBS, AddForm, LedgerAdmin, MadeByService, Part, VerbForm, language_tabs, verb_page

VERBS.update(
    {
        "invite": gettext_lazy("invited"),
        "accept_invitation": gettext_lazy("accepted the invitation"),
        "withdraw_invitation": gettext_lazy("withdrew the invitation"),
        "set_password": gettext_lazy("set the password"),
        "issue_token": gettext_lazy("issued a token"),
        "revoke_token": gettext_lazy("revoked the token"),
        "make_demo_account": gettext_lazy("made a demo account"),
    }
)


# Rights go by role, and a person's address stands with him.
admin.site.unregister([Group, EmailAddress])


class OrganisationSourcePart(Part):
    model = OrganisationSource
    fields = ["source"]
    autocomplete_fields = ["source"]
    list_select_related = ["source"]
    verbose_name, verbose_name_plural = gettext_lazy("further source"), gettext_lazy("further sources")


@admin.register(Organisation)
class OrganisationAdmin(LedgerAdmin):
    list_display = ["named", "code", "kind", "country", "bin", "visibility", "confidence"]
    list_filter = ["kind", "visibility", "confidence", "country"]
    search_fields = ["code", "bin"]
    autocomplete_fields = ["parent", "legal_basis", "source"]
    inlines = [OrganisationSourcePart]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("code", "kind"),
                    ("country", "bin"),
                    ("parent", "legal_basis"),
                    ("source", "confidence"),
                    "visibility",
                    "aliases",
                ]
            },
        ),
        *language_tabs("name", "abbreviation", "about", "basis"),
    ]

    @admin.display(description=gettext_lazy("name"), ordering="sort_kk")
    def named(self, organisation: Organisation) -> str:
        return str(organisation)


@admin.register(User)
class UserAdmin(LedgerAdmin):
    """Role, organisation, active or not. The password is its owner's: he asks for a reset at the sign-in page."""

    list_display = ["username", "full_name", "role", "organisation", "may_sign", "is_active"]
    list_filter = ["role", "is_active", "may_sign"]
    list_select_related = ["organisation"]
    search_fields = ["username", "full_name", "email"]
    autocomplete_fields = ["organisation"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("username", "full_name"),
                    ("email", "language"),
                    ("role", "organisation"),
                    ("may_sign", "is_active", "is_superuser"),
                ]
            },
        )
    ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever could set an administrator's address could have his password reset."""
        above = isinstance(obj, User) and obj.is_superuser and not request.user.is_superuser
        return not above and super().has_change_permission(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [] if request.user.is_superuser else ["is_superuser"]

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """An address that was his no longer opens his account: allauth would still mail it a reset."""
        super().save_model(request, obj, form, change)
        EmailAddress.objects.filter(user=obj).exclude(email=obj.email).delete()


class Issued(MadeByService):
    """Once made, only looked at."""

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Invitation)
class InvitationAdmin(Issued):
    list_display = ["email", "full_name", "role", "organisation", "invited_by", "expires_at", "accepted_at"]
    list_filter = ["role", ("accepted_at", admin.EmptyFieldListFilter)]
    list_select_related = ["organisation", "invited_by"]
    search_fields = ["email", "full_name"]
    autocomplete_fields = ["organisation"]
    add_fieldsets = [
        (None, {"fields": [("email", "full_name"), ("role", "organisation"), ("language", "may_sign")]}),
    ]
    fieldsets = [*add_fieldsets, (None, {"fields": ["invited_by", ("expires_at", "accepted_at"), "user"]})]

    actions_detail = ["withdraw"]

    def make(self, request: HttpRequest, facts: dict[str, Any]) -> Invitation:
        return services.invite(by=request.user, **facts)

    @action(
        description=gettext_lazy("Withdraw the invitation"),
        url_path="withdraw",
        icon="block",
        permissions=["withdraw"],
    )
    def withdraw(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return verb_page(
            self,
            request,
            object_id,
            title=_("Withdraw the invitation"),
            form=VerbForm,
            intro=lambda invitation: _("The link in the mail is refused from now on."),
            act=lambda invitation, facts: services.withdraw_invitation(invitation, by=request.user),
            done=_("The invitation is withdrawn."),
        )

    def has_withdraw_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may(request.user, "withdraw_invitation")


class TokenForm(AddForm):
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("Scopes"),
        choices=[(scope, scope) for scope in SCOPES],
        initial=["read"],
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
    )


@admin.register(ApiClient)
class ApiClientAdmin(Issued):
    list_display = [
        "name",
        "role",
        "organisation",
        "owner",
        "token_prefix",
        "last_used_on",
        "expires_at",
        "is_active",
    ]
    list_filter = ["role", "is_active"]
    list_select_related = ["organisation", "owner"]
    search_fields = ["name", "token_prefix"]
    autocomplete_fields = ["organisation", "owner"]
    add_form = TokenForm
    add_fieldsets = [(None, {"fields": ["name", ("role", "organisation"), "owner", "scopes", "expires_at"]})]
    fieldsets = [*add_fieldsets, (None, {"fields": [("token_prefix", "last_used_on"), "is_active"]})]
    actions_detail = ["revoke"]

    def make(self, request: HttpRequest, facts: dict[str, Any]) -> ApiClient:
        client, token = services.issue_token(by=request.user, **facts)
        said = _("The token, shown only this once: %(token)s") % {"token": token}
        self.message_user(request, said, messages.WARNING)
        return client

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

    def has_revoke_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may(request.user, "revoke_token")
