"""Meetings: the list, and one with its agenda, who was there, what came of it and its papers. For the house."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core import ledger
from core.filters import today
from core.listing import Listing
from tasks import policies
from tasks.choices import FINAL, ItemKind, ItemState
from tasks.filters import MeetingFilter
from tasks.models import Finding, Instruction, Meeting, Protocol, ProtocolItem, in_force
from tasks.views.rows import listed, told


def house(request: HttpRequest) -> Any:
    """The reader, who belongs to the house: office, leadership or an auditor."""
    user: Any = request.user
    if not user.sees_everything:
        raise PermissionDenied
    return user


def keeper(request: HttpRequest) -> Any:
    """The reader, who keeps the register of meetings."""
    house(request)
    if not policies.may(request.user, "keep_meetings"):
        raise PermissionDenied(policies.refusal("keep_meetings"))
    return request.user


def find(user: Any, public_id: str) -> Meeting:
    found = Meeting.objects.visible_to(user).filter(public_id=public_id).for_display().first()
    if found is None:
        raise Http404
    return found


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    user = house(request)
    rows = Meeting.objects.visible_to(user).select_related("source").prefetch_related(_papers())
    listing = Listing(request, MeetingFilter(request.GET, _counted(rows), request=request))
    context = {"meetings": listing.page.rows, "may_keep": may_keep(user)}
    return listing.answer("tasks/meetings.html", context)


def _counted(meetings: Any) -> Any:
    """With how many instructions were given there, and how many of them are open."""
    given = Instruction.objects.filter(source_item__protocol__meeting=OuterRef("pk")).order_by()
    number = given.values("source_item__protocol__meeting").annotate(number=Count("pk")).values("number")
    return meetings.annotate(
        given=Coalesce(Subquery(number), 0), still_open=Coalesce(Subquery(number.exclude(state__in=FINAL)), 0)
    )


def _papers() -> Prefetch:
    waiting = Count("items", filter=Q(items__state=ItemState.PROPOSED))
    papers = Protocol.objects.annotate(waiting=waiting).select_related("superseded_by").order_by("pk")
    return Prefetch("protocols", papers, to_attr="papers")


def may_keep(user: Any) -> bool:
    """Nothing is written in the past."""
    return ledger.instant.get() is None and policies.may(user, "keep_meetings")


@require_safe
def detail(request: HttpRequest, public_id: str) -> HttpResponse:
    user = house(request)
    meeting: Any = find(user, public_id)
    papers = list(_papers().queryset.filter(meeting=meeting).select_related("source", "superseded_by"))  # type: ignore[union-attr]
    items = ProtocolItem.objects.filter(
        protocol__in=in_force(papers), state=ItemState.CONFIRMED
    ).select_related("protocol")
    given = Instruction.objects.visible_to(user).filter(source_item__protocol__meeting=meeting)
    context = {
        "meeting": meeting,
        "agenda": _agenda(user, meeting),
        "papers": papers,
        "instructions": told(listed(given.order_by("source_item__order", "pk"), user), today()),
        "decisions": items.filter(kind=ItemKind.DECISION).order_by("protocol", "order"),
        "notes": items.filter(kind=ItemKind.NOTE).order_by("protocol", "order"),
        "findings": findings(meeting),
        "may_keep": may_keep(user),
        "may_write": not any(paper.kind == "protocol" for paper in papers),
    }
    return render(request, "tasks/meeting.html", context)


def superseded(paper: Any) -> bool:
    """Another one that is signed has taken its place."""
    successor = getattr(paper, "superseded_by", None)
    return successor is not None and successor.signed_on is not None


def findings(meeting: Meeting) -> Any:
    return Finding.objects.filter(meeting=meeting).select_related("district", "photo", "instruction")


def _agenda(user: Any, meeting: Meeting) -> list[Any]:
    """Its topics, with the instruction where one was carried over, as far as the reader may see it."""
    topics: list[Any] = list(meeting.agenda.all())
    carried = {topic.instruction_id for topic in topics if topic.instruction_id}
    known = {}
    if carried:
        rows = listed(Instruction.objects.visible_to(user).filter(pk__in=carried), user)
        known = {row.pk: row for row in told(rows, today())}
    for topic in topics:
        topic.carried = known.get(topic.instruction_id)
    return topics
