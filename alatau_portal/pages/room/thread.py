"""A request as a thread: what was written, who has to move, and the form to go on. One page for both sides."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from alatau_portal.pages.room.clock import clocked
from alatau_portal.pages.room.forms import MessageForm, OfficeMessageForm, PromiseForm
from core.exceptions import WrittenOver
from core.filters import today
from districts.models import Project
from investors import request_policies as policies
from investors.models import Message, Request
from investors.request_choices import RequestState, Side
from investors.services import requests as services
from investors.services.request_files import may_open, may_release
from tasks.forms.base import REFUSED
from tasks.views.asking import say

#: What a verb says when it is done.
DONE = {
    "reply": _("Sent."),
    "hand_over": _("Sent: the other side has to move now."),
    "close": _("Closed."),
    "withdraw": _("Withdrawn."),
    "promise": _("The promised day has moved, and the investor is told."),
}


def find(user: Any, public_id: str) -> Any:
    rows = Request.objects.visible_to(user).for_display(user)
    row: Any = rows.filter(public_id=public_id).first()
    if row is None:
        raise Http404
    return row


def thread(request: HttpRequest, row: Any, here: str, side: Side) -> HttpResponse:
    """`here`: the name of this page; `side`: for which it shows the thread."""
    user: Any = request.user
    writes = policies.side_of(user, row.organisation_id) is not None and not row.is_final
    kind = OfficeMessageForm if side == Side.OFFICE else MessageForm
    is_promise = request.POST.get("do") == "promise"
    form = kind(*_sent(request, not is_promise), user=user, request=row)
    promise = PromiseForm(*_sent(request, is_promise), user=user, initial={"version": row.version})
    if request.method == "POST":
        if policies.side_of(user, row.organisation_id) is None:
            raise PermissionDenied(policies.refusal("reply"))
        asked, act = (promise, _promise) if is_promise else (form, _write)
        if asked.is_valid() and _done(request, row, asked, act):
            return redirect(here, row.public_id)
        row = find(user, row.public_id)
    context = {
        "row": clocked([row], policies.side_of(user, row.organisation_id), today())[0],
        "written": _written(user, row),
        "form": form if writes else None,
        "promise": promise if writes and policies.may(user, "move_promise", row) else None,
        "offers": offers(user, row, side) if writes else {},
        "here": here,
        "project": _project(user, row),
        "for_office": side == Side.OFFICE,
    }
    if request.method == "GET":
        services.mark_read(row, context["written"], by=user)
    return render(request, "room/thread.html", context)


def _sent(request: HttpRequest, is_this: bool) -> tuple[Any, ...]:
    return (request.POST, request.FILES) if request.method == "POST" and is_this else ()


def _done(request: HttpRequest, row: Request, asked: Any, act: Callable[..., str]) -> bool:
    try:
        said = act(request, row, asked)
    except (*REFUSED, IntegrityError, OperationalError) as error:
        say(asked, error)
        if isinstance(error, WrittenOver):
            asked.data = asked.data.copy()
            asked.data["version"] = str(Request.objects.values_list("version", flat=True).get(pk=row.pk))
        return False
    messages.success(request, said)
    return True


def _write(request: HttpRequest, row: Request, asked: Any) -> str:
    verb = request.POST.get("do", "reply")
    facts: dict[str, Any] = {"by": request.user, "expected": asked.cleaned_data["version"]}
    if verb == "hand_over":
        services.hand_over(row, asked.written(), wanted_by=asked.cleaned_data.get("wanted_by"), **facts)
    else:
        acts = {"close": services.close_request, "withdraw": services.withdraw_request}
        verb = verb if verb in acts else "reply"
        acts.get(verb, services.reply)(row, asked.written(), **facts)
    return str(DONE[verb])


def _promise(request: HttpRequest, row: Request, asked: Any) -> str:
    said = asked.cleaned_data
    services.move_promise(
        row, by=request.user, on=said["on"], reason=said["reason"], expected=said["version"]
    )
    return str(DONE["promise"])


def offers(user: Any, row: Request, side: Side) -> dict[str, Any]:
    """The verbs of this reader with the words of their buttons, the first one first."""
    is_asked = side == row.asked_side
    if is_asked:
        words = _("Send the answer") if row.state == RequestState.OPEN else _("Add to the answer")
    elif row.holder == side and row.state == RequestState.OPEN:
        words = _("Send what was asked for")
    else:
        words = _("Send the message")
    found: dict[str, Any] = {"reply": words}
    if row.holder == side and (is_asked or row.state == RequestState.ANSWERED):
        found["hand_over"] = _("Ask for something first") if is_asked else _("Ask again")
    if policies.may(user, "close", row) and (side != row.asked_side or row.state == RequestState.ANSWERED):
        found["close"] = _("It is settled: close")
    elif policies.may(user, "close", row):
        found["close"] = _("Close with this message")
    if policies.may(user, "withdraw", row) and row.state == RequestState.OPEN:
        found["withdraw"] = _("Withdraw the request")
    return found


def _written(user: Any, row: Any) -> list[Any]:
    found: list[Any] = list(Message.objects.visible_to(user).filter(request=row).for_display())
    for message in found:
        message.request = row
        for sent in message.files.all():
            sent.message = message
            sent.opens, sent.releases = may_open(user, sent), may_release(user, sent)
    return found


def _project(user: Any, row: Any) -> Any:
    """The project, where the reader may see it."""
    if row.project_id is None:
        return None
    return Project.objects.visible_to(user).filter(pk=row.project_id).first()
