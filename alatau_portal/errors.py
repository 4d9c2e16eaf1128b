"""Error pages in the reader's language; paths below /api/ answer as problem documents."""

from typing import Any

from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.api.errors import problem_response


def _answer(request: HttpRequest, status: int, template: str, exception: Any = None) -> HttpResponse:
    if request.path.startswith("/api/"):
        return problem_response(request, status)
    ours = isinstance(exception, PermissionDenied | BadRequest)  # what Django suspects is not for visitors
    return render(request, template, {"detail": str(exception) if ours else ""}, status=status)


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return _answer(request, 400, "400.html", exception)


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return _answer(request, 403, "403.html", exception)


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return _answer(request, 404, "404.html")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _answer(request, 403, "403_csrf.html")


def broken(request: HttpRequest) -> HttpResponse:
    return _answer(request, 500, "500.html")
