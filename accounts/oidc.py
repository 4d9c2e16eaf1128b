"""Signing in through an identity provider (OpenID Connect): only into accounts that were linked by their owners.

The provider says who somebody is there; which account of the portal is his, he says himself, signed in, in his profile.
Nothing is guessed from an e-mail address, nobody gets an account this way, and a second factor is asked for as ever.
"""

import logging
import secrets
from typing import Any

import jwt
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import services
from core.exceptions import DomainError

logger = logging.getLogger("portal.door")

#: Signed with a key that is the provider's alone: neither “none” nor a secret that both sides know.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
#: Clocks differ.
LEEWAY = 30


class Code(OpenIDConnectOAuth2Adapter):
    """The way of the code. The library trusts the connection; here the signature, and the nonce, are checked too."""

    nonce = ""

    @property
    def openid_config(self) -> dict[str, Any]:
        config: dict[str, Any] = super().openid_config
        if config.get("issuer") != settings.OIDC["url"]:
            raise OAuth2Error("the discovery document is of another issuer")
        return config

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:
        """On the portal's own address, whatever host the request named."""
        return settings.PUBLIC_URL + reverse("oidc-callback")

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> SocialLogin:
        claims = self._claims(app.client_id, kwargs["response"].get("id_token") or "")
        return self.get_provider().sociallogin_from_response(request, claims)

    def _claims(self, client_id: str, token: str) -> dict[str, Any]:
        try:
            claims = jwt.decode(
                token,
                key=self._key(jwt.get_unverified_header(token)),
                algorithms=ALGORITHMS,
                audience=client_id,
                issuer=settings.OIDC["url"],
                leeway=LEEWAY,
                options={"require": ["iss", "sub", "aud", "exp", "iat"]},
            )
        except (jwt.PyJWTError, KeyError, TypeError, ValueError) as error:
            raise OAuth2Error("the token is not one of the provider for this portal") from error
        if not self.nonce or not secrets.compare_digest(str(claims.get("nonce", "")), self.nonce):
            raise OAuth2Error("the token answers another request")
        if claims.get("azp", client_id) != client_id:
            raise OAuth2Error("the token was given to another program")
        return claims

    def _key(self, header: dict[str, Any]) -> jwt.PyJWK:
        with LinkedAccounts().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
        keys = [key for key in jwt.PyJWKSet.from_dict(answer.json()).keys if key.public_key_use != "enc"]
        named = [key for key in keys if header.get("kid") in (None, key.key_id)]
        if len(named) != 1:
            raise OAuth2Error("it is not clear with which key the token is signed")
        return named[0]


class Provider(OpenIDConnectProvider):
    """Asked for nothing but who it is: neither name nor address is taken from there."""

    oauth2_adapter_class = Code
    pkce_enabled_default = True

    def get_default_scope(self) -> list[str]:
        return ["openid"]

    def get_callback_url(self) -> str:
        return reverse("oidc-callback")

    def extract_uid(self, data: dict[str, Any]) -> str:
        return str(data["sub"])

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        return {}

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:
        return {}

    def extract_email_addresses(self, data: dict[str, Any]) -> list[Any]:
        return []

    def redirect(
        self, request: HttpRequest, process: str, next_url: str | None = None, data: Any = None, **kwargs: Any
    ) -> HttpResponse:
        nonce = secrets.token_urlsafe(32)
        return super().redirect(request, process, next_url, data, auth_params={"nonce": nonce}, nonce=nonce)


class Callback(OAuth2CallbackView):
    def _get_state(self, request: HttpRequest, provider: Any) -> Any:
        state, refusal = super()._get_state(request, provider)
        if state:
            self.adapter.nonce = state.get("nonce", "")
        return state, refusal


class LinkedAccounts(DefaultSocialAccountAdapter):
    """What happens when the provider has said who it is, or that it will not."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        if sociallogin.state.get("process") == AuthProcess.CONNECT:
            raise ImmediateHttpResponse(_linked(request, sociallogin))
        if not sociallogin.is_existing or not sociallogin.user.has_access:
            messages.error(
                request,
                _(
                    "No open account is linked with this identity: sign in another way and link it in your profile."
                ),
            )
            raise ImmediateHttpResponse(redirect("account_login"))

    def on_authentication_error(self, request: HttpRequest, provider: Any, **kwargs: Any) -> None:
        """Whatever the reason: the log knows its kind, that of the provider all of it, and a stranger needs not."""
        logger.warning("identity: not confirmed (%s)", type(kwargs.get("exception")).__name__)
        raise ImmediateHttpResponse(failed(request))


def failed(request: HttpRequest) -> HttpResponse:
    messages.error(
        request, _("The identity provider did not confirm who you are: try again, or sign in another way.")
    )
    return redirect("profile" if request.user.is_authenticated else "account_login")


def _linked(request: HttpRequest, sociallogin: SocialLogin) -> HttpResponse:
    if not request.user.is_authenticated:
        return redirect("account_login")
    account = sociallogin.account
    try:
        services.link_identity(request.user, provider=account.provider, uid=account.uid)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("From now on you may sign in this way too."))
    return redirect("profile")
