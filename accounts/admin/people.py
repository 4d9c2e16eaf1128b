"""People. Users come by invitation, made by its service."""

from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.contrib import admin
from django.contrib.auth.models import Group
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.contrib.filters.admin import RangeDateTimeFilter
from unfold.decorators import action, display

from accounts import services
from accounts.models import Invitation, User
from accounts.policies import may
from core.admin import (
    VERBS,
    LedgerAdmin,
    MadeByService,
    Reason,
    VerbForm,
    queue,
    verb_page,
    word,
)

VERBS.update(
    {
        "invite": gettext_lazy("invited"),
        "accept_invitation": gettext_lazy("accepted the invitation"),
        "withdraw_invitation": gettext_lazy("withdrew the invitation"),
        "set_password": gettext_lazy("set the password"),
        "amend_profile": gettext_lazy("amended the profile"),
        "sign_out_elsewhere": gettext_lazy("signed out everywhere else"),
        "add_second_factor": gettext_lazy("added a second factor"),
        "remove_second_factor": gettext_lazy("removed a second factor"),
        "reset_second_factors": gettext_lazy("removed the second factors of somebody who lost them"),
        "link_identity": gettext_lazy("linked an identity elsewhere"),
        "unlink_identity": gettext_lazy("ended the link with an identity elsewhere"),
        "make_demo_account": gettext_lazy("made a demo account"),
    }
)


# Rights go by role; a person's address stands with him, and his second factors are his own.
admin.site.unregister([Group, EmailAddress, Authenticator, SocialAccount, SocialApp, SocialToken])

queue(
    Invitation,
    "open",
    gettext_lazy("Invitations not accepted yet"),
    lambda rows, today: rows.filter(accepted_at=None, expires_at__gt=timezone.now()),
    tone="info",
)
queue(
    Invitation,
    "lapsed",
    gettext_lazy("Invitations that lapsed in the last 30 days"),
    lambda rows, today: rows.filter(
        accepted_at=None, expires_at__range=(timezone.now() - timedelta(days=30), timezone.now())
    ),
)


ROLES = {"office": "primary", "leadership": "info", "executor": "success", "investor": "warning"}


@admin.register(User)
class UserAdmin(LedgerAdmin):
    """Role, organisation, active or not. The password is its owner's: he asks for a reset at the sign-in page."""

    exported = False
    list_display = [
        "username",
        "full_name",
        word("role", gettext_lazy("role"), ROLES),
        "organisation",
        "may_sign",
        "second_factor",
        "is_active",
    ]
    list_filter = ["role", "is_active", "may_sign"]
    list_select_related = ["organisation"]
    search_fields = ["username", "full_name", "email"]
    autocomplete_fields = ["organisation"]
    actions_detail = ["reset_second_factors"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("username", "full_name"),
                    ("email", "language"),
                    ("role", "organisation"),
                    ("may_sign", "is_superuser"),
                    ("is_active", "valid_until"),
                ]
            },
        )
    ]

    @display(description=gettext_lazy("second factor"), ordering="second_factors", boolean=True)
    def second_factor(self, user: User) -> bool:
        return bool(user.second_factors)

    @action(
        description=gettext_lazy("Remove the second factors"),
        url_path="reset-second-factors",
        icon="phonelink_erase",
        permissions=["reset"],
    )
    def reset_second_factors(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return verb_page(
            self,
            request,
            object_id,
            title=_("Remove the second factors"),
            form=Reason,
            intro=lambda user: _(
                "For somebody who lost them: he signs in with the password and sets them up anew."
            ),
            act=lambda user, facts: services.reset_second_factors(user, by=request.user, note=facts["note"]),
            done=_("The second factors are removed, and the person is told."),
        )

    def has_reset_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may(request.user, "reset_second_factors")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever could set an administrator's address could have his password reset."""
        above = isinstance(obj, User) and obj.is_superuser and not request.user.is_superuser
        return not above and super().has_change_permission(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Nobody gives himself rights: another of the office does."""
        if request.user.is_superuser:
            return []
        is_own = obj is not None and obj.pk == request.user.pk
        return ["is_superuser", *(["role", "organisation", "may_sign"] if is_own else [])]

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """An address that was his no longer opens his account: allauth would still mail it a reset."""
        before = User.objects.get(pk=obj.pk)
        super().save_model(request, obj, form, change)
        services.tell_of_amended_account(obj, before)
        EmailAddress.objects.filter(user=obj).exclude(email=obj.email).delete()


class Issued(MadeByService):
    """Once made, only looked at."""

    exported = False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Invitation)
class InvitationAdmin(Issued):
    list_display = [
        "email",
        "full_name",
        word("role", gettext_lazy("role"), ROLES),
        "organisation",
        "stands",
        "invited_by",
        "expires_at",
    ]
    list_filter = ["role", ("expires_at", RangeDateTimeFilter)]
    list_select_related = ["organisation", "invited_by"]
    search_fields = ["email", "full_name"]
    autocomplete_fields = ["organisation"]
    add_fieldsets = [
        (None, {"fields": [("email", "full_name"), ("role", "organisation"), ("language", "may_sign")]}),
    ]
    fieldsets = [*add_fieldsets, (None, {"fields": ["invited_by", ("expires_at", "accepted_at"), "user"]})]

    actions_detail = ["withdraw"]

    @display(
        description=gettext_lazy("state"),
        label={"open": "info", "accepted": "success", "over": "warning"},
        ordering="accepted_at",
    )
    def stands(self, invitation: Invitation) -> tuple[str, str]:
        if invitation.accepted_at:
            return "accepted", _("accepted")
        return ("open", _("waits")) if invitation.is_open() else ("over", _("over"))

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
