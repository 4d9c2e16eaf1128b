"""Every error under /api/ as a problem document (RFC 9457), in the caller's language."""

import logging
from collections.abc import Iterator, Mapping
from math import ceil
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, RequestDataTooBig, SuspiciousOperation
from django.core.exceptions import PermissionDenied as DjangoPermissionDenied
from django.core.exceptions import ValidationError as DjangoValidationError
from django.core.signals import got_request_exception
from django.db import DataError, IntegrityError, OperationalError
from django.db.models import ProtectedError, RestrictedError
from django.http import Http404, HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from rest_framework import exceptions, serializers
from rest_framework.views import set_rollback

from core import publishing
from core.api import catalogue
from core.api.links import link
from core.database import is_away, sqlstate
from core.exceptions import CannotStore, Conflict, DomainError, Forbidden, NeedsReason, TooMany
from core.text import LANGUAGES

logger = logging.getLogger("django.request")

MEDIA_TYPE = "application/problem+json"


class Problem(DomainError):
    """An answer of its own: a status, a code for programs, words for people.

    `headers` go with it; `more` are members of the document beside the usual ones (RFC 9457, 3.2).
    """

    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        *,
        headers: Mapping[str, str] | None = None,
        errors: list[dict[str, str]] | None = None,
        **more: Any,
    ) -> None:
        self.status, self.code, self.headers, self.errors, self.more = status, code, headers, errors, more
        super().__init__(detail)


class WrongParameters(exceptions.APIException):
    """Query parameters that are unknown, malformed or out of range: (name, code, what is wrong)."""

    status_code = 400

    def __init__(self, *wrong: tuple[str, str, str]) -> None:
        self.errors = [{"parameter": name, "code": code, "detail": detail} for name, code, detail in wrong]
        super().__init__(self.errors[0]["detail"], self.errors[0]["code"])


def problem_response(
    request: HttpRequest,
    status: int,
    *,
    detail: str = "",
    code: str = "",
    errors: list[dict[str, str]] | None = None,
    headers: Mapping[str, str] | None = None,
    more: Mapping[str, Any] | None = None,
) -> JsonResponse:
    """A problem document; what is not said is what the code, or the status, usually means (core.api.catalogue)."""
    code = code or catalogue.usual(status)
    told = catalogue.entry(code, status)
    body = {
        "type": f"{link('api-errors')}#{code}",
        "title": str(told.title),
        "status": status,
        "detail": detail or str(told.remedy),
        "code": code,
        "errors": errors or [],
        **(more or {}),
    }
    return JsonResponse(
        body,
        status=status,
        content_type=MEDIA_TYPE,
        headers=headers,
        json_dumps_params={"ensure_ascii": False},
    )


#: What Django raises, and what it means here.
STATUSES = {
    Http404: 404,
    DjangoPermissionDenied: 403,
    IntegrityError: 409,
    RequestDataTooBig: 413,
    SuspiciousOperation: 400,  # too many fields or files, a malformed form
}
#: A lock that was not had in time, a deadlock: somebody else was at it.
BUSY = {"55P03", "40P01"}


def handle(exc: Exception, context: Mapping[str, Any]) -> JsonResponse:
    """Answer whatever a view raised. What nobody foresaw is logged and answered without details."""
    set_rollback()
    request = context["request"]
    match exc:
        case exceptions.APIException():
            return _from_framework(request, exc)
        case DomainError():
            return _from_domain(request, exc)
        case NeedsReason():
            errors = list(_flat(serializers.as_serializer_error(exc)))
            return problem_response(request, 409, code="needs_reason", errors=errors)
        case DjangoValidationError():
            return _invalid(request, serializers.as_serializer_error(exc))
        case ProtectedError() | RestrictedError():
            return problem_response(request, 409, code="protected")
        case DataError():
            return problem_response(request, 400, detail=_("A value is out of range."))
        case OperationalError() if sqlstate(exc) in BUSY:
            return problem_response(request, 409, code="busy")
    return _from_django(request, exc, context["view"])


def _from_django(request: HttpRequest, exc: Exception, view: Any) -> JsonResponse:
    status = next((status for kind, status in STATUSES.items() if isinstance(exc, kind)), None)
    if status == 404 and (answer := _gone(request, view)):
        return answer
    return problem_response(request, status) if status else _unforeseen(request, exc)


