"""Manners of every answer: alive without a query, private when signed in, the past on request."""

import datetime
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import ResponseHeaders
from django.utils import timezone
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import get_language_from_request, override
from django.utils.translation import gettext as _

from core import access, ledger
from core.api.errors import problem_response
from core.policies import sees_everything

#: A document that shows and runs nothing.
NOTHING = {
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
}

type Next = Callable[[HttpRequest], HttpResponse]


class Alive:
    """`/health/live`: a constant answer, headers and all, before anything else can fail or cost."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response
        told = {"Content-Type": "text/plain", "Cache-Control": "no-store", **NOTHING}
        told |= settings.ANSWER_HEADERS
        self.headers, self.encrypted = ResponseHeaders(told), ResponseHeaders(told | _strict_transport())

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path == "/health/live":
            response = HttpResponse(b"alive\n", content_type="")
            response.headers = self.encrypted if request.is_secure() else self.headers
            return response
        return self.get_response(request)


def _strict_transport() -> dict[str, str]:
    """What SecurityMiddleware says, for an answer that never gets so far."""
    if not settings.SECURE_HSTS_SECONDS:
        return {}
    return {
        "Strict-Transport-Security": f"max-age={settings.SECURE_HSTS_SECONDS}; includeSubDomains; preload"
    }


class Encrypted:
    """The API answers nothing in the clear where the portal has a certificate. A page leads the reader on to https; a
    program that was led on would go on sending its token in the clear for years, and nobody would notice."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        is_open = settings.SECURE_SSL_REDIRECT and not request.is_secure()
        if is_open and request.path.startswith("/api/v1/"):
            with override(get_language_from_request(request)):
                told = _(
                    "The API is answered over https alone: correct the address, and renew a token that was sent."
                )
                return problem_response(request, 403, detail=told, headers=settings.ANSWER_HEADERS | NOTHING)
        return self.get_response(request)


class Private:
    """What a signed-in reader gets is his: no cache keeps it."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # A program's token is read by the API alone: elsewhere nobody is signed in by it.
        is_program = request.headers.get("Authorization", "")[:7].lower() == "bearer "
        if getattr(request, "user", None) is not None and request.user.is_authenticated:
            patch_cache_control(response, private=True, no_store=True)
        elif "Cache-Control" not in response:
            kept = {"private": True, "no_store": True} if is_program else {"no_cache": True}
            patch_cache_control(response, **kept)
        if not request.path.startswith("/static/"):
            patch_vary_headers(response, ["Cookie", "Accept-Language"])
        return response


def parse_instant(text: str) -> datetime.datetime:
    """A day (its end in Almaty) or an instant with offset; never later than now. ValueError otherwise."""
    now = timezone.now()
    if (day := parse_date(text)) is not None and len(text) == 10:
        end = datetime.datetime.combine(day, datetime.time.max, timezone.get_default_timezone())
        if day > timezone.localdate():
            raise ValueError("in the future")
        return min(end, now)
    instant = parse_datetime(text.replace(" ", "+"))
    if instant is None or timezone.is_naive(instant) or instant > now:
        raise ValueError("not an instant of the past")
    try:
        return instant.astimezone(datetime.UTC)
    except OverflowError as error:  # the year 1, seen from the east
        raise ValueError("before all time") from error


class AsOf:
    """`?as_of=2025-12-01` on a page: how it stood then, for those who read everything. The API has its own door."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        text = request.GET.get("as_of")
        if (
            text is None
            or request.path.startswith(("/api/", "/admin/"))
            or request.method not in {"GET", "HEAD"}
        ):
            return self.get_response(request)
        if not sees_everything(request.user):
            raise PermissionDenied(_("Only staff may look into the past: sign in."))
        try:
            instant = parse_instant(text)
        except ValueError as error:
            raise BadRequest(_("“as_of” is a past day such as 2025-12-01: correct the address.")) from error
        with ledger.as_of(instant):
            response = self.get_response(request)
        access.back_from_the_past()
        return response
