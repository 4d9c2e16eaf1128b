"""What the portal says of itself: how accessible it is, what it keeps of people, and what robots may read."""

from datetime import UTC, date, timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
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


#: For so long what security.txt says is meant to hold; it is counted anew every day.
SECURITY_HOLDS = timedelta(days=180)
TELL_US = """\
# Қауіпсіздіктегі осалдықты тапсаңыз, бізге айтыңыз: төмендегі мекенжай.
# Если вы нашли уязвимость, сообщите нам по адресу ниже.
# If you found a weakness, please tell us at the address below."""
NOBODY_NAMED = """\
# Бөлек мекенжай берілмеген: жобалық офиске өтінім нысаны арқылы жазыңыз.
# Отдельного адреса нет: напишите проектному офису через форму обращения.
# No address of its own is given: write to the project office by the form for enquiries."""


@login_not_required
@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """`/.well-known/security.txt` (RFC 9116). Where the setting names nobody, the door that everybody has."""
    today = timezone.now().astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    with translation.override("kk"):
        form = settings.PUBLIC_URL + reverse("enquiry")
    lines = [
        TELL_US if settings.SECURITY_CONTACT else f"{TELL_US}\n{NOBODY_NAMED}",
        f"Contact: {settings.SECURITY_CONTACT or form}",
        f"Expires: {today + SECURITY_HOLDS:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: kk, ru, en",
        f"Canonical: {settings.PUBLIC_URL}{reverse('security')}",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")