def _gone(request: HttpRequest, view: Any) -> JsonResponse | None:
    """The object once was public and was taken down: the day and the public words, nothing else."""
    if not getattr(view, "detail", False) or getattr(view, "queryset", None) is None:
        return None
    named = {view.lookup_field: view.kwargs.get(view.lookup_url_kwarg or view.lookup_field)}
    stone = publishing.tombstone_at(view.queryset.model, **named)
    if stone is None:
        return None
    more = {"taken_down_on": stone.on.isoformat(), "words": stone.words.as_json()}
    return problem_response(request, 410, detail=str(stone.words), more=more)


def _from_domain(request: HttpRequest, exc: DomainError) -> JsonResponse:
    if isinstance(exc, Problem):
        said = {"errors": exc.errors, "headers": exc.headers, "more": exc.more}
        return problem_response(request, exc.status, detail=str(exc), code=exc.code, **said)
    if isinstance(exc, TooMany):
        headers = {"Retry-After": str(max(1, ceil(exc.retry_after.total_seconds())))}
        return problem_response(request, 429, detail=str(exc), code=exc.code, headers=headers)
    status = 403 if isinstance(exc, Forbidden) else 409 if isinstance(exc, Conflict) else 400
    return problem_response(request, status, detail=str(exc), code=exc.code)


def _from_framework(request: HttpRequest, exc: exceptions.APIException) -> JsonResponse:
    headers = {}
    if challenge := getattr(exc, "auth_header", None):
        headers["WWW-Authenticate"] = challenge
    if (wait := getattr(exc, "wait", None)) is not None:
        headers["Retry-After"] = str(ceil(wait))
    match exc:
        case WrongParameters():
            return problem_response(request, 400, errors=exc.errors, headers=headers)
        case exceptions.ValidationError():
            return _invalid(request, exc.detail)
        case exceptions.ParseError():
            return problem_response(request, 400, code="parse_error")
        case exceptions.AuthenticationFailed() if exc.detail.code != exc.default_code:
            said = {"detail": str(exc.detail), "code": exc.detail.code}
            return problem_response(request, 401, headers=headers, **said)
        case exceptions.NotAuthenticated():
            detail = _("Sign in first: send “Authorization: Bearer <token>” with a token that may write.")
            return problem_response(request, 401, detail=detail, headers=headers)
    own_words = isinstance(exc, exceptions.PermissionDenied) and exc.detail != exc.default_detail
    detail = str(exc.detail) if own_words else ""
    return problem_response(request, exc.status_code, detail=detail, headers=headers)


def _invalid(request: HttpRequest, detail: Any) -> JsonResponse:
    return problem_response(request, 400, errors=list(_flat(detail)))


def _flat(detail: Any, pointer: str = "") -> Iterator[dict[str, str]]:
    """The errors of a serializer as JSON pointers into the body."""
    if isinstance(detail, Mapping):
        for name, inner in detail.items():
            yield from _flat(inner, pointer + _step(str(name)))
    elif isinstance(detail, list):
        for place, inner in enumerate(detail):
            is_row = isinstance(inner, Mapping | list)
            yield from _flat(inner, f"{pointer}/{place}" if is_row else pointer)
    else:
        yield {"pointer": pointer, "code": getattr(detail, "code", "invalid"), "detail": str(detail)}


def _step(name: str) -> str:
    """From a field of a body, or a column of a model, into the JSON: `text_kk` stands in `/text/kk`."""
    if name in {"non_field_errors", NON_FIELD_ERRORS}:
        return ""
    owner, _line, spoken = name.rpartition("_")
    if owner and spoken in LANGUAGES:
        return f"/{owner}/{spoken}"
    return "/" + name.replace("~", "~0").replace("/", "~1")


def _unforeseen(request: Any, exc: Exception) -> JsonResponse:
    failed = CannotStore.of(exc)
    status = failed.status if failed else 503 if is_away(exc) else 500
    plain = getattr(request, "_request", request)
    got_request_exception.send(sender=None, request=plain)
    extra = {"status_code": status, "request": plain}
    logger.error("%s: %s", type(exc).__name__, plain.path, exc_info=exc, extra=extra)
    headers = {"Retry-After": "5"} if status == 503 else None
    if failed and status == 503:
        return problem_response(request, status, code="storage_unavailable", headers=headers)
    return problem_response(request, status, headers=headers)
