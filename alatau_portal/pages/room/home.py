"""The room: what concerns one investor, at a glance. The office looks into any, as its investor sees it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.choices import Role
from accounts.models import Organisation, User
from alatau_portal.pages import milestones as terms
from alatau_portal.pages.room.clock import clocked
from core.filters import today
from core.policies import sees_everything
from districts.models import Project
from investors.models import Enquiry, Request
from investors.request_choices import Side
from tasks.models import Instruction
from tasks.views.rows import listed, told

#: So many of what is over, and of instructions, stand in the room; the rest is one click away.
OVER, INSTRUCTIONS = 5, 10


@require_safe
def room(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    if sees_everything(user) and "organisation" not in request.GET:
        return redirect("review-requests")
    organisation = whose(user, request.GET.get("organisation", "").replace("\x00", ""))
    reader = user if user.is_investor else User(role=Role.INVESTOR, organisation=organisation)
    day = today()
    rows = list(requests_of(user, organisation))
    for row in rows:
        row.has_new = row.has_new and reader is user  # what the investor has read, nobody else knows
    context = {
        "organisation": organisation,
        "is_preview": reader is not user,
        "may_write": reader is user,
        "projects": _projects(reader, organisation, day),
        "instructions": _instructions(reader, day),
        "live": clocked((row for row in rows if not row.is_final), Side.INVESTOR, day),
        "over": clocked([row for row in rows if row.is_final][:OVER], Side.INVESTOR, day),
        "numbers": _numbers(rows),
        "request_days": settings.REQUEST_DAYS,
        "enquiries": _enquiries(organisation),
        "contact": next((row.handler for row in rows if row.handler), None),
    }
    return render(request, "room/room.html", context)


def whose(user: Any, code: str) -> Organisation:
    """The organisation whose room it is: of an investor the own one, and no other is there for him."""
    if user.is_investor:
        if code and code != user.organisation.code:
            raise Http404
        return user.organisation
    if not sees_everything(user):
        raise PermissionDenied(_("The room is for investors and the project office."))
    found = Organisation.objects.filter(code=code).first()
    if found is None:
        raise Http404
    return found


def requests_of(user: Any, organisation: Organisation) -> Any:
    rows = Request.objects.visible_to(user).filter(organisation=organisation)
    return rows.for_display(user).waiting_first()[:100]


def _numbers(rows: Iterable[Any]) -> dict[str, int]:
    live = [row for row in rows if not row.is_final]
    return {
        "yours": sum(row.holder == Side.INVESTOR for row in live),
        "office": sum(row.holder == Side.OFFICE for row in live),
        "new": sum(row.has_new for row in rows),
    }


def _projects(reader: Any, organisation: Organisation, day: date) -> list[Any]:
    """Those in which it takes part, with `next_one` of the milestones to come and `slipped`, those that are late."""
    part = Q(parties__organisation=organisation, parties__until=None)
    rows = Project.objects.visible_to(reader).filter(part).select_related("district").order_by("pk")
    found: list[Any] = list(rows.distinct())
    milestones = terms.of_projects(reader, found, day) if found else []
    for project in found:
        own = [one for one in milestones if one.project_id == project.pk]
        coming = [one for one in own if not one.met and one.when]
        project.next_one = next((one for one in coming if not one.silent), None)
        project.slipped = [one for one in own if one.silent or (not one.met and one.slip)]
    return found


def _enquiries(organisation: Organisation) -> list[Enquiry]:
    """Those from which it came to be an investor here: number and day, nothing that is personal."""
    rows = Enquiry.objects.filter(investor__organisation=organisation, erased_at=None)
    return list(rows.only("receipt", "submitted_at").order_by("submitted_at", "pk")[:3])


def _instructions(reader: Any, day: date) -> list[Instruction]:
    """What was given to it and is open, the nearest term first."""
    rows = Instruction.objects.visible_to(reader).concerning(reader).open()
    return told(listed(rows, reader).order_by("due", "pk")[:INSTRUCTIONS], day)
