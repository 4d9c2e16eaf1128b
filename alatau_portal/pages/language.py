"""The page in the other languages, and the language that a reader chose, remembered for the next time."""

import re
from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse, translate_url
from django.utils.translation import get_language_from_path, get_language_from_request

#: Parameters that say where a reader came from: the page is the same without them.
TRACKING = re.compile(
    r"utm_\w+|fbclid|[dgy]clid|ysclid|msclkid|gbraid|wbraid|_openstat|mc_[ce]id", re.IGNORECASE
)


def in_language(address: str, code: str) -> str:
    """The same page, with its query, in another language; also where the address leads nowhere."""
    translated = translate_url(address, code)
    here = get_language_from_path(urlsplit(address).path)
    if translated == address and here:
        return f"/{code}/{address.removeprefix(f'/{here}/')}"
    return translated


def alternates(request: HttpRequest) -> list[tuple[str, str]]:
    """(language, address) of this page for search engines, “x-default” the last; tracking is left out."""
    shown = [(name, value) for name, values in request.GET.lists() for value in values]
    kept = urlencode([(name, value) for name, value in shown if value and not TRACKING.fullmatch(name)])
    query = f"?{kept}" if kept else ""
    pages = {
        code: settings.PUBLIC_URL + in_language(request.path, code) + query
        for code, _name in settings.LANGUAGES
    }
    match = request.resolver_match
    chooser = match is not None and match.url_name == "home"
    default = settings.PUBLIC_URL + reverse("root") + query if chooser else pages[settings.LANGUAGE_CODE]
    return [*pages.items(), ("x-default", default)]


class RememberLanguage:
    """A page in another language than the browser would be given is a choice: a cookie keeps it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        chosen = get_language_from_path(request.path_info)
        if chosen and response.status_code == 200 and chosen != get_language_from_request(request):
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME,
                chosen,
                max_age=settings.LANGUAGE_COOKIE_AGE,
                secure=settings.LANGUAGE_COOKIE_SECURE,
                samesite=settings.LANGUAGE_COOKIE_SAMESITE,
                httponly=True,
            )
        return response
