"""Error pages in the reader's language; paths below /api/ answer as problem documents.

Pages of 500 and 503 stand on nothing: no database, no request in their context, and no template where even that fails.
"""

import logging
import sys
from collections.abc import Callable
from math import ceil
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.exceptions import SessionInterrupted
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import format_html
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from alatau_portal.pages import addresses
from core import formats, publishing, tracing
from core.api.errors import problem_response
from core.api.parsers import LARGEST_FORM
from core.database import READ_ONLY, is_away, sqlstate
from core.exceptions import CannotStore, TooMany
from core.files import MAX_BYTES

logger = logging.getLogger(__name__)

#: Nothing went wrong, and what is not there looks the same as what may not be seen: no number of a request.
ORDINARY = {403, 404, 405, 410}
WAIT = {429: "60", 503: "30"}
#: Where not even a template can be read.
LAST_RESORT = """<!doctype html><html lang="kk"><meta charset="utf-8"><title>Alatau City</title>
<h1>Портал қазір жауап бермейді</h1><p>Бірнеше минуттан кейін қайталап көріңіз.</p>
<p lang="ru">Портал сейчас не отвечает. Повторите через несколько минут.</p>
<p lang="en">The portal does not answer right now. Please try again in a few minutes.</p></html>"""


#: Of a form of somebody without an account: a file that is a little too large is refused by the form itself.
LARGEST_OF_VISITORS = MAX_BYTES + 2**20


class Words(NamedTuple):
    """What happened, and what to do."""

    title: Any
    text: Any


WORDS = {
    400: Words(
        _("The request cannot be understood"),
        _("Go back and try again; if it happens again, tell the project office."),
    ),
    403: Words(
        _("You may not see this page"),
        _("Your account has no right to it. If it should have, ask the project office."),
    ),
    404: Words(
        _("There is no such page"),
        _(
            "It may have moved, or there is a mistake in the address. Search for it, or begin with one of these pages."
        ),
    ),
    410: Words(_("It was taken down"), _("What stood here is not public any more.")),
    405: Words(
        _("This page takes nothing that is sent to it"),
        _("It can only be read. Go back and use the link or the form that stands there."),
    ),
    413: Words(
        _("That is too much at once"),
        _("Go back and send fewer or smaller files: up to 25 MB without an account, up to 75 MB with one."),
    ),
    429: Words(_("Too many attempts"), _("Please wait a few minutes and try again.")),
    500: Words(
        _("Something went wrong on our side"),
        _("The failure is recorded. Please try again in a few minutes."),
    ),
    503: Words(
        _("The portal does not answer right now"),
        _("Its database cannot be reached. Nothing is lost: please try again in a minute."),
    ),
    507: Words(
        _("There is no room for the file"),
        _(
            "The portal cannot keep more files at the moment. Nothing was changed: go back to your words, "
            "and tell the project office."
        ),
    ),
}
NOT_WRITABLE = Words(
    _("The file cannot be kept now"),
    _("The portal cannot keep files at the moment. Nothing was changed: go back and send it again later."),
)
ONLY_READ = Words(
    _("The portal can only be read right now"),
    _("It is being looked after, and takes no changes. Go back and send the form again in a few minutes."),
)
FOR_VISITORS = _("It is for people with an account. If you have one, sign in and you will come back here.")
EXPIRED = Words(
    _("The form has expired"),
    _(
        "Go back, load the page again and send the form once more. The browser must accept cookies of this site."
    ),
)


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """What Django itself suspects is not explained to visitors, and may have no host to make links with."""
    if isinstance(exception, SessionInterrupted):
        return _session_ended(request)
    if isinstance(exception, BadRequest):
        return _page(request, 400, text=str(exception))
    return _bare(request, 400, WORDS[400])


def _session_ended(request: HttpRequest) -> HttpResponse:
    """The session ended while the request was answered: by what it did itself, or from elsewhere. What it did is done,
    so that it is no mistake of the reader: he goes on without the session, where he was or where he may sign in."""
    if request.path.startswith("/api/"):
        return problem_response(request, 401, headers={"WWW-Authenticate": 'Bearer realm="api"'})
    was_read = request.method in {"GET", "HEAD"}
    response = redirect(request.get_full_path() if was_read else "account_login")
    response.delete_cookie(
        settings.SESSION_COOKIE_NAME,
        path=settings.SESSION_COOKIE_PATH,
        domain=settings.SESSION_COOKIE_DOMAIN,
        samesite=settings.SESSION_COOKIE_SAMESITE,
    )
    return response


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    own_words = str(exception) if isinstance(exception, PermissionDenied) else ""
    visitor = not request.user.is_authenticated
    return _page(request, 403, text=own_words or (FOR_VISITORS if visitor else ""), offer_sign_in=visitor)


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """404; of what once was public and was taken down 410, with the day and the public words."""
    if stone := _tombstone(request):
        told = format_html("{} {}", stone.words, formats.day_text(stone.on, get_language()))
        return _page(request, 410, text=told)
    return _page(request, 404)


