"""The files of the open data, current ones and permanent copies: the same bytes for everybody, on any site."""

from datetime import date

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.dateparse import parse_date
from django.utils.http import http_date
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from alatau_portal.models import OpenDataEdition
from alatau_portal.open_data import editions, files, standing
from alatau_portal.open_data.geojson import in_each_language
from core.text import LANGUAGES, Text

#: A year; what never changes need never be asked for again.
FOR_EVER = "public, max-age=31536000, immutable"
#: Any site may read a file, with its tag.
OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Last-Modified",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
WAIT = "60"
PREPARED = _("The file is being prepared anew: ask again in a minute.")


@csrf_exempt  # what is sent here is not taken at all: 405, not a form without its token
@login_not_required
@require_safe
def current(request: HttpRequest, name: str) -> HttpResponse:
    """The newest edition. While a newer one is in the making the last is served, yet never what was taken down."""
    if name not in files.TYPES:
        raise Http404
    edition = standing.current()
    if edition is None or standing.holds_what_was_taken_down(edition):
        edition = editions.publish()
        if edition is None or edition.refused_at:
            return _plain(503, in_each_language(PREPARED), **{"Retry-After": WAIT})
    answer = _served(request, edition, name, "no-cache")
    if answer is None:  # superseded meanwhile: of the newer one all files are there
        newer = standing.current()
        answer = _served(request, newer, name, "no-cache") if newer else None
    return answer or _plain(503, in_each_language(PREPARED), **{"Retry-After": WAIT})


@csrf_exempt
@login_not_required
@require_safe
def permanent(request: HttpRequest, day: str, name: str) -> HttpResponse:
    """The copy of a day, for ever the same; 410 with the reason, once it was withdrawn."""
    on = _parsed(day)
    edition = OpenDataEdition.objects.filter(day=on).first() if on else None
    if edition is None or name not in files.TYPES:
        raise Http404
    if edition.withdrawn_at:
        return _plain(410, Text.of(edition.reason)._asdict())
    answer = _served(request, edition, name, FOR_EVER)
    if answer is None:  # withdrawn meanwhile
        edition.refresh_from_db()
        return _plain(410, Text.of(edition.reason)._asdict())
    return answer


def _parsed(day: str) -> date | None:
    try:
        return parse_date(day)
    except ValueError:
        return None


def _served(request: HttpRequest, edition: OpenDataEdition, name: str, caching: str) -> HttpResponse | None:
    """With the hash as its ETag; the body is read only for whoever does not have it.

    None where the edition has no such file any more: it was withdrawn or superseded between two queries.
    """
    file = edition.files.defer("body").filter(name=name).first()
    if file is None:
        return None
    changed = int(edition.published_at.timestamp())
    headers = {
        "ETag": f'"{file.sha256[:32]}"',
        "Last-Modified": http_date(changed),
        "Cache-Control": caching,
        "Content-Disposition": f'inline; filename="{name}"',
        "Content-Language": _language_of(name),
        **OPEN,
    }
    response = HttpResponse(content_type=file.content_type, headers=headers)
    answer = get_conditional_response(request, headers["ETag"], changed, response)
    if answer is response and request.method != "HEAD":
        body = edition.files.filter(pk=file.pk).values_list("body", flat=True).first()
        if body is None:
            return None
        response.content = bytes(body)
    elif answer is response:
        response.headers["Content-Length"] = str(file.size)
    for header, told in OPEN.items():  # of an answer without a body, too
        answer.headers.setdefault(header, told)
    return answer


def _language_of(name: str) -> str:
    """Of `oc4ids.kk.json` one; of a file without one in its name all three."""
    parts = name.split(".")
    return next((part for part in parts if part in LANGUAGES), ", ".join(LANGUAGES))


def _plain(status: int, words: dict[str, str], **headers: str) -> HttpResponse:
    """For programs and whoever runs them: a line in each language."""
    told = "".join(f"{text}\n" for text in words.values() if text)
    kept = {"Cache-Control": "no-store", "Access-Control-Allow-Origin": "*", **headers}
    return HttpResponse(told, status=status, content_type="text/plain; charset=utf-8", headers=kept)
