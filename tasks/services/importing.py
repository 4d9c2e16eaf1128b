"""A paper becomes a draft: what the reader found waits, item by item, for a person. Nothing is registered before."""

from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.models import Organisation
from core import ledger
from core.exceptions import Conflict
from core.files import BadFile, store
from core.models import Change, StoredFile
from core.text import Text
from districts.models import District
from tasks.choices import ItemKind, ItemState, MeetingKind
from tasks.models import AgendaItem, Attendance, Instruction, Meeting, Protocol, ProtocolItem
from tasks.policies import require
from tasks.reading import read
from tasks.reading.register import names_from_register
from tasks.reading.text import normalise
from tasks.services.meetings import carry, keep_rows, meeting_for_change, visit
from tasks.services.protocols import append_item, paper_for_change
from tasks.services.registering import register_instruction
from tasks.services.steps import Actor, worded

#: Characters of a text: a protocol of a hundred pages has less.
MOST = 400_000
#: Part of a reading → what its items are until somebody says otherwise.
FOUND = {
    "instructions": ItemKind.INSTRUCTION,
    "decisions": ItemKind.DECISION,
    "notes": ItemKind.NOTE,
    "unrecognised": ItemKind.UNCLEAR,
}
TITLE_LANGUAGES = ("kk", "ru")


class Known(Conflict):
    """The same text was imported before; `protocol` is what it became."""

    code = "already_imported"

    def __init__(self, protocol: Protocol) -> None:
        self.protocol = protocol
        super().__init__(
            _("This text is in the register already: %(meeting)s.") % {"meeting": protocol.meeting.public_id}
        )


def known_paper(text: str) -> Protocol | None:
    """A paper with these words, whatever their line ends."""
    return Protocol.objects.filter(text=normalise(text)).select_related("meeting").order_by("pk").first()


@transaction.atomic
def import_text(text: str, *, by: Actor, meeting: Meeting | None = None, **facts: Any) -> Protocol:
    """Read a paper and keep it as a draft with all that was found, tied to its words.

    It joins `meeting`, or makes one of what the text says of it.
    """
    require(by, "keep_meetings")
    known = meeting and meeting_for_change(meeting, by)
    return draft(text, by=by, meeting=known, **facts)


@transaction.atomic
def draft(
    text: str,
    *,
    by: Actor | str,
    language: str,
    kind: str,
    meeting: Meeting | None = None,
    meeting_kind: str = "",
    source_file: StoredFile | None = None,
    again: bool = False,
) -> Protocol:
    """The same for whoever has the console; `by` may be a word for a machine.

    `meeting_kind` is for a text that does not say which; `again`: although the same text is in the register.
    """
    text = normalise(text)
    if not text.strip():
        raise ValidationError({"text": [_("Paste the text, or choose a file.")]})
    if len(text) > MOST:
        raise ValidationError({"text": [_("The text is too long: import it in parts.")]})
    _one_at_a_time(text)
    if not again and (found := known_paper(text)):
        raise Known(found)
    reading = read(text, language, names_from_register()).as_json()
    with ledger.acting(by, "import_text"):
        meeting = meeting or _meeting(reading, language, meeting_kind)
        paper = Protocol(meeting=meeting, kind=kind, language=language, text=text, source_file=source_file)
        paper.full_clean()
        paper.save()
        for order, item in enumerate(_items(reading), start=1):
            ProtocolItem(protocol=paper, order=order, state=ItemState.PROPOSED, **item).save()
    return paper


def keep_file(content: bytes, name: str, by: Any = None) -> StoredFile | None:
    """The file that the text came in; one in an older encoding is kept by its text alone."""
    try:
        return store(BytesIO(content), name, by=by)
    except BadFile:
        return None


