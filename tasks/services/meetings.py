"""Meetings: agenda, who was there, what was seen, and what is carried over from one sitting to the next."""

from collections.abc import Iterable, Mapping
from copy import copy
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from core import ledger
from core.exceptions import Conflict
from core.files import store
from core.text import LANGUAGES, Text
from districts.models import District
from districts.services import publishing
from tasks.choices import FINAL
from tasks.models import AgendaItem, Attendance, Finding, Instruction, Meeting, MeetingDistrict
from tasks.policies import require
from tasks.services.steps import Actor
from tasks.words import UNSEEN, UNTITLED

type Rows = Iterable[Mapping[str, Any]]

#: What a topic of the agenda holds at most of an instruction that is carried over.
TOPIC = 500


def changed() -> str:
    return _("Somebody else changed this meanwhile. What you typed is kept here: look at the meeting again.")


def meeting_for_change(meeting: Meeting, by: Actor, version: int | None = None) -> Meeting:
    """The locked row, for the office; `version` as the form was opened with, where it matters."""
    require(by, "keep_meetings")
    row = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if version is not None and row.version != version:
        raise Conflict(changed())
    return row


@transaction.atomic
def save_meeting(
    meeting: Meeting | None = None,
    *,
    by: Actor,
    districts: Iterable[District] = (),
    agenda: Rows = (),
    participants: Rows = (),
    version: int | None = None,
    **facts: Any,
) -> Meeting:
    """Make a meeting, or change it with its agenda and who took part.

    A row of `agenda` or `participants` has the `pk` of what it changes, or none; what is not among them goes.
    What is changed of a public meeting waits in its draft; its agenda and who took part do not.
    A new sitting begins with what the last one of its kind left open.
    """
    require(by, "keep_meetings")
    row = publishing.with_draft(meeting_for_change(meeting, by, version)) if meeting else Meeting()
    stands = copy(row)
    for name, value in facts.items():
        setattr(row, name, value)
    if not (row.title.kk or row.title.ru):
        raise ValidationError({"title": [UNTITLED]})
    row.full_clean()
    with ledger.acting(by, "save_meeting"):
        publishing.keep(row, stands, by=by)
        visit(row, districts)
        keep_rows(AgendaItem, row, "number", agenda)
        keep_rows(Attendance, row, "order", participants)
        if meeting is None:
            carry(row)
    row.refresh_from_db()
    return row


def visit(meeting: Meeting, districts: Iterable[District]) -> None:
    """Let the districts visited be these; the caller names who acts."""
    wanted = {one.pk for one in districts}
    MeetingDistrict.objects.filter(meeting=meeting).exclude(district__in=wanted).delete()
    known = set(MeetingDistrict.objects.filter(meeting=meeting).values_list("district", flat=True))
    for pk in sorted(wanted - known):
        MeetingDistrict(meeting=meeting, district_id=pk).save()


def keep_rows(model: type[models.Model], meeting: Meeting, place: str, rows: Rows) -> None:
    """Let the parts of a meeting be these, in this order; the caller names who acts."""
    manager: Any = model._default_manager
    known = {one.pk: one for one in manager.filter(meeting=meeting).select_for_update()}
    wanted = [dict(row) for row in rows]
    kept = {row["pk"] for row in wanted if row.get("pk")}
    if not kept <= known.keys():
        raise Conflict(changed())
    for pk in known.keys() - kept:
        known[pk].delete()
    last = max([getattr(known[pk], place) for pk in kept], default=0)
    for row in wanted:
        part = known.get(row.pop("pk", None)) or model(meeting=meeting, **{place: (last := last + 1)})
        before = {name: getattr(part, name) for name in row}
        for name, value in row.items():
            setattr(part, name, value)
        if part.pk is None or before != row:
            part.full_clean()
            part.save()


@transaction.atomic
def carry_over(meeting: Meeting, *, by: Actor) -> int:
    """Put on the agenda what the last meeting of its kind left open; how many there were."""
    row = meeting_for_change(meeting, by)
    with ledger.acting(by, "carry_over"):
        return carry(row)


def carry(meeting: Meeting) -> int:
    """The same for a meeting that is being made; the caller names who acts."""
    found = left_open(meeting)
    last = AgendaItem.objects.filter(meeting=meeting).aggregate(last=Max("number"))["last"] or 0
    for number, instruction in enumerate(found, start=last + 1):
        topic = Text(*(text[:TOPIC] for text in instruction.text))
        basis = {f"basis_{language}": getattr(instruction, f"basis_{language}") for language in LANGUAGES}
        item = AgendaItem(meeting=meeting, number=number, instruction=instruction, title=topic, **basis)  # type: ignore[misc]
        item.full_clean()
        item.save()
    return len(found)


def left_open(meeting: Meeting) -> list[Instruction]:
    """What the meeting before it of the same kind gave, or had carried over, and is not closed."""
    if meeting.held.day is None:
        return []
    earlier = Meeting.objects.filter(
        kind=meeting.kind, is_demo=meeting.is_demo, held_day__lt=meeting.held.day
    ).exclude(pk=meeting.pk)
    last = earlier.order_by("-held_day", "-pk").first()
    if last is None:
        return []
    of_last = Q(source_item__protocol__meeting=last) | Q(agenda_items__meeting=last)
    rows = Instruction.objects.filter(of_last).exclude(state__in=FINAL)
    here = AgendaItem.objects.filter(meeting=meeting).exclude(instruction=None)
    return list(rows.exclude(pk__in=here.values("instruction")).distinct().order_by("due", "pk"))


@transaction.atomic
def save_finding(
    meeting: Meeting,
    *,
    by: Actor,
    finding: Finding | None = None,
    photo: Any = None,
    without_photo: bool = False,
    **facts: Any,
) -> Finding:
    """What was seen on the spot; `photo` is an uploaded file and takes the place of the one before."""
    meeting = meeting_for_change(meeting, by)
    known = Finding.objects.filter(meeting=meeting)
    row = known.get(pk=finding.pk) if finding else Finding(meeting=meeting)
    if finding is None:
        row.order = (known.aggregate(last=Max("order"))["last"] or 0) + 1
    for name, value in facts.items():
        setattr(row, name, value)
    if not (row.text.kk or row.text.ru):
        raise ValidationError({"text": [UNSEEN]})
    with ledger.acting(by, "save_finding"):
        if photo is not None:
            row.photo = store(photo, photo.name, by=by)
        elif without_photo:
            row.photo = None
        row.full_clean()
        row.save()
    return row


@transaction.atomic
def remove_finding(finding: Finding, *, by: Actor) -> None:
    """One on which an instruction was given stays: it says why."""
    meeting_for_change(finding.meeting, by)
    row = Finding.objects.select_for_update().get(pk=finding.pk)
    if row.instruction_id:
        raise Conflict(_("An instruction was given on this finding: it stays as its ground."))
    with ledger.acting(by, "remove_finding"):
        row.delete()
