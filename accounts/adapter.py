"""How allauth behaves here: nobody signs up by himself, mail goes through the outbox, second factors are drawn and
sealed here."""

import logging
import time
from typing import Any

import qrcode
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from qrcode.image.svg import SvgPathImage

from accounts import entrance, services
from accounts.models import User
from core import outbox
from core.sealed import Unreadable, is_sealed, seal, unseal

logger = logging.getLogger(__name__)


class PortalAdapter(DefaultAccountAdapter):
    """Accounts come by invitation (accounts.services.invite)."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """An investor comes into the own room."""
        if getattr(request.user, "is_investor", False):
            return reverse("room")
        return super().get_login_redirect_url(request)

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Only who is in to the end, second factor and all, is known by this browser from now on."""
        response = super().post_login(request, user, **kwargs)
        entrance.remember_browser(response, user)
        return response

    def set_password(self, user: User, password: str) -> None:
        """By whatever way (change, reset)."""
        services.set_password(user, password)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whoever signed in a moment ago has just shown who he is: he is not asked twice."""
        request = context.request
        records = get_authentication_records(request, request.user)
        newest = records[-1]["at"] if records else 0
        return time.time() - newest > settings.ACCOUNT_REAUTHENTICATION_TIMEOUT

    def get_reset_password_from_key_url(self, key: str) -> str:
        """On the portal's own address, whatever host the request named."""
        user, _dash, rest = key.partition("-")
        return settings.PUBLIC_URL + reverse("account_reset_password_from_key", args=[user, rest])

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Owe the mail instead of sending it: a dead mail server delays it, it does not lose it."""
        message = self.render_mail(template_prefix, email, context)
        with transaction.atomic():
            outbox.owe_mail(f"account-{get_random_string(20)}", email, message.subject, message.body)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Names, drawings and secrets of the second factor."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy("The code is wrong or over: type the one that is shown now."),
    }

    def encrypt(self, text: str) -> str:
        """Whoever has a copy of the database has nobody's second factor."""
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """What was written before secrets were sealed is read as it stands. What cannot be read, because SECRET_KEY is
        another one than it was sealed with, becomes a secret that nobody has: no code fits it."""
        if not is_sealed(encrypted_text):
            return encrypted_text
        try:
            return unseal(encrypted_text)
        except Unreadable:
            logger.error("A second factor cannot be read: it was sealed with another SECRET_KEY")
            return generate_totp_secret()

    def get_totp_label(self, user: User) -> str:
        return user.username

    def build_totp_svg(self, url: str) -> str:
        """A drawing to stand in the page itself: no image of another address, no style."""
        return qrcode.make(url, image_factory=SvgPathImage, border=2).to_string(encoding="unicode")

    def generate_authenticator_name(self, user: User, type: str) -> str:
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return _("Key %(number)s") % {"number": number}

    def _get_site_name(self) -> str:
        """What the browser and the authenticator app call the portal."""
        return settings.MFA_TOTP_ISSUER
