"""Programs sign in with a token; it answers for its owner, or for the client itself."""

import re
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from accounts.models import ApiClient, User
from accounts.services import attempts, digest
from core import rates


class BearerToken(BaseAuthentication):
    """`Authorization: Bearer <token>`. A token that is wrong is refused, also where none is needed."""

    def authenticate(self, request: Request) -> tuple[User | ApiClient, ApiClient] | None:
        scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            return None
        try:
            client = self._client(token.strip())
        except AuthenticationFailed:
            attempts.wrong_token(rates.network(rates.address_of(request)))
            raise
        self._note_use(client)
        return client.owner or client, client

    def authenticate_header(self, request: Request) -> str:
        """As RFC 6750 (3.1) wants it: a token that was sent is named as what is wrong."""
        sent = request.headers.get("Authorization", "").lower().startswith("bearer")
        return 'Bearer realm="api", error="invalid_token"' if sent else 'Bearer realm="api"'

    @staticmethod
    def _client(token: str) -> ApiClient:
        """Whose token it is. Whoever holds the whole of one that is over may learn why it is refused."""
        if not re.fullmatch(r"[A-Za-z0-9._~+/=-]{1,200}", token):
            raise AuthenticationFailed
        hashed = digest(token)
        known = Q(token_hash=hashed) | Q(old_token_hash=hashed)
        client = ApiClient.objects.select_related("owner").filter(known).first()
        if client is None or (client.owner and not client.owner.has_access):
            raise AuthenticationFailed
        if not client.is_active:
            raise AuthenticationFailed(_("This token is revoked: ask for a new one."), "token_revoked")
        if client.is_over:
            raise AuthenticationFailed(
                _("This token has ended: its owner, or the project office, renews it."), "token_expired"
            )
        if client.token_hash != hashed and client.old_token_until <= timezone.now():
            raise AuthenticationFailed(
                _("This token was renewed, and its time beside the new one is over: send the new one."),
                "token_replaced",
            )
        return client

    @staticmethod
    def _note_use(client: ApiClient) -> None:
        """Once a day: reading writes nothing else."""
        today = timezone.localdate()
        if client.last_used_on != today:
            ApiClient.objects.filter(pk=client.pk).update(last_used_on=today)


class BearerTokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = BearerToken
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "Published data needs no token. A token reads what its owner or its organisation may see.",
        }
