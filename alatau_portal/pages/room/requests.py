"""Requests in the room of their investor: a new one, one of them, and its files."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Organisation
from alatau_portal.pages.room.forms import AskForm, OfficeAskForm
from alatau_portal.pages.room.thread import find, thread
from core import access
from core.choices import AccessKind
from core.filters import today
from core.policies import sees_everything
from investors import request_policies as policies
from investors.models import MessageFile
from investors.request_choices import Side
from investors.services import request_files
from investors.services import requests as services
from investors.services.request_steps import promise
from tasks.forms.base import REFUSED
from tasks.views.asking import say
from tasks.views.files import served


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    if not user.is_investor:
        raise PermissionDenied(policies.refusal("ask"))
    return asking(request, user.organisation, Side.INVESTOR)


def asking(request: HttpRequest, organisation: Organisation, side: Side) -> HttpResponse:
    """The form of a new request: of an investor, or of the office to one."""
    user: Any = request.user
    kind = OfficeAskForm if side == Side.OFFICE else AskForm
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = kind(*sent, user=user, situation=organisation, initial=_prefilled(request))
    if sent and form.is_valid():
        try:
            made = services.ask(organisation, form.written(), by=user, **form.facts())
        except (*REFUSED, IntegrityError, OperationalError) as error:
            say(form, error)
        else:
            messages.success(request, _asked(made))
            return redirect("room-request" if side == Side.INVESTOR else "review-request", made.public_id)
    context = {
        "form": form,
        "organisation": organisation,
        "for_office": side == Side.OFFICE,
        "promise": promise(),
        "today": today(),
    }
    return render(request, "room/new.html", context)


def _prefilled(request: HttpRequest) -> dict[str, Any]:
    names = ("project", "kind", "title")
    return {name: request.GET[name][:200] for name in names if name in request.GET}


def _asked(made: Any) -> str:
    if made.asked_side == Side.OFFICE:
        return _("Sent under the number %(number)s: the project office holds it now.") % {
            "number": made.public_id
        }
    return _("Sent under the number %(number)s: the investor holds it now.") % {"number": made.public_id}


@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """The house reads it at its own desk."""
    row = find(request.user, public_id)
    if sees_everything(request.user):
        return redirect("review-request", public_id)
    return thread(request, row, "room-request", Side.INVESTOR)


def _sent(user: Any, public_id: str, pk: int) -> MessageFile:
    rows = MessageFile.objects.visible_to(user).select_related("file", "message__request")
    return get_object_or_404(rows, pk=pk, message__request__public_id=public_id)


@require_safe
def file(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    """The right to a file is the right to its request; one that is not known to be clean waits."""
    sent = _sent(request.user, public_id, pk)
    if not request_files.may_open(request.user, sent):
        return render(request, "tasks/file_waits.html", {"file": sent.file}, status=403)
    access.log(request.user, sent, AccessKind.DOWNLOAD)
    return served(request, sent.file)


@require_POST
def release(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    """Somebody of the office has looked at it."""
    if policies.side_of(request.user, None) != Side.OFFICE:
        raise PermissionDenied(policies.refusal("move_promise"))
    try:
        request_files.release_file(_sent(request.user, public_id, pk), by=request.user)
    except REFUSED as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Released: the other side may open the file now."))
    return redirect("review-request", public_id)
