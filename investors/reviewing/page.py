"""One enquiry: what was asked, who asked before, what was answered, and what happened."""

from typing import Any, NamedTuple

from django.core.files.storage import default_storage
from django.db.models import F
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import User
from core import access, formats
from core.admin.history import said_by, who_is
from core.calendar import WorkingDays
from core.choices import AccessKind, ScanState
from core.filters import today
from core.models import Change
from investors.models import Contact, Enquiry, EnquiryReply
from investors.policies import may
from investors.reviewing.shown import for_the_house, shaped
from investors.services import alike_enquiries, alike_organisations, is_possible
from investors.words import DONE, LABELS

SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'"
#: In the order of the buttons; the first that is possible is the next step.
VERBS = {
    "take": "take_enquiry",
    "answer": "answer_enquiry",
    "convert": "convert_enquiry",
    "duplicate": "mark_duplicate",
    "close": "close_enquiry",
    "spam": "mark_spam",
    "restore": "unmark_spam",
}
#: In the ledger: whoever fills in the form has no name of the house's; and to whom an enquiry was handed over.
BY_FORM, FOR = "system:enquiry", "user:"
#: How many entries of the ledger one page tells.
MOST = 200


class Offer(NamedTuple):
    verb: str
    label: Any
    is_next: bool


class Event(NamedTuple):
    title: str
    who: str
    when: str
    at: Any
    note: str


def find(user: Any, receipt: str) -> Enquiry:
    for_the_house(user)
    return get_object_or_404(Enquiry.objects.visible_to(user).for_display(), receipt=receipt)


@require_safe
def detail(request: HttpRequest, receipt: str) -> HttpResponse:
    user = request.user
    enquiry = find(user, receipt)
    opened(user, enquiry)
    shaped([enquiry], today(), WorkingDays())
    replies = EnquiryReply.objects.visible_to(user).filter(enquiry=enquiry).select_related("by")
    contacts = Contact.objects.visible_to(user).filter(enquiry=enquiry)
    context = {
        "enquiry": enquiry,
        "offers": offers(user, enquiry),
        "replies": replies,
        "contacts": contacts if enquiry.investor_id else (),
        "alike": [*alike_enquiries(enquiry, user), *alike_organisations(enquiry, user)],
        "events": events(enquiry),
        "may_release": may(user, "release_enquiry_file"),
        "may_mark": any(one.verb == "duplicate" for one in offers(user, enquiry)),
    }
    return render(request, "investors/review/enquiry.html", context)


def opened(user: Any, enquiry: Enquiry) -> None:
    """Who looked at the personal data of whom is kept (core.access)."""
    access.log(user, enquiry, AccessKind.OPEN)


def offers(user: Any, enquiry: Enquiry) -> list[Offer]:
    possible = [verb for verb, right in VERBS.items() if may(user, right) and is_possible(enquiry, right)]
    first = next((verb for verb in possible if verb != "take" or enquiry.handler_id is None), "")
    return [Offer(verb, _label(verb, enquiry), verb == first) for verb in possible]


def _label(verb: str, enquiry: Enquiry) -> Any:
    if verb == "take" and enquiry.handler_id:
        return _("Hand over")
    if verb == "answer" and enquiry.answered_at:
        return _("Write again")
    return LABELS[VERBS[verb]]


def events(enquiry: Enquiry) -> list[Event]:
    """Newest first; those to whom it was handed over are asked for only where there are any."""
    rows = list(Change.objects.of(enquiry).annotate(name=said_by(F("actor"))).order_by("-at", "-id")[:MOST])
    keys = {row.note.removeprefix(FOR) for row in rows if row.note.startswith(FOR)}
    people = {f"{FOR}{one.pk}": str(one) for one in User.objects.filter(pk__in=keys)} if keys else {}
    return [_event(row, people) for row in rows]


def _event(row: Any, people: dict[str, str]) -> Event:
    local = localtime(row.at)
    when = f"{formats.day_text(local.date(), get_language())}, {local:%H:%M}"
    who = _("the enquirer") if row.actor == BY_FORM else row.name or who_is(row.actor, {})
    note = row.note
    if note.startswith(FOR):
        note = _("Handed over to: %(name)s") % {"name": people.get(note, note)}
    return Event(str(DONE.get(row.verb, _("changed it"))), who, when, row.at, note)


@require_safe
def file(request: HttpRequest, receipt: str) -> HttpResponseBase:
    """As a download that can do nothing here; one that nobody judged yet only says so."""
    enquiry = find(request.user, receipt)
    if enquiry.file is None:
        raise Http404
    opened(request.user, enquiry)
    context = {"enquiry": enquiry, "file": enquiry.file}
    if enquiry.file.scan_state != ScanState.CLEAN:
        return render(request, "investors/review/file.html", context, status=403)
    try:
        content = default_storage.open(enquiry.file.path)
    except FileNotFoundError:
        return render(request, "investors/review/file.html", context | {"is_lost": True}, status=404)
    response = FileResponse(content, content_type=enquiry.file.content_type)
    response.headers["Content-Disposition"] = (
        content_disposition_header(True, enquiry.file_name) or "attachment"
    )
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
