"""Error pages in the reader's language; paths below /api/ answer as problem documents."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.api.errors import problem_response


def _answer(request: HttpRequest, status: int, template: str, exception: Any = None) -> HttpResponse:
    detail = (
        str(exception)
        if exception is not None and exception.args and isinstance(exception.args[0], str)
        else ""
    )
    if request.path.startswith("/api/"):
        return problem_response(request, status)
    return render(request, template, {"detail": detail if status in {400, 403} else ""}, status=status)


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
