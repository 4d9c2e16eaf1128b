"""One instruction with all that its card shows: rows that take a line each are read within the query of the row."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Subquery
from django.db.models.functions import JSONObject, Lower, Upper
from django.http import Http404
from django.utils.dateparse import parse_date, parse_datetime

from accounts.models import Organisation
from core.dates import PartialDate
from core.text import LANGUAGES, Text
from tasks.choices import EvidenceKind, ExtensionState, Holder, InstructionState
from tasks.models import (
    Contribution,
    Evidence,
    ExecutionReport,
    Executor,
    Extension,
    HoldInterval,
    Instruction,
    InstructionSource,
)

#: Occurrences and parts that a card names.
PARTS = 40
#: Of reports and requests, as components/tag.html draws them.
SHAPES = {
    "draft": "plan",
    "complete": "plan",
    "superseded": "plan",
    "submitted": "active",
    "accepted": "ok",
    "returned": "warn",
    "requested": "plan",
    "under_review": "active",
    "granted": "ok",
    "refused": "bad",
    "withdrawn": "idle",
}


class Cited(NamedTuple):
    """As much of a source as a reference shows."""

    code: str
    publisher: str
    published: PartialDate


class Part(NamedTuple):
    """Another instruction that this one is tied to."""

    public_id: str
    text: Text
    state: str
    due: date | None
    occurs_on: date | None
    is_remainder: bool

    def get_state_display(self) -> str:
        return str(InstructionState(self.state).label)


class Held(NamedTuple):
    holder: Holder
    organisation: int | None
    name: Text
    since: datetime
    until: datetime | None


class Proof(NamedTuple):
    """A file or an address, as a list shows it."""

    pk: int
    kind: str
    url: str
    note: str
    name: str
    size: int
    sha256: str
    scan_state: str

    @property
    def kind_word(self) -> str:
        return str(EvidenceKind(self.kind).label)


class Sent(NamedTuple):
    """A contribution of a co-executor."""

    pk: int
    text: str
    sent_on: date
    sent_by: str
    proofs: list[Proof]


@dataclass
class Inner:
    """The inner life: for those whom the instruction concerns."""

    executors: list[Any]
    reports: list[Any] = field(default_factory=list)
    extensions: list[Any] = field(default_factory=list)
    escalations: list[Any] = field(default_factory=list)

    @property
    def undecided(self) -> Any:
        return next((one for one in self.extensions if one.is_open), None)

    @property
    def last_decision(self) -> Any:
        """The only one that may be corrected."""
        asked = (one for one in self.extensions if one.state != ExtensionState.WITHDRAWN)
        last = next(asked, None)
        return last if last is not None and not last.is_open else None


def find(user: Any, public_id: str, **more: Any) -> Instruction:
    """The instruction, `concerns` saying whether its inner life is this reader's; 404 where he may not know of it.

    `more`: what is read besides, within the query.
    """
    rows = Instruction.objects.visible_to(user).for_display().prefetch_related(None).with_visible_links(user)
    found = (
        rows.with_deciders()
        .select_related("controller", "removal_proposed_by", "removed_by", "removed_for")
        .annotate(
            cited=_array(InstructionSource.objects.order_by("pk"), "instruction", **_SOURCE),
            held=_array(
                HoldInterval.objects.annotate(since=Lower("during"), until=Upper("during")).order_by(
                    "during"
                ),
                "instruction",
                **_HELD,
            ),
            whole=Subquery(_related(user, pk=OuterRef("parent"))),
            parts=ArraySubquery(_related(user, parent=OuterRef("pk"))[:PARTS]),
            **more,
        )
        .prefetch_related(Prefetch("executors", _executors(user)))
        .filter(public_id=public_id)
        .first()
    )
    if found is None:
        raise Http404
    return _told(found)


def inner(user: Any, instruction: Instruction) -> Inner:
    """Two queries more; without any for who has no right to it."""
    life = Inner(list(instruction.executors.all()))
    if instruction.concerns:  # type: ignore[attr-defined]
        life.reports = _reports(user, instruction)
        life.extensions = _extensions(user, instruction)
    return life


def _extensions(user: Any, instruction: Instruction) -> list[Any]:
    found: list[Any] = list(Extension.objects.visible_to(user).for_display().filter(instruction=instruction))
    for extension in found:
        extension.shape = SHAPES[extension.state]
    return found


def reports_of(user: Any, instruction: Instruction) -> list[Any]:
    return _reports(user, instruction)


_NAME = {f"name_{language}": f"organisation__name_{language}" for language in LANGUAGES}
_SOURCE = {
    "code": "source__code",
    "publisher": "source__publisher",
    "day": "source__published_day",
    "precision": "source__published_precision",
    "printed": "source__published_text",
}
_HELD = {"holder": "holder", "organisation": "organisation_id", "since": "since", "until": "until", **_NAME}
_PART = {
    "public_id": "public_id",
    "state": "state",
    "due": "due",
    "occurs_on": "occurs_on",
    "remainder": "remainder_of",
    **{f"text_{language}": f"text_{language}" for language in LANGUAGES},
}
_PROOF = {
    "pk": "pk",
    "kind": "kind",
    "url": "url",
    "note": "note",
    "name": "file__name",
    "size": "file__size",
    "sha256": "file__sha256",
    "scan_state": "file__scan_state",
}


def _array(rows: Any, owner: str, **columns: Any) -> ArraySubquery:
    return ArraySubquery(rows.filter(**{owner: OuterRef("pk")}).values(json=JSONObject(**columns)))


def _related(user: Any, **of: Any) -> Any:
    rows = Instruction.objects.visible_to(user).filter(**of).order_by("-due", "-pk")
    return rows.values(json=JSONObject(**_PART))


def _executors(user: Any) -> Any:
    known = Organisation.objects.visible_to(user).filter(pk=OuterRef("organisation"))
    proofs = _array(Evidence.objects.order_by("pk"), "contribution", **_PROOF)
    sent = _array(
        Contribution.objects.visible_to(user).order_by("pk"),
        "executor",
        pk="pk",
        text="text",
        sent_on="sent_on",
        full_name="sent_by__full_name",
        username="sent_by__username",
        proofs=proofs,
    )
    rows = Executor.objects.select_related("organisation").order_by("released_on", "-role", "pk")
    return rows.annotate(is_visible=Exists(known), contributed=sent).fetch_mode(models.FETCH_RAISE)


def _reports(user: Any, instruction: Instruction) -> list[Any]:
    rows = (
        ExecutionReport.objects.visible_to(user)
        .filter(instruction=instruction)
        .select_related("organisation", "author", "decided_by")
        .annotate(proven=_array(Evidence.objects.order_by("pk"), "report", **_PROOF))
        .order_by("-pk")
        .fetch_mode(models.FETCH_RAISE)
    )
    found: list[Any] = list(rows)
    for report in found:
        report.proofs, report.shape = _proofs(report.proven), SHAPES[report.state]
    return found


def _told(instruction: Any) -> Any:
    sources = [instruction.source, *map(_source, instruction.cited)]
    instruction.sources = [source for source in sources if source]
    instruction.intervals = [_interval(part) for part in instruction.held]
    instruction.whole = _part(instruction.whole, instruction.pk) if instruction.whole else None
    instruction.parts = [_part(part, instruction.pk) for part in instruction.parts]
    for executor in instruction.executors.all():
        executor.sent = [_sent(part) for part in executor.contributed]
    return instruction


def _source(part: dict[str, Any]) -> Cited:
    day = parse_date(part["day"]) if part["day"] else None
    return Cited(part["code"], part["publisher"], PartialDate(day, part["precision"], part["printed"]))


def _interval(part: dict[str, Any]) -> Held:
    since, until = (parse_datetime(part[end]) if part[end] else None for end in ("since", "until"))
    assert since is not None  # an interval has a beginning
    return Held(Holder(part["holder"]), part["organisation"], text_in(part, "name"), since, until)


def _part(part: dict[str, Any], whole: int) -> Part:
    due, occurs_on = (parse_date(part[name]) if part[name] else None for name in ("due", "occurs_on"))
    is_remainder = part["remainder"] == whole
    return Part(part["public_id"], text_in(part, "text"), part["state"], due, occurs_on, is_remainder)


def _sent(part: dict[str, Any]) -> Sent:
    day = parse_date(part["sent_on"])
    assert day is not None
    who = part["full_name"] or part["username"] or ""
    return Sent(part["pk"], part["text"], day, who, _proofs(part["proofs"]))


def _proofs(parts: list[dict[str, Any]]) -> list[Proof]:
    return [Proof(*(part[name] if part[name] is not None else "" for name in _PROOF)) for part in parts or []]


def text_in(part: dict[str, Any], name: str) -> Text:
    return Text(*(part.get(f"{name}_{language}") or "" for language in LANGUAGES))
