"""Terms of an organisation as a calendar (RFC 5545): a page to make one, and the feed that calendars read."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from icalendar import Calendar, Event

from accounts.services import digest
from core.paper.parts import printable
from tasks import policies, services
from tasks.choices import ExecutorRole, InstructionState
from tasks.forms.base import REFUSED
from tasks.forms.feeds import FeedForm
from tasks.models import CalendarFeed, Executor, Instruction
from tasks.views.asking import say

#: Terms of one calendar, the nearest first.
MOST = 1000
#: How often calendars should look again.
AGAIN = timedelta(hours=3)
SHOWN_ONCE = "calendar_address"


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    if not policies.follows(user):
        raise PermissionDenied
    form = FeedForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        try:
            feed, token = services.make_feed(by=user, **form.facts())
        except REFUSED as refusal:
            say(form, refusal)
        else:
            address = settings.PUBLIC_URL + reverse("terms-feed", args=[token])
            request.session[SHOWN_ONCE] = [feed.pk, address]
            return redirect("control-calendar")
    feeds: list[Any] = list(CalendarFeed.objects.visible_to(user).live().for_display())
    made, address = request.session.pop(SHOWN_ONCE, (None, ""))
    new = next((feed for feed in feeds if feed.pk == made), None)
    return render(
        request, "tasks/calendar.html", {"form": form, "feeds": feeds, "new": new, "address": address}
    )


@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    feed = get_object_or_404(CalendarFeed.objects.visible_to(request.user).live().for_display(), pk=pk)
    services.revoke_feed(feed, by=request.user)
    messages.success(request, _("The calendar is taken back: its address leads nowhere now."))
    return redirect("control-calendar")


@login_not_required
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The token is the right, as long as its owner has it: 404 tells nothing of what there was."""
    found = CalendarFeed.objects.live().select_related("owner", "organisation")
    row = found.filter(token_hash=digest(token)).first()
    if row is None or not row.owner.has_access or not policies.may_follow(row.owner, row.organisation):
        raise Http404
    services.note_use(row)
    with translation.override(row.language):
        content = _calendar(row).to_ical()
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'inline; filename="{row.organisation.code}.ics"'
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _calendar(row: CalendarFeed) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", f"-//Alatau City//{row.language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", f"{_('Terms')}: {row.organisation.name}")
    calendar.add("refresh-interval", AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT3H")
    for instruction in _instructions(row):
        calendar.add_component(_event(instruction))
    return calendar


def _instructions(row: CalendarFeed) -> Any:
    """Open ones that the organisation executes, as far as the owner may see them; with the day that binds it."""
    parts = Executor.objects.live().filter(organisation=row.organisation, instruction=OuterRef("pk"))
    return (
        Instruction.objects.of_desk(row.owner)
        .open()
        .exclude(due=None)
        .executed_by([row.organisation_id])
        .annotate(
            role=Subquery(parts.values("role")[:1]),
            day=Coalesce(Subquery(parts.values("internal_due")[:1]), F("due")),
        )
        .order_by("-day", "-pk")[:MOST]
    )


def _event(instruction: Any) -> Event:
    """All day, busy nowhere, without an alarm: who wants one sets it in his own calendar."""
    number = instruction.number or instruction.public_id
    mark = f"[{_('Invented, for trying out')}] " if instruction.is_demo else ""
    event = Event()
    event.add("uid", instruction.public_id)
    event.add("dtstamp", instruction.updated_at)
    event.add("last-modified", instruction.updated_at)
    event.add("sequence", instruction.version)
    event.add("dtstart", instruction.day)
    event.add("dtend", instruction.day + timedelta(days=1))
    event.add("summary", printable(f"{mark}{number}: {instruction.text}"))
    event.add("description", printable(_description(instruction)))
    event.add("url", settings.PUBLIC_URL + reverse("instruction", args=[instruction.public_id]))
    event.add("transp", "TRANSPARENT")
    return event


def _description(instruction: Any) -> str:
    first, due = instruction.original_due, instruction.due
    lines = [
        capfirst(str(ExecutorRole(instruction.role).label)),
        f"{_('State')}: {InstructionState(instruction.state).label}",
        due != instruction.day and f"{_('Due')}: {date_format(due, 'SHORT_DATE_FORMAT')}",
        first != due and f"{_('First due')}: {date_format(first, 'SHORT_DATE_FORMAT')}",
        instruction.expected_result and f"{_('Expected result')}: {instruction.expected_result}",
        instruction.public_id,
    ]
    return "\n".join(line for line in lines if line)
