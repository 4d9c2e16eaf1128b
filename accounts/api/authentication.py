"""Programs sign in with a token; it answers for its owner, or for the client itself."""

import re
from typing import Any

from django.utils import timezone
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from accounts.models import ApiClient, User
from accounts.services import digest


class BearerToken(BaseAuthentication):
    """`Authorization: Bearer <token>`. A token that is wrong is refused, also where none is needed."""

    def authenticate(self, request: Request) -> tuple[User | ApiClient, ApiClient] | None:
        scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            return None
        client = self._client(token.strip())
        if client is None:
            raise AuthenticationFailed
        self._note_use(client)
        return client.owner or client, client

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="api"'

    @staticmethod
    def _client(token: str) -> ApiClient | None:
        if not re.fullmatch(r"[A-Za-z0-9._~+/=-]{1,200}", token):
            return None
        client = (
            ApiClient.objects.select_related("owner").filter(token_hash=digest(token), is_active=True).first()
        )
        if client is None or (client.expires_at and client.expires_at <= timezone.now()):
            return None
        return None if client.owner and not client.owner.is_active else client

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
