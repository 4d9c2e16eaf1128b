"""Protocols written in the house: items, signature, correction. Signed they are frozen, by the database."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from core import ledger
from core.exceptions import Conflict
from core.text import LANGUAGES
from tasks.choices import ItemKind, ItemState, ProtocolKind
from tasks.models import Finding, Instruction, Meeting, Protocol, ProtocolItem
from tasks.services.meetings import meeting_for_change
from tasks.services.registering import register_instruction
from tasks.services.steps import Actor, worded


def paper_for_change(protocol: Protocol, by: Actor) -> Protocol:
    """The locked row, not signed, for the office."""
    meeting_for_change(protocol.meeting, by)
    row = Protocol.objects.select_for_update().get(pk=protocol.pk)
    if row.signed_on:
        raise Conflict(_("A signed protocol is frozen: write one that supersedes it."))
    return row


@transaction.atomic
def write_protocol(meeting: Meeting, *, by: Actor, language: str, number: str = "") -> Protocol:
    """Begin the protocol of a meeting, item by item. One draft at a time."""
    meeting = meeting_for_change(meeting, by)
    if language not in LANGUAGES:
        raise ValidationError({"language": [_("Choose the language of the protocol.")]})
    papers = Protocol.objects.filter(meeting=meeting, kind=ProtocolKind.PROTOCOL)
    if papers.filter(signed_on=None).exists():
        raise Conflict(_("The protocol of this meeting is being written already: go on with it."))
    if papers.exists():
        raise Conflict(_("The protocol of this meeting is signed: correct it by one that supersedes it."))
    row = Protocol(meeting=meeting, kind=ProtocolKind.PROTOCOL, language=language, number=number.strip())
    row.full_clean()
    with ledger.acting(by, "write_protocol"):
        row.save()
    return row


@transaction.atomic
def add_item(protocol: Protocol, *, by: Actor, kind: str, text: str) -> ProtocolItem:
    """A decision or a note; an instruction is added by `instruct`."""
    protocol = paper_for_change(protocol, by)
    if kind not in (ItemKind.DECISION, ItemKind.NOTE):
        raise ValidationError({"kind": [_("Say what it is: a decision or a note.")]})
    with ledger.acting(by, "add_item"):
        return append_item(protocol, kind, worded("text", text, _("Write the text of the item.")))


@transaction.atomic
def instruct(protocol: Protocol, *, by: Actor, **facts: Any) -> Instruction:
    """An instruction as an item of the protocol, in the language of the protocol; `facts` as for the register."""
    protocol = paper_for_change(protocol, by)
    texts = facts.get("text") or {}
    words = texts.get(protocol.language) or texts.get("kk") or texts.get("ru") or ""
    with ledger.acting(by, "add_item"):
        item = append_item(
            protocol, ItemKind.INSTRUCTION, worded("text", words, _("Say what is to be done."))
        )
    return register_instruction(by=by, source_item=item, **facts)


@transaction.atomic
def instruct_on_finding(finding: Finding, *, by: Actor, **facts: Any) -> Instruction:
    """An instruction on what was seen; the finding keeps its number."""
    meeting_for_change(finding.meeting, by)
    row = Finding.objects.select_for_update().get(pk=finding.pk)
    if row.instruction_id:
        raise Conflict(_("An instruction was given on this finding already."))
    made = register_instruction(by=by, **facts)
    with ledger.acting(by, "instruct_on_finding"):
        row.instruction = made
        row.save(update_fields=["instruction"])
    return made


def append_item(protocol: Protocol, kind: str, text: str, **facts: Any) -> ProtocolItem:
    """At the end of the paper; the caller names who acts."""
    last = protocol.items.aggregate(last=Max("order"))["last"] or 0
    item = ProtocolItem(protocol=protocol, order=last + 1, kind=kind, text=text, **facts)
    item.full_clean()
    item.save()
    return item


@transaction.atomic
def change_item(item: ProtocolItem, *, by: Actor, text: str) -> ProtocolItem:
    """Other words for an item that was written here; words of a source are not changed."""
    paper_for_change(item.protocol, by)
    row = ProtocolItem.objects.select_for_update().get(pk=item.pk)
    if row.start is not None:
        raise Conflict(_("These are words of the source: they stay as they are."))
    row.text = worded("text", text, _("Write the text of the item."))
    with ledger.acting(by, "change_item"):
        row.save(update_fields=["text"])
    return row


@transaction.atomic
def remove_item(item: ProtocolItem, *, by: Actor) -> None:
    """From a draft. What an instruction rests on stays."""
    paper_for_change(item.protocol, by)
    row = ProtocolItem.objects.select_for_update().get(pk=item.pk)
    if row.instructions.exists():
        raise Conflict(_("An instruction rests on this item: cancel the instruction, the item stays."))
    with ledger.acting(by, "remove_item"):
        row.delete()


@transaction.atomic
def sign_protocol(protocol: Protocol, *, by: Actor, number: str, signed_on: date) -> Protocol:
    """Enter the signature that stands on the paper; from now on the protocol is frozen."""
    row = paper_for_change(protocol, by)
    if not row.items.exists():
        raise Conflict(_("The protocol is empty: write its items first."))
    if row.items.filter(state=ItemState.PROPOSED).exists():
        raise Conflict(_("Items of the protocol wait for confirmation: confirm or dismiss each, then sign."))
    if row.meeting.held.day and signed_on < row.meeting.held.day:
        raise ValidationError({"signed_on": [_("A protocol is signed on the day of its meeting or later.")]})
    row.number = worded("number", number, _("A signed protocol has a number."))
    row.signed_on = signed_on
    row.full_clean()
    with ledger.acting(by, "sign_protocol"):
        row.save(update_fields=["number", "signed_on"])
    return row


@transaction.atomic
def correct_protocol(protocol: Protocol, *, by: Actor, reason: str) -> Protocol:
    """A draft that will supersede a signed protocol, with its items as they stand; the signed one stays as it is."""
    meeting = meeting_for_change(protocol.meeting, by)
    row = Protocol.objects.select_for_update().get(pk=protocol.pk)
    if row.signed_on is None:
        raise Conflict(_("This protocol is not signed: change it itself."))
    if Protocol.objects.filter(supersedes=row).exists():
        raise Conflict(_("A correction of this protocol exists already: go on with that one."))
    reason = worded("reason", reason, _("Say what was wrong with the protocol."))
    copy = Protocol(
        meeting=meeting,
        kind=row.kind,
        number=row.number,
        language=row.language,
        supersedes=row,
        text=row.text,
    )
    with ledger.acting(by, "correct_protocol", reason):
        copy.save()
        for item in row.items.exclude(state=ItemState.DISMISSED).order_by("order"):
            ProtocolItem(
                protocol=copy,
                order=item.order,
                kind=item.kind,
                text=item.text,
                start=item.start,
                end=item.end,
                corrects=item,
            ).save()
    return copy