def _tombstone(request: HttpRequest) -> Any:
    match = getattr(request, "resolver_match", None)
    model, named = addresses.named(match) if match else (None, {})
    return publishing.tombstone_at(model, **named) if model else None


def too_many(request: HttpRequest) -> HttpResponse:
    """What allauth answers to one who tries too often."""
    return _page(request, 429)


class TooOften:
    """Attempts to come in that are not even judged: when again is said to the minute."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, TooMany):
            return None
        seconds = max(1, ceil(exception.retry_after.total_seconds()))
        minutes = ceil(seconds / 60)
        text = ngettext(
            "Too many attempts of late. Try again in %(n)s minute.",
            "Too many attempts of late. Try again in %(n)s minutes.",
            minutes,
        ) % {"n": minutes}
        response = _page(request, 429, text=text)
        response.headers["Retry-After"] = str(seconds)
        return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _bare(request, 403, EXPIRED)


def broken(request: HttpRequest) -> HttpResponse:
    """500; 503 where the database or the store of files is what failed, 507 where there is no room for a file."""
    error = sys.exception()
    if _came_of_a_refusal(error):
        logger.error("The page of an error failed", exc_info=True)
    if failed := CannotStore.of(error):
        return _bare(request, failed.status, WORDS[507] if failed.is_full else NOT_WRITABLE)
    if not is_away(error):
        return _bare(request, 500, WORDS[500])
    request.user = AnonymousUser()  # nobody on the way out is to ask the database who it is, and wait again
    return _bare(request, 503, ONLY_READ if sqlstate(error) == READ_ONLY else WORDS[503])


def _came_of_a_refusal(error: BaseException | None) -> bool:
    """Django logs why a view failed, but not why the page of a 404 or 403 did."""
    while error is not None:
        error = error.__context__
        if isinstance(error, Http404 | PermissionDenied | BadRequest):
            return True
    return False


class Sized:
    """Whoever says that he sends more than a page takes is refused before a byte of it is kept; the API has its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdigit() and int(length) > LARGEST_OF_VISITORS and not request.path.startswith("/api/"):
            most = LARGEST_FORM if request.user.is_authenticated else LARGEST_OF_VISITORS
            if int(length) > most:
                return _page(request, 413)
        return self.get_response(request)


class NotAllowed:
    """The decorators of views refuse a method without a word: give it the page. TRACE is refused for all of them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        refuses = request.method == "TRACE" and not request.path.startswith("/api/")
        response = HttpResponseNotAllowed(["GET", "HEAD", "POST"]) if refuses else self.get_response(request)
        if response.status_code != 405 or response.content or request.path.startswith("/api/"):
            return response
        page = _page(request, 405)
        page.headers["Allow"] = response.headers["Allow"]
        return page


def _page(request: HttpRequest, status: int, *, text: Any = "", offer_sign_in: bool = False) -> HttpResponse:
    """In the frame of the portal, with its menu and its search."""
    if request.path.startswith("/api/"):
        return problem_response(request, status)
    words = WORDS[status]
    context = {
        "status": status,
        "frame": "base.html",
        "title": words.title,
        "text": text or words.text,
        "offer_sign_in": offer_sign_in,
        "number": "" if status in ORDINARY else tracing.number(),
        "alternates": (),  # an error is not a page that a search engine keeps
    }
    return _tell_when(render(request, "error.html", context, status=status))


def _bare(request: HttpRequest, status: int, words: Words) -> HttpResponse:
    if request.path.startswith("/api/"):
        response: HttpResponse = problem_response(request, status)
    else:
        context = {"status": status, "frame": "bare.html", "title": words.title, "text": words.text}
        context["number"] = tracing.number()
        response = HttpResponse(_rendered(request, context), status=status)
    response.headers["Cache-Control"] = "no-store"
    return _tell_when(response)


def _rendered(request: HttpRequest, context: dict[str, Any]) -> str:
    """In the language of the address: the failure may have come before anybody looked at it."""
    try:
        language = translation.get_language_from_request(request, check_path=True)
        with translation.override(language):
            return render_to_string("error.html", context)
    except Exception:  # whatever it is, the reader gets an answer
        return LAST_RESORT


def _tell_when(response: HttpResponse) -> HttpResponse:
    if wait := WAIT.get(response.status_code):
        response.headers["Retry-After"] = wait
    return response
