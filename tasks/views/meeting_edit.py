"""Making and changing a meeting; carrying over what was left open; what was seen on a trip."""

from typing import Any

from django.contrib import messages
from django.core.files.storage import default_storage
from django.db import IntegrityError, OperationalError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Organisation
from core.choices import ScanState
from core.text import LANGUAGES
from districts.services import publishing
from tasks import services
from tasks.forms.base import REFUSED
from tasks.forms.meetings import AgendaSet, FindingForm, MeetingForm, ParticipantSet
from tasks.models import Finding, Meeting
from tasks.views import register
from tasks.views.asking import say
from tasks.views.files import SANDBOX
from tasks.views.meetings import find, findings, house, keeper
from tasks.views.once import Once, token

NOT_PUBLIC_YET = gettext_lazy(
    "It is public, so what you changed is not public yet: make it ready, a second person publishes it."
)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    keeper(request)
    return _edit(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, public_id: str) -> HttpResponse:
    return _edit(request, find(keeper(request), public_id))


def _edit(request: HttpRequest, meeting: Meeting | None) -> HttpResponse:
    sent = request.POST if request.method == "POST" else None
    initial = {"once": token(), **(MeetingForm.of(publishing.with_draft(meeting)) if meeting else {})}
    form: Any = MeetingForm(sent, user=request.user, initial=initial)
    agenda: Any = AgendaSet(sent, prefix="agenda", initial=_topics(meeting))
    people: Any = ParticipantSet(
        sent, prefix="people", initial=_people(meeting), form_kwargs={"known": form.organisations}
    )
    if sent is not None and all([form.is_valid(), agenda.is_valid(), people.is_valid()]):
        try:
            with Once(request.user, form.cleaned_data["once"]):
                made = services.save_meeting(
                    meeting,
                    by=request.user,
                    agenda=agenda.filled(),
                    participants=people.filled(),
                    **form.facts(meeting),
                )
        except (*REFUSED, IntegrityError, OperationalError) as error:
            say(form, error)
        else:
            messages.success(request, _("The meeting is kept."))
            if meeting and publishing.is_out(meeting):
                messages.warning(request, NOT_PUBLIC_YET)
            goes_on = "more" in request.POST
            return redirect("meeting-edit" if goes_on else "meeting", made.public_id)
    context = {"form": form, "agenda": agenda, "people": people, "meeting": meeting}
    return render(request, "tasks/meeting_edit.html", context)


def _topics(meeting: Meeting | None) -> list[dict[str, Any]]:
    topics = meeting.agenda.all() if meeting else ()
    return [{"pk": one.pk, **_three(one, "title")} for one in topics]


def _people(meeting: Meeting | None) -> list[dict[str, Any]]:
    people = meeting.attendances.all() if meeting else ()
    said = {None: "", True: "true", False: "false"}
    return [
        {"pk": one.pk, "organisation": one.organisation, "present": said[one.present], **_three(one, "name")}
        for one in people
    ]


def _three(row: Any, name: str) -> dict[str, str]:
    return {f"{name}_{language}": getattr(row, f"{name}_{language}") for language in LANGUAGES}


@require_POST
def carry(request: HttpRequest, public_id: str) -> HttpResponse:
    """Put on the agenda what the last meeting left open."""
    meeting = find(keeper(request), public_id)
    number = services.carry_over(meeting, by=request.user)
    if number:
        words = ngettext(
            "%(number)s open instruction of the meeting before is on the agenda.",
            "%(number)s open instructions of the meeting before are on the agenda.",
            number,
        )
        messages.success(request, words % {"number": number})
    else:
        messages.info(request, _("The meeting before left nothing open that is not here already."))
    return redirect("meeting", public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def finding(request: HttpRequest, public_id: str, pk: int | None = None) -> HttpResponse:
    """What was seen: a new finding, or one that is changed or taken out."""
    meeting = find(keeper(request), public_id)
    known = get_object_or_404(findings(meeting), pk=pk) if pk else None
    if known and "remove" in request.POST:
        return _remove(request, meeting, known)
    sent = request.method == "POST"
    form: Any = FindingForm(
        request.POST if sent else None,
        request.FILES if sent else None,
        user=request.user,
        initial={"once": token(), **(_finding(known) if known else {})},
    )
    if sent and form.is_valid():
        try:
            with Once(request.user, form.cleaned_data["once"]):
                services.save_finding(meeting, by=request.user, finding=known, **form.facts())
        except (*REFUSED, IntegrityError, OperationalError) as error:
            say(form, error)
        else:
            messages.success(request, _("The finding is kept."))
            return redirect(reverse("meeting", args=[public_id]) + "#findings")
    return render(request, "tasks/finding.html", {"form": form, "meeting": meeting, "finding": known})


def _finding(known: Finding) -> dict[str, Any]:
    return {
        "place": known.place,
        "district": known.district,
        "photo": bool(known.photo_id),
        **_three(known, "text"),
    }


def _remove(request: HttpRequest, meeting: Meeting, known: Finding) -> HttpResponse:
    try:
        services.remove_finding(known, by=request.user)
    except REFUSED as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The finding is taken out."))
    return redirect(reverse("meeting", args=[meeting.public_id]) + "#findings")


@require_http_methods(["GET", "HEAD", "POST"])
def instruct(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    """An instruction on a finding."""
    meeting = find(keeper(request), public_id)
    known = get_object_or_404(findings(meeting), pk=pk)
    back = reverse("meeting", args=[public_id])
    if known.instruction:
        messages.info(request, _("An instruction was given on this finding already."))
        return redirect("instruction", known.instruction.public_id)
    initial = given_at(meeting) | {"district": known.district_id}
    return register.ask(
        request,
        lambda facts: services.instruct_on_finding(known, by=request.user, **facts),
        initial=initial,
        back=back,
        back_words=str(meeting.title),
        quoted=str(known.text),
        quoted_title=_("What was seen"),
    )


def given_at(meeting: Meeting) -> dict[str, Any]:
    """What an instruction of this meeting begins with: who gave it, and when."""
    post = meeting.chair_post or Organisation.objects.filter(code="deputy_prime_minister").first()
    return {"issuer": post, "issued": meeting.held.day, "source": meeting.source_id}


@require_safe
def photo(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    """The picture itself, for those who see the meeting."""
    meeting = find(house(request), public_id)
    seen = findings(meeting).exclude(photo=None).exclude(photo__scan_state=ScanState.INFECTED)
    known = get_object_or_404(seen, pk=pk)
    assert known.photo is not None
    try:
        content = default_storage.open(known.photo.path)
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(content, content_type=known.photo.content_type)
    response.headers["Content-Disposition"] = content_disposition_header(False, known.photo.name) or "inline"
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
