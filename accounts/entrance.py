"""What the door sees of whoever knocks: his network, and whether he came in by this browser before."""

import logging
import secrets
from typing import Any

from django.conf import settings
from django.core import signing
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from accounts.models import User
from accounts.services import sessions
from core import rates

logger = logging.getLogger("portal.door")

SALT, KEPT = "accounts.known-browser", 180 * 24 * 3600
#: Word of a User-Agent → what a person calls it. The first that is found: many name their ancestors as well.
BROWSERS = {
    "YaBrowser": "Yandex Browser",
    "Edg": "Edge",
    "OPR": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS": "macOS",
    "Linux": "Linux",
}


def network(request: HttpRequest) -> str:
    return rates.network(rates.address_of(request))


def browser(request: HttpRequest) -> str:
    """Such as “Firefox, Windows”; no more of what the browser says of itself is kept."""
    said = request.META.get("HTTP_USER_AGENT", "")
    names = (
        next((name for word, name in table.items() if word in said), "") for table in (BROWSERS, SYSTEMS)
    )
    return ", ".join(filter(None, names))


def note_sign_in(request: HttpRequest, user: User, **_more: Any) -> None:
    """Whatever way he came in by: the framework tells of each."""
    logger.info("signed in", extra={"user": user.ledger_name})
    sessions.begin(request.session, network(request), browser(request))
    sessions.note_seen(user, timezone.localdate())


def known_browser(request: HttpRequest, login: str) -> str:
    """The mark of a browser in which the person of this name or address signed in before; else nothing."""
    whose, mark = _mark(request)
    if not whose or not login:
        return ""
    called = Q(username__iexact=login.strip()) | Q(email=login.strip().lower())
    return mark if User.objects.filter(called, pk=whose).exists() else ""


def own_browser(request: HttpRequest, user: Any) -> str:
    whose, mark = _mark(request)
    return mark if whose == user.pk else ""


def remember_browser(response: HttpResponse, user: Any) -> None:
    """For him alone, and it opens nothing: wrong attempts from here are counted apart from those of his neighbours."""
    response.set_cookie(
        settings.KNOWN_COOKIE_NAME,
        signing.dumps([user.pk, secrets.token_hex(16)], salt=SALT),
        max_age=KEPT,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _mark(request: HttpRequest) -> tuple[int | None, str]:
    try:
        whose, mark = signing.loads(
            request.COOKIES.get(settings.KNOWN_COOKIE_NAME, ""), salt=SALT, max_age=KEPT
        )
    except (signing.BadSignature, TypeError, ValueError):
        return None, ""
    return whose, mark
