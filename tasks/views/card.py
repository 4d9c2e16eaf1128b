"""One instruction, with everything that concerns it."""

from django.http import HttpRequest, HttpResponse


def detail(request: HttpRequest, public_id: str, verb: str = "") -> HttpResponse:
    return HttpResponse(public_id)
