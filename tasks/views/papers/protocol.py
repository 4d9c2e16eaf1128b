"""The protocol of a meeting: who sat, of what, and what was decided, by whom to be done and by when."""

from collections.abc import Iterator
from typing import Any

from django.db.models import FETCH_RAISE, Exists, OuterRef, Prefetch
from django.http import Http404
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.models import Organisation
from core.paper import Facts, Heading, Items, Paper, Part, Prose, Signatures
from core.paper.parts import Item
from tasks.choices import ItemKind, ItemState, ProtocolKind
from tasks.models import Executor, Finding, Instruction, Meeting, in_force
from tasks.views.papers.words import day, invented, known, name_of, paper, partial


def protocol(user: Any, public_id: str) -> Paper:
    """404 where the reader may not know of the meeting. Outsiders read what was released to the press."""
    meetings = Meeting.objects.visible_to(user).for_display().with_protocols(user)
    seen = Prefetch("findings", Finding.objects.visible_to(user).select_related("district"))
    meeting = meetings.prefetch_related(seen).filter(public_id=public_id).first()
    if meeting is None:
        raise Http404
    papers = in_force(meeting.protocols.all())
    given = _instructions(user, meeting)
    main = next((one for one in papers if one.kind == ProtocolKind.PROTOCOL), None)
    parts = [Facts(_facts(meeting, main)), *_present(meeting), *_agenda(meeting), *_findings(meeting)]
    for one in papers:
        parts += _items(one, given)
    if main:
        parts.append(Signatures([(capfirst(_("chair")), str(meeting.chair))]))
    subtitle = f"{meeting.title}\n{partial(meeting.held)}"
    mark = invented(meeting) or (_("Draft") if main and main.signed_on is None else "")
    return paper(_title(meeting, main), parts, public_id, subtitle=subtitle, mark=mark)


def _title(meeting: Any, main: Any) -> str:
    """Of a protocol with its number; a meeting of which there is none does not look as if there were."""
    if main is None:
        return capfirst(meeting.get_kind_display())
    number = main.number.removeprefix("№").strip()
    return capfirst(main.get_kind_display()) + (f" № {number}" if number else "")


def _facts(meeting: Any, main: Any) -> list[tuple[str, str]]:
    chair = str(meeting.chair) or (meeting.chair_post and meeting.chair_post.name)
    signed = [one.signed_on for one in meeting.protocols.all() if one.signed_on]
    return known(
        (_("kind"), main and meeting.get_kind_display()),
        (_("held on"), partial(meeting.held)),
        (_("what the date rests on"), meeting.date_basis),
        (_("place"), meeting.place),
        (_("districts visited"), ", ".join(str(one.name) for one in meeting.districts.all())),
        (_("chair"), chair),
        (_("signed on"), signed and day(max(signed))),
        (_("source"), meeting.source and f"{meeting.source.publisher}, {partial(meeting.source.published)}"),
    )


def _present(meeting: Any) -> Iterator[Part]:
    took_part = meeting.attendances.all()
    if not took_part:
        return
    yield Heading(_("Present"))
    yield Prose("\n".join(str(one.name) for one in took_part if one.present is not False))
    if absent := [str(one.name) for one in took_part if one.present is False]:
        yield Prose(f"{_('Absent')}: {', '.join(absent)}")


def _agenda(meeting: Any) -> Iterator[Part]:
    if rows := meeting.agenda.all():
        yield Heading(_("Agenda"))
        yield Items([Item(f"{one.number}.", str(one.title)) for one in rows])


def _findings(meeting: Any) -> Iterator[Part]:
    if rows := meeting.findings.all():
        yield Heading(capfirst(_("what was seen")))
        yield Items([_finding(one) for one in rows])


def _finding(one: Any) -> Item:
    where = known((_("where"), one.place), (_("District"), one.district and one.district.name))
    return Item(f"{one.order}.", str(one.text), where)


def _instructions(user: Any, meeting: Meeting) -> dict[int, list[Any]]:
    """By the item that they were registered from, with the executors whom the reader may know."""
    known_bodies = Organisation.objects.visible_to(user).filter(pk=OuterRef("organisation"))
    executors = (
        Executor.objects.live().select_related("organisation").annotate(is_visible=Exists(known_bodies))
    )
    rows = (
        Instruction.objects.visible_to(user)
        .filter(source_item__protocol__meeting=meeting)
        .prefetch_related(Prefetch("executors", executors))
        .order_by("pk")
        .fetch_mode(FETCH_RAISE)
    )
    given: dict[int, list[Any]] = {}
    for row in rows:
        given.setdefault(row.source_item_id, []).append(row)
    return given


def _items(one: Any, given: dict[int, list[Any]]) -> Iterator[Part]:
    """What a person confirmed, under a heading a kind; the numbers are those of the protocol."""
    titles = {
        ItemKind.DECISION: _("Decided"),
        ItemKind.INSTRUCTION: _("Instructions"),
        ItemKind.NOTE: _("Noted"),
    }
    items = [item for item in one.items.all() if item.state == ItemState.CONFIRMED]
    for kind, title in titles.items():
        if rows := [item for item in items if item.kind == kind]:
            yield Heading(title)
            yield Items([line for item in rows for line in _item(item, given.get(item.pk, []))])


def _item(item: Any, instructions: list[Any]) -> Iterator[Item]:
    """An instruction in its own words, which are in the language of the paper; else the words of the protocol."""
    if not instructions:
        yield Item(f"{item.order}.", item.text)
    for place, instruction in enumerate(instructions, 1):
        number = f"{item.order}.{place}." if len(instructions) > 1 else f"{item.order}."
        yield Item(number, str(instruction.text), _of_instruction(instruction))


def _of_instruction(instruction: Any) -> list[tuple[str, str]]:
    shown = [one for one in instruction.executors.all() if one.is_visible or not one.organisation_id]
    first = instruction.original_due
    return known(
        (_("number"), instruction.public_id),
        (_("responsible executor"), next((name_of(one) for one in shown if one.is_lead), _("not named"))),
        (_("Co-executors"), "; ".join(name_of(one) for one in shown if not one.is_lead)),
        (_("Term"), day(first) if first else (str(instruction.term_note) or _("term not set"))),
        (_("Due now"), day(instruction.due) if instruction.due != first else ""),
    )
