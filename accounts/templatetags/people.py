"""Tags of what belongs to the reader: his bell, his saved views, the keys his browser can use."""

import ipaddress
from typing import Any, NamedTuple
from urllib.parse import quote, urlsplit

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from core import saved_views
from core.models import Notice, SavedView

register = template.Library()


@register.simple_tag(takes_context=True)
def unread_notices(context: template.Context) -> int:
    """How many notices wait for the reader."""
    return Notice.objects.visible_to(context["user"]).unread().count()


@register.simple_tag(takes_context=True)
def sign_in_address(context: template.Context) -> str:
    """Signing in leads back to the page that the reader came from, where that is a page to read."""
    request, address = context.get("request"), reverse("account_login")
    if request is None or request.method != "GET" or "/accounts/" in request.path:
        return address
    return f"{address}?{urlencode({'next': request.get_full_path()})}"


@register.inclusion_tag("components/save_view.html", takes_context=True)
def save_view(context: template.Context) -> dict[str, Any]:
    """For signed-in readers of a register: their views of it, and a form that saves this one."""
    request: HttpRequest = context["request"]
    page = saved_views.page_at(request.path) if request.user.is_authenticated else None
    if page is None:
        return {"page": None}
    query = saved_views.asked(request.META.get("QUERY_STRING", ""))
    views = [
        {
            "name": view.name,
            "address": saved_views.in_language(view.path, view.query),
            "is_this": view.query == query,
        }
        for view in SavedView.objects.visible_to(request.user).filter(path=page.path)
    ]
    return {"page": page, "path": request.path, "query": query, "views": views}


@register.simple_tag
def identity_provider() -> str:
    """What the provider is called through which people may sign in here too; nothing where there is none."""
    return str(settings.OIDC.get("name", ""))


class Passkeys(NamedTuple):
    """Whether browsers offer passkeys at this address, and at which they would."""

    possible: bool
    instead: str


@register.simple_tag(takes_context=True)
def passkeys(context: template.Context) -> Passkeys:
    """A passkey is made for a name, never for an IP address, and only over HTTPS or on this very machine."""
    request: HttpRequest = context["request"]
    host = urlsplit(f"//{request.get_host()}").hostname or ""
    if request.is_secure() or host == "localhost" or host.endswith(".localhost"):
        return Passkeys(not _is_address(host), settings.PUBLIC_URL)
    if _is_address(host) and ipaddress.ip_address(host).is_loopback:
        _address, _colon, port = request.get_host().rpartition(":")
        return Passkeys(False, f"http://localhost:{port}{request.path}" if port.isdigit() else "")
    return Passkeys(False, "")


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


@register.filter
def in_fours(secret: str) -> list[str]:
    """A long key as people type it: «ABCD EFGH …»."""
    return [secret[place : place + 4] for place in range(0, len(secret), 4)]


@register.filter
def as_text_file(lines: list[str]) -> str:
    """The address of a file that holds these lines: it is in the page already, so nothing is asked for again."""
    return "data:text/plain;charset=utf-8," + quote("\r\n".join(lines) + "\r\n")
