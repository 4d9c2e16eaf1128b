"""How far an enquiry is, for whoever has its link: no name, no word of it, nothing to guess."""

from collections.abc import Callable
from functools import wraps
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from investors.choices import ENQUIRY_WAITING, EnquiryState
from investors.models import Enquiry
from investors.receipts import receipt_of, status_path
from investors.services import ask_for_erasure

S = EnquiryState


class Words(NamedTuple):
    """Of a state: how it is called here, who has to move, and what happens next."""

    state: Any
    holder: Any
    following: Any


_OFFICE, _YOU, _NOBODY = _("the project office"), _("you"), _("nobody: the enquiry is closed")
_NEW_ONE = _("Nothing more happens. If you have a new question, send a new enquiry.")
WORDS: dict[str, Words] = {
    S.NEW: Words(_("Received"), _OFFICE, _("The project office reads it and names who answers.")),
    S.TRIAGED: Words(_("Being answered"), _OFFICE, _("Somebody of the project office prepares the answer.")),
    S.ANSWERED: Words(
        _("Answered"), _YOU, _("The answer is in your mail. If you want to go on, reply to it.")
    ),
    S.CONVERTED: Words(_("Answered"), _OFFICE, _("The project office goes on with you as with an investor.")),
    S.CLOSED: Words(_("Closed"), _NOBODY, _NEW_ONE),
    S.SPAM: Words(
        _("Closed"),
        _NOBODY,
        _("The project office took it for advertising or a mistake. If it is neither, send a new enquiry."),
    ),
}


def hidden(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The address is a key: it is not sent on, not stored and not found by a search engine."""

    @wraps(view)
    def run(request: HttpRequest, token: str) -> HttpResponse:
        response = view(request, token)
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        response.headers["Cache-Control"] = "no-store"
        return response

    return run


def _of(token: str) -> Enquiry:
    """An unsigned token and an unknown number are the same: there is no such page."""
    receipt = receipt_of(token)
    enquiry = Enquiry.objects.filter(receipt=receipt).first() if receipt else None
    if enquiry is None:
        raise Http404
    return enquiry


@login_not_required
@require_safe
@hidden
def done(request: HttpRequest, token: str) -> HttpResponse:
    """The receipt: to keep, and to print."""
    enquiry = _of(token)
    link = settings.PUBLIC_URL + status_path(enquiry.receipt)
    context = {"enquiry": enquiry, "link": link, "alternates": ()}
    return render(request, "investors/enquiry/done.html", context)


@login_not_required
@csrf_exempt  # whoever can name the address may do it; and without a referrer a browser names no origin
@require_http_methods(["GET", "HEAD", "POST"])
@hidden
def status(request: HttpRequest, token: str) -> HttpResponse:
    enquiry = _of(token)
    if request.method == "POST":
        ask_for_erasure(enquiry)
        return redirect(status_path(enquiry.receipt))
    waits = enquiry.state in ENQUIRY_WAITING
    context = {
        "enquiry": enquiry,
        "words": WORDS[enquiry.state],
        "waits": waits,
        "is_late": waits and enquiry.promised_on < timezone.localdate(),
        "alternates": (),
    }
    return render(request, "investors/enquiry/status.html", context)
