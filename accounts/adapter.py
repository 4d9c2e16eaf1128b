"""How allauth behaves here: nobody signs up by himself, and mail goes through the outbox."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.crypto import get_random_string

from accounts.models import User
from core import ledger, outbox


class PortalAdapter(DefaultAccountAdapter):
    """Accounts come by invitation (accounts.services.invite)."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def set_password(self, user: User, password: str) -> None:
        """By whatever way (change, reset), the ledger says that the person did it, never what it is."""
        with ledger.acting(user, "set_password"):
            super().set_password(user, password)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """On the portal's own address, whatever host the request named."""
        user, _, rest = key.partition("-")
        return settings.PUBLIC_URL + reverse("account_reset_password_from_key", args=[user, rest])

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Owe the mail instead of sending it: a dead mail server delays a password reset, it does not lose it."""
        message = self.render_mail(template_prefix, email, context)
        with transaction.atomic():
            outbox.owe_mail(f"account-{get_random_string(20)}", email, message.subject, message.body)
