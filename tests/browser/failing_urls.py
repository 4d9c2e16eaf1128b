"""The addresses of the portal, and one that fails as it is told."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import path

from alatau_portal import errors, urls
from alatau_portal.urls import handler400, handler403, handler404, handler429, handler500

__all__ = ["handler400", "handler403", "handler404", "handler429", "handler500"]

FAILURES = {
    400: BadRequest("…"),
    403: PermissionDenied(),
    404: Http404(),
    500: ZeroDivisionError(),
    503: OperationalError(),
}


@login_not_required
def fail(request: HttpRequest, status: int) -> HttpResponse:
    if status == 405:
        return HttpResponseNotAllowed(["GET"])
    if status == 429:
        return errors.too_many(request)
    raise FAILURES[status]


urlpatterns = [*urls.urlpatterns, *i18n_patterns(path("fail/<int:status>/", fail))]
