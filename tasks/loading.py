"""Loads meetings with their papers, instructions with their executors, and the rules of reminders."""

import hashlib
from collections.abc import Mapping
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Any

from core.files import store
from core.loading import Loading, Record, apart, parts, read
from core.models import StoredFile
from tasks.models import (
    AgendaItem,
    Attendance,
    Executor,
    Instruction,
    InstructionSource,
    Meeting,
    MeetingDistrict,
    Protocol,
    ProtocolItem,
    ReminderRule,
)

DATA = Path(__file__).parent / "data"
#: What stands below a meeting in its file.
PARTS = ("districts", "agenda", "participants", "protocol")
#: Words of a text that are ours where the text itself is the source's.
OURS_BUT_KK = {"kk": "official", "ru": "ours", "en": "ours"}


def load(loading: Loading) -> None:
    meetings = read(DATA / "meetings.yaml")
    _load_meetings(loading, meetings)
    items = _load_protocols(loading, meetings)
    _load_instructions(loading, items)
    loading.load(ReminderRule, read(DATA / "reminder_rules.yaml"), label="rules of reminders")


def _load_meetings(loading: Loading, meetings: list[Record]) -> None:
    loading.load(Meeting, apart(meetings, *PARTS), label="meetings")
    visited = [{"meeting": m["code"], "district": code} for m in meetings for code in m["districts"]]
    loading.load(MeetingDistrict, visited, key=("meeting", "district"))
    agenda = [{**item, "basis": OURS_BUT_KK} for item in parts(meetings, "agenda", "meeting")]
    loading.load(AgendaItem, agenda, key=("meeting", "number"), label="agenda items")
    present = [
        {"meeting": m["code"], "order": order, "name": name, "basis": OURS_BUT_KK}
        for m in meetings
        for order, name in enumerate(m["participants"], start=1)
    ]
    loading.load(Attendance, present, key=("meeting", "order"), label="participants")


def _load_protocols(loading: Loading, meetings: list[Record]) -> dict[tuple[str, int], Any]:
    """The papers and their items; returns the items by meeting and order."""
    papers = [{"meeting": m["code"], **m["protocol"], **_paper(m["protocol"]["text_file"])} for m in meetings]
    protocols = loading.load(
        Protocol, apart(papers, "text_file", "items"), key=("meeting", "kind"), label="press releases"
    )
    found: dict[tuple[str, int], Any] = {}
    for paper, protocol in zip(papers, protocols.rows, strict=True):
        if protocol is None:
            continue
        items = [
            {"protocol": protocol.pk, "order": order, **_placed(item, paper["text"])}
            for order, item in zip(count(1), paper["items"])
        ]
        rows = loading.load(ProtocolItem, items, key=("protocol", "order"), label="protocol items").rows
        found |= {(paper["meeting"], item["order"]): row for item, row in zip(items, rows, strict=True)}
    return found


def _load_instructions(loading: Loading, items: Mapping[tuple[str, int], Any]) -> None:
    records = read(DATA / "instructions.yaml")
    instructions = [
        {**plain, "source_item": _item(record, items)}
        for record, plain in zip(records, apart(records, "item", "executors"), strict=True)
    ]
    loading.load_cited(Instruction, InstructionSource, instructions, label="instructions")
    executors = parts(records, "executors", "instruction")
    named = [executor for executor in executors if "organisation" in executor]
    groups = [executor for executor in executors if "group" in executor]
    loading.load(Executor, named, key=("instruction", "organisation"), label="executors")
    loading.load(Executor, groups, key=("instruction", "group_kk"), label="executors")


def _item(record: Record, items: Mapping[tuple[str, int], Any]) -> int | None:
    if not (place := record.get("item")):
        return None
    item = items.get((place["meeting"], place["order"]))
    return item.pk if item else None


def _paper(name: str) -> Record:
    """The file, kept once, and its text as offsets count it: no byte order mark, lines ended by a line feed."""
    content = (DATA / name).read_bytes()
    kept = StoredFile.objects.filter(sha256=hashlib.sha256(content).hexdigest()).order_by("pk").first()
    file = kept or store(BytesIO(content), name)
    return {"text": (DATA / name).read_text(encoding="utf-8-sig"), "source_file": file.pk}


def _placed(item: Record, text: str) -> Record:
    """The item with its place in the text; its words must stand there exactly once."""
    if text.count(item["text"]) != 1:
        raise ValueError(f"not found exactly once: {item['text']!r}")
    start = text.index(item["text"])
    return {**item, "start": start, "end": start + len(item["text"])}
