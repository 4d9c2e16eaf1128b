"""Reports that travel as files: what there is to take along, and what comes back.

Nothing of a file waits on the server: what was read of it goes to the reader and back, signed.
"""

from typing import Any

from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tasks.forms.base import REFUSED
from tasks.forms.filing_files import SendBackForm
from tasks.models import ReportingPeriod
from tasks.offline import book_in, book_out, page_out, sent, telling
from tasks.offline.frozen import BadBundle
from tasks.offline.sent import Sent
from tasks.services import bundles
from tasks.views.asking import say

#: Seconds for which what was read of a file may be taken over.
KEPT, SALT = 24 * 3600, "tasks.offline.checked"
KINDS = {
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    if not user.role:
        raise PermissionDenied
    if request.method != "POST":
        return _shown(request, SendBackForm(user=user))
    is_checked = "checked" in request.POST
    form = SendBackForm(
        None if is_checked else request.POST, None if is_checked else request.FILES, user=user
    )
    if is_checked:
        form = SendBackForm({}, user=user)
        form.full_clean()
        form.errors.clear()
    elif not form.is_valid():
        return _shown(request, form)
    try:
        told = _checked(request) if is_checked else _read(form.cleaned_data["file"])
        return _taken(request, form, **told)
    except (*REFUSED, IntegrityError, OperationalError) as error:
        say(form, error)
    return _shown(request, form)


def _read(file: Any) -> dict[str, Any]:
    """What the file says, whatever its name is."""
    content = file.read()
    if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] != b"{":
        read = book_in.read(content)
        return {"said": read.sent, "is_book": True, "faults": read.faults, "keep": False}
    try:
        return {"said": sent.read(sent.loaded(content)), "is_book": False, "faults": [], "keep": True}
    except ValidationError as error:
        return {"said": None, "is_book": False, "faults": telling.faults(error), "keep": False}


def _checked(request: HttpRequest) -> dict[str, Any]:
    """What was read before, from the page that showed it."""
    again = _("What was checked is too old, or it is not yours: send the file once more.")
    try:
        kept = signing.loads(request.POST["checked"], salt=SALT, max_age=KEPT)
    except signing.BadSignature:
        raise BadBundle(again) from None
    if kept["user"] != request.user.pk:
        raise BadBundle(again)
    places = {(project, name): place for project, name, place in kept["places"]}
    said = Sent(kept["frozen"], kept["answers"], places)
    return {"said": said, "is_book": kept["is_book"], "faults": [], "keep": True}


def _taken(
    request: HttpRequest, form: Any, said: Sent | None, is_book: bool, faults: list[Any], keep: bool
) -> HttpResponse:
    if said is None or faults:
        return _shown(request, form, faults=faults[: telling.MOST], more=max(0, len(faults) - telling.MOST))
    user: Any = request.user
    chosen = telling.chosen(request.POST)
    if is_book:
        receipts = bundles.take_whole(said, by=user, chosen=chosen, keep=keep)
    else:
        receipts = bundles.take(said, by=user, chosen=chosen)
    rows = [telling.Told.of(one, said) for one in receipts]
    asks, refused = (any(one.state == state for one in receipts) for state in ("asks", "refused"))
    is_done = not is_book or (keep and not asks and not refused)
    takes = asks or (is_book and not is_done and not refused and any(one.written for one in receipts))
    return _shown(
        request,
        form,
        receipts=rows,
        is_book=is_book,
        is_done=is_done,
        asks=asks,
        refused=refused,
        period=said.frozen["period"],
        checked=_kept(user, said, is_book) if takes else "",
    )


def _kept(user: Any, said: Sent, is_book: bool) -> str:
    places = [(project, name, place) for (project, name), place in said.places.items()]
    kept = {
        "user": user.pk,
        "frozen": said.frozen,
        "answers": said.answers,
        "places": places,
        "is_book": is_book,
    }
    token = signing.dumps(kept, salt=SALT, compress=True)
    if len(token) > sent.LARGEST:  # of what a page may send, too
        raise BadBundle(_("The file is larger than %(limit)s MB.") % {"limit": sent.LARGEST // 2**20})
    return token


def _shown(request: HttpRequest, form: Any, **told: Any) -> HttpResponse:
    open_ones = ReportingPeriod.objects.visible_to(request.user).unlocked().order_by("due_on", "pk")
    periods = [(one, count) for one in open_ones if (count := len(bundles.owed(one, request.user)))]  # type: ignore[arg-type]
    return render(request, "tasks/filing_files.html", {"form": form, "periods": periods, **told})


@require_safe
def download(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """A file of what is owed for the period, as it stands now."""
    user: Any = request.user
    period = ReportingPeriod.objects.visible_to(user).coded(code).first()
    if period is None or not bundles.owed(period, user):
        raise Http404
    frozen = bundles.make_bundle(period, by=user, language=(get_language() or "kk")[:2])
    made = {"html": page_out.write, "json": page_out.plain, "xlsx": book_out.write}[form](frozen)
    named = f'attachment; filename="alatau-{code}.{form}"'
    return HttpResponse(
        made, content_type=KINDS[form], headers={"Content-Disposition": named, "Cache-Control": "no-store"}
    )
