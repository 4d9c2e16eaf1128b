"""What people fill in about themselves: invitation, sign-in, second factor, profile."""

import re
from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ResetPasswordForm, ResetPasswordKeyForm
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.utils import decrypt
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.contrib.auth import logout
from django.contrib.auth.password_validation import password_validators_help_text_html
from django.db import transaction
from django.http import HttpRequest
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import entrance, letters
from accounts.models import User
from accounts.services import attempts
from core import outbox

#: A phone writes neither a capital letter nor a correction into a name or a code.
AS_TYPED = {"autocapitalize": "none", "autocorrect": "off", "spellcheck": "false"}


class InvitationForm(forms.Form):
    username = forms.CharField(
        label=gettext_lazy("User name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "username", **AS_TYPED}),
    )
    full_name = forms.CharField(
        label=gettext_lazy("Full name"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = forms.CharField(
        label=gettext_lazy("Password"),
        strip=False,
        help_text=password_validators_help_text_html,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=gettext_lazy("Password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if facts.get("password") != facts.get("again"):
            self.add_error("again", _("The two passwords differ: type the same one twice."))
        return facts


class SignInForm(LoginForm):
    """allauth's form, with a field that password managers know."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        login = self.fields["login"]
        login.label = gettext_lazy("User name or e-mail")
        login.widget.attrs = {"autocomplete": "username webauthn", **AS_TYPED}


class ResetForm(ResetPasswordForm):
    """Nobody's mailbox is filled by a stranger, and nobody learns whose address is known: the same is done for every
    address, and only who sends the letters looks whether anybody has it."""

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        email: str = self.cleaned_data["email"]
        attempts.reset_letter(email, entrance.network(request))
        with transaction.atomic():
            outbox.owe_letter(f"account-{get_random_string(20)}", email, letters.RESET)
        return email


class NewPasswordForm(ResetPasswordKeyForm):
    """By the mailed link. The new password ends every session of the person, also the one in this browser."""

    def save(self) -> None:
        super().save()
        logout(context.request)


class ChangeForm(ChangePasswordForm):
    """Whoever finds an open browser does not guess the password in it."""

    def clean_oldpassword(self) -> str:
        right = attempts.own_password(self.user.pk)
        password = super().clean_oldpassword()
        right()
        return password


class _Code:
    """A code as a person types it: digits on a phone's keys, spaces and hyphens allowed."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = gettext_lazy("Code")
        self.fields["code"].widget.attrs = {
            "autocomplete": "one-time-code",
            "inputmode": "numeric",
            **AS_TYPED,
        }


class _Once(_Code):
    """A code opens one door, however long it would hold: what is used up stands with the factor, not in a cache."""

    user: User
    authenticator: Authenticator

    def clean_code(self) -> str:
        request = context.request
        browser = entrance.own_browser(request, self.user)
        right = attempts.second_factor(self.user.pk, entrance.network(request), browser)
        code = super().clean_code()  # type: ignore[misc]
        if self.authenticator.type == Authenticator.Type.TOTP and not use_up(self.authenticator, code):
            raise get_adapter().validation_error("incorrect_code")
        right()
        return code


@transaction.atomic
def use_up(factor: Authenticator, code: str) -> bool:
    """False if this code of the app, or a later one, was used before."""
    factor = Authenticator.objects.select_for_update().get(pk=factor.pk)
    secret, typed = decrypt(factor.data["secret"]), re.sub(r"\D", "", code)
    steps = totp.yield_hotp_counters_from_time()
    step = next((one for one in steps if totp.format_hotp_value(totp.hotp_value(secret, one)) == typed), None)
    if step is None or step <= factor.data.get("used_step", 0):
        return False
    factor.data["used_step"] = step
    factor.save(update_fields=["data"])
    return True


class CodeForm(_Once, AuthenticateForm):
    """The second step of signing in: the page has nothing else to begin with."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs["autofocus"] = not self.is_bound


class ConfirmCodeForm(_Once, ReauthenticateForm):
    """The same before something that guards the account is changed."""


class ActivateForm(_Code, ActivateTOTPForm):
    """The first code of a new authenticator app proves that it works."""


def _name_of_passkey() -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("Name of the key"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("So that you know it again: “phone”, “office laptop”."),
    )


#: What the library makes of an answer that no browser gives.
NONSENSE = (AttributeError, LookupError, TypeError, ValueError)


class _Credential:
    """What does not come from a browser is a wrong key, not a failure of ours."""

    def clean_credential(self) -> Authenticator:
        try:
            factor: Authenticator = super().clean_credential()  # type: ignore[misc]
        except NONSENSE as error:
            raise get_adapter().validation_error("incorrect_code") from error
        return factor


class KeyForm(_Credential, AuthenticateWebAuthnForm):
    """The key as the second step of signing in."""


class ConfirmKeyForm(_Credential, ReauthenticateWebAuthnForm):
    """The same before something that guards the account is changed."""


class PasskeyForm(_Credential, LoginWebAuthnForm):
    """Signing in with a passkey alone."""

    def clean_credential(self) -> Authenticator:
        right = attempts.passkey(entrance.network(context.request))
        factor = super().clean_credential()
        right()
        return factor


class AddPasskeyForm(AddWebAuthnForm):
    name = _name_of_passkey()
    passwordless = forms.BooleanField(
        label=gettext_lazy("Sign in with this key alone, without a password"),
        required=False,
        help_text=gettext_lazy("The key must ask for a fingerprint, a face or a PIN."),
    )

    def clean(self) -> dict[str, Any]:
        try:
            return super().clean()
        except NONSENSE as error:
            raise get_adapter().validation_error("incorrect_code") from error


class NamePasskeyForm(EditWebAuthnForm):
    name = forms.CharField(label=gettext_lazy("Name of the key"), max_length=60)


class ProfileForm(forms.Form):
    full_name = forms.CharField(
        label=gettext_lazy("Full name"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of pages and mail"),
        choices=User._meta.get_field("language").choices,
        widget=forms.RadioSelect,
    )
