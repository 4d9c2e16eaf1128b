"""A paper is pasted or chosen; it becomes a draft that waits for a person."""

from typing import Any

from django.contrib import messages
from django.db import IntegrityError, OperationalError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tasks import services
from tasks.forms.base import REFUSED
from tasks.forms.importing import ImportForm
from tasks.models import Meeting, Protocol
from tasks.services.importing import Known, keep_file
from tasks.views.asking import say
from tasks.views.meetings import find, keeper
from tasks.views.once import Once, token


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, public_id: str = "") -> HttpResponse:
    """Of a meeting that is known, or of one that the paper tells of."""
    user = keeper(request)
    meeting = find(user, public_id) if public_id else None
    sent = request.method == "POST"
    form: Any = ImportForm(
        request.POST if sent else None,
        request.FILES if sent else None,
        user=user,
        situation=meeting,
        initial={"once": token(), "language": request.LANGUAGE_CODE},  # type: ignore[attr-defined]
    )
    known = None
    if sent and form.is_valid():
        try:
            with Once(user, form.cleaned_data["once"]):
                paper = _import(request, meeting, form)
        except Known as found:
            known = found.protocol
        except (*REFUSED, IntegrityError, OperationalError) as error:
            say(form, error)
        else:
            messages.success(request, _("The paper is read: check what was found, item by item."))
            return redirect("meeting-paper", paper.meeting.public_id, paper.pk)
    return _shown(request, form, meeting, known)


@transaction.atomic
def _import(request: HttpRequest, meeting: Meeting | None, form: Any) -> Protocol:
    told = form.cleaned_data
    upload = told.get("file")
    return services.import_text(
        told["text"],
        by=request.user,
        language=told["language"],
        kind=told["kind"],
        meeting=meeting,
        meeting_kind=told.get("meeting_kind", ""),
        source_file=keep_file(upload.read(), upload.name, request.user) if upload else None,
        again=told["again"],
    )


def _shown(request: HttpRequest, form: Any, meeting: Meeting | None, known: Protocol | None) -> HttpResponse:
    """What a file held stands in the field of the text, so that nothing has to be chosen twice."""
    if form.is_bound and form.file_text:
        form.data = form.data.copy()
        form.data["text"] = form.file_text
    context = {"form": form, "meeting": meeting, "known": known}
    return render(request, "tasks/import.html", context)
