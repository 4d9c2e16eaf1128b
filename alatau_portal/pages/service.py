"""What the portal says of itself: how accessible it is, what it keeps of people, and what robots may read."""

from datetime import date

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from alatau_portal.pages.frame import districts_for, frame

#: The day on which both statements were last compared with the portal.
STATED_ON = date(2026, 11, 29)
#: What nobody should find by a search engine.
CLOSED = ("/admin/", "/*/accounts/", "/*/search/", "/*/styleguide/")


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return _statement(request, "accessibility")


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return _statement(request, "privacy")


def _statement(request: HttpRequest, name: str) -> HttpResponse:
    """A long text, written in each language rather than translated sentence by sentence."""
    context = {
        "statement": f"pages/{name}/{get_language()}.html",
        "stated_on": STATED_ON,
        "session_cookie": settings.SESSION_COOKIE_NAME,
        "csrf_cookie": settings.CSRF_COOKIE_NAME,
        "known_cookie": settings.KNOWN_COOKIE_NAME,
        "language_cookie": settings.LANGUAGE_COOKIE_NAME,
        **frame(districts_for(request.user), ()),
    }
    return render(request, f"pages/{name}.html", context)


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in CLOSED),
        f"Sitemap: {settings.PUBLIC_URL}/sitemap.xml",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")
