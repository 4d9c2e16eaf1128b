"""One page a verb: what will happen, what is asked; then the service, and what it said."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from core.admin.refusals import explain
from core.calendar import WorkingDays
from core.exceptions import DomainError
from core.filters import today
from investors import services
from investors.answering import answers
from investors.models import Enquiry
from investors.policies import may
from investors.reviewing import forms
from investors.reviewing.page import VERBS, find, offers, opened
from investors.reviewing.shown import shaped
from investors.services.telling import mail_of

#: What a service may raise that a form can say.
REFUSED = (DomainError, ValidationError, IntegrityError, OperationalError)
#: How long a contact is kept, unless the office says otherwise: whole years.
KEPT_YEARS = 1


@dataclass(frozen=True)
class Act:
    """What the page of a verb says, asks and does."""

    form: type[forms.DeskForm]
    call: Callable[..., Any]
    done: Any
    intro: Any = ""
    is_final: bool = False


ACTS: dict[str, Act] = {
    "take": Act(
        forms.TakeForm,
        services.take_enquiry,
        gettext_lazy("It is said who answers this enquiry."),
        gettext_lazy("Who answers it is reminded of the promised day."),
    ),
    "answer": Act(
        forms.AnswerForm,
        services.answer_enquiry,
        gettext_lazy("The answer is sent."),
        gettext_lazy("The answer goes by mail to whoever asked, and stands here."),
    ),
    "convert": Act(
        forms.ConvertForm,
        services.convert_enquiry,
        gettext_lazy("Taken on as an investor: internal, as long as nobody publishes it."),
        gettext_lazy(
            "An organisation, a prospective investor and a contact are made, or found in the register."
        ),
    ),
    "duplicate": Act(
        forms.DuplicateForm,
        services.mark_duplicate,
        gettext_lazy("Closed as a repetition."),
        gettext_lazy("It is closed, and answered with the other one."),
        is_final=True,
    ),
    "close": Act(
        forms.CloseForm,
        services.close_enquiry,
        gettext_lazy("The enquiry is closed."),
        gettext_lazy("Nothing more is done after this. Whoever waits for an answer gets one first."),
        is_final=True,
    ),
    "spam": Act(
        forms.PlainForm,
        services.mark_spam,
        gettext_lazy("Marked as spam: nobody is written to, and its personal data are erased soon."),
        gettext_lazy(
            "Nobody is written to; its personal data are erased soon. It can be taken back until then."
        ),
        is_final=True,
    ),
    "restore": Act(
        forms.PlainForm,
        services.unmark_spam,
        gettext_lazy("It waits for an answer again, by the day that was promised."),
        gettext_lazy("It waits for an answer again, by the day that was promised."),
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
def verb(request: HttpRequest, receipt: str, verb: str) -> HttpResponse:
    if verb not in ACTS and verb != "release":
        raise Http404
    enquiry = find(request.user, receipt)
    right = VERBS.get(verb, "release_enquiry_file")
    if not may(request.user, right):
        raise PermissionDenied(_("Only the project office may do this."))
    if verb == "release":
        return _release(request, enquiry)
    if request.method != "POST" and not services.is_possible(enquiry, right):
        messages.warning(request, _("This is not possible now: look at the state of the enquiry."))
        return redirect("review-enquiry", receipt)
    opened(request.user, enquiry)
    return _ask(request, enquiry, verb, ACTS[verb])


def _ask(request: HttpRequest, enquiry: Enquiry, verb: str, act: Act) -> HttpResponse:
    sent = request.method == "POST"
    form = act.form(
        request.POST if sent else None,
        enquiry=enquiry,
        user=request.user,
        query=request.GET,
        **_more(request, enquiry, verb),
    )
    preview = None
    if sent and form.is_valid():
        if verb == "answer" and request.POST.get("do") != "send":
            preview = mail_of(enquiry, form.cleaned_data["text"].strip(), form.cleaned_data["language"])
        else:
            try:
                act.call(enquiry, by=request.user, **_day(verb), **form.facts())
            except REFUSED as error:
                form.refuse(
                    error, None if isinstance(error, (DomainError, ValidationError)) else explain(error)
                )
            else:
                messages.success(request, act.done)
                return redirect("review-enquiry", enquiry.receipt)
    return _shown(request, enquiry, verb, act, form, preview)


def _day(verb: str) -> dict[str, date]:
    return {"today": today()} if verb == "convert" else {}


def _more(request: HttpRequest, enquiry: Enquiry, verb: str) -> dict[str, Any]:
    if verb != "convert":
        return {}
    alike = services.alike_organisations(enquiry, request.user)
    return {"alike": [one.row for one in alike], "until": _in_years(today(), KEPT_YEARS)}


def _in_years(day: date, years: int) -> date:
    """The same day of that year; of 29 February, the day before its end."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def _shown(
    request: HttpRequest, enquiry: Enquiry, verb: str, act: Act, form: Any, preview: tuple[str, str] | None
) -> HttpResponse:
    shaped([enquiry], today(), WorkingDays())
    context = {
        "enquiry": enquiry,
        "verb": verb,
        "act": act,
        "form": form,
        "title": next((one.label for one in offers(request.user, enquiry) if one.verb == verb), act.intro),
        "templates": answers().values() if verb == "answer" else (),
        "preview": preview,
        "mail_from": settings.DEFAULT_FROM_EMAIL,
    }
    return render(request, "investors/review/verb.html", context)


def _release(request: HttpRequest, enquiry: Enquiry) -> HttpResponse:
    user: Any = request.user
    if request.method != "POST" or enquiry.file is None:
        raise Http404
    try:
        services.release_enquiry_file(enquiry, by=user)
    except REFUSED as error:
        messages.error(request, " ".join(explain(error)))
    else:
        messages.success(request, _("The file is released: it may be opened now."))
    return redirect("review-enquiry", enquiry.receipt)