def _one_at_a_time(text: str) -> None:
    """Whoever imports the same words in this moment waits here, and then finds them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [text])


def _meeting(reading: Mapping[str, Any], language: str, kind: str) -> Meeting:
    """What the text says of the event, and no more."""
    event = reading["event"]
    kind = kind or event["kind"] or ""
    if kind not in MeetingKind.values:
        sentence = _("The text does not say what kind of event it was: choose it.")
        raise ValidationError({"meeting_kind": [ValidationError(sentence, code="required")]})
    said = {name: _in(language, event[name]) for name in ("chair", "place")}
    meeting = Meeting(kind=kind, held=event["date"], chair_post=_post(event), title=_title(kind), **said)  # type: ignore[misc]
    meeting.basis_kk = meeting.basis_ru = "ours"
    meeting.full_clean()
    meeting.save()
    visit(meeting, District.objects.filter(code__in=reading["districts"]))
    agenda = [{"title": _in(language, topic["text"])} for topic in reading["agenda"]]
    keep_rows(AgendaItem, meeting, "number", agenda)
    present = [{"name": _in(language, one["text"])} for one in reading["participants"]]
    keep_rows(Attendance, meeting, "order", present)
    carry(meeting)
    return meeting


def _in(language: str, words: str | None) -> Text:
    return Text(**{language: words or ""})


def _post(event: Mapping[str, Any]) -> Organisation | None:
    return Organisation.objects.filter(code=event.get("chair_post") or "").first()


def _title(kind: str) -> Text:
    """Of its kind: the office gives it another one. The day stands beside it."""
    told = {}
    for language in TITLE_LANGUAGES:
        with translation.override(language):
            told[language] = capfirst(str(MeetingKind(kind).label))
    return Text(**told)


def _items(reading: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """In the order of the text, each with what was read of it."""
    found = [(item, kind) for part, kind in FOUND.items() for item in reading[part]]
    for item, kind in sorted(found, key=lambda pair: pair[0]["start"]):
        read = {name: item[name] for name in ("addressees", "lead", "due", "due_text") if item.get(name)}
        yield {
            "kind": kind,
            "text": item["text"],
            "start": item["start"],
            "end": item["end"],
            "reading": read,
        }


def _waiting(item: ProtocolItem, by: Actor) -> ProtocolItem:
    """The locked item of a paper that is not signed, still waiting."""
    paper_for_change(item.protocol, by)
    row = ProtocolItem.objects.select_for_update().select_related("protocol").get(pk=item.pk)
    if row.state != ItemState.PROPOSED:
        raise Conflict(
            _("This item is “%(state)s” already: look at the paper again.")
            % {"state": row.get_state_display()}
        )
    return row


@transaction.atomic
def confirm_instruction(item: ProtocolItem, *, by: Actor, **facts: Any) -> Instruction:
    """These words are an instruction: it is registered with what a person has checked."""
    row = _waiting(item, by)
    with ledger.acting(by, "confirm_item"):
        row.kind, row.state = ItemKind.INSTRUCTION, ItemState.CONFIRMED
        row.save(update_fields=["kind", "state"])
    return register_instruction(by=by, source_item=row, **facts)


@transaction.atomic
def confirm_as(item: ProtocolItem, kind: str, *, by: Actor) -> ProtocolItem:
    """These words are a decision or a note."""
    row = _waiting(item, by)
    if kind not in (ItemKind.DECISION, ItemKind.NOTE):
        raise ValidationError({"kind": [_("Say what it is: a decision or a note.")]})
    with ledger.acting(by, "confirm_item"):
        row.kind, row.state = kind, ItemState.CONFIRMED
        row.save(update_fields=["kind", "state"])
    return row


@transaction.atomic
def dismiss_item(item: ProtocolItem, *, by: Actor) -> ProtocolItem:
    """Nothing that the register keeps apart; the words stay in the text."""
    row = _waiting(item, by)
    with ledger.acting(by, "dismiss_item"):
        row.state = ItemState.DISMISSED
        row.save(update_fields=["state"])
    return row


@transaction.atomic
def reopen_item(item: ProtocolItem, *, by: Actor) -> ProtocolItem:
    """It was dismissed by mistake: it waits again."""
    paper_for_change(item.protocol, by)
    row = ProtocolItem.objects.select_for_update().get(pk=item.pk)
    if row.state != ItemState.DISMISSED:
        raise Conflict(_("Only what was dismissed is taken up again."))
    with ledger.acting(by, "reopen_item"):
        row.state = ItemState.PROPOSED
        row.save(update_fields=["state"])
    return row


@transaction.atomic
def mark_item(protocol: Protocol, *, by: Actor, words: str) -> ProtocolItem:
    """Words of the text that the reader passed over: an item of their own, waiting as the others do."""
    paper = paper_for_change(protocol, by)
    words = worded("words", normalise(words), _("Copy the words from the text."))
    if paper.text.count(words) != 1:
        sentence = _("These words do not stand in the text exactly once: copy them from it, a little longer.")
        raise ValidationError({"words": [sentence]})
    start = paper.text.index(words)
    place = {"start": start, "end": start + len(words), "state": ItemState.PROPOSED}
    with ledger.acting(by, "mark_item"):
        return append_item(paper, ItemKind.UNCLEAR, words, **place)


def may_be_discarded(protocol: Protocol) -> bool:
    """A draft of which nothing was confirmed. What has come of it keeps its paper."""
    return protocol.signed_on is None and not protocol.items.filter(instructions__isnull=False).exists()


@transaction.atomic
def discard_paper(protocol: Protocol, *, by: Actor) -> bool:
    """Take a draft back; its meeting too, where it was made by this import and nothing else rests on it.

    Returns whether the meeting went.
    """
    paper = paper_for_change(protocol, by)
    if not may_be_discarded(paper):
        raise Conflict(_("Instructions rest on this paper: it stays. Dismiss what is not needed."))
    meeting = paper.meeting
    with ledger.acting(by, "discard_paper"):
        paper.items.all().delete()
        paper.delete()
        goes = _came_with_a_paper(meeting)
        if goes:
            meeting.delete()
    return goes


def _came_with_a_paper(meeting: Meeting) -> bool:
    """An import made it, and nothing else has joined it since."""
    born = Change.objects.of(meeting).first()
    joined = meeting.protocols.exists() or meeting.findings.exists()
    return born is not None and born.verb == "import_text" and not joined
