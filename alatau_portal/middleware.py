"""What the roof adds to every answer."""

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware


class Headers:
    """What every answer says to a browser; whoever wants other words for his answer says them first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in settings.ANSWER_HEADERS.items():
            response.headers.setdefault(name, value)
        return response


class Policies:
    """The content policy of what is no page of ours: the admin's theme compiles expressions in the browser, so that
    under /admin/ it is wider; of what is downloaded it is narrower."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.headers.get("Content-Disposition", "").startswith("attachment"):
            response._csp_config = settings.FILE_CSP  # type: ignore[attr-defined]
        elif request.path.startswith("/admin/"):
            response._csp_config = settings.ADMIN_CSP  # type: ignore[attr-defined]
        return response


class NotModified:
    """A 304 tells neither length nor language of the content that it does not carry (RFC 9110, 15.4.5)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == HTTPStatus.NOT_MODIFIED:
            for header in ("Content-Length", "Content-Language"):
                response.headers.pop(header, None)
        return response


class PackedPages(GZipMiddleware):
    """What visitors read goes packed, a fifth of its size: a phone on a slow network shows it sooner.

    Not what signed-in people read, which is theirs (BREACH tells secrets from the length of what is packed beside an
    address), and not the API, whose strong ETags would become weak.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        user = getattr(request, "user", None)
        if request.path.startswith("/api/") or user is None or user.is_authenticated:
            return response
        return super().process_response(request, response)
