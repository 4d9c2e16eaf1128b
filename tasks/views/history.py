"""The timeline of one instruction: what happened, who did it, when and why, in words from the ledger."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple

from django.db.models import CharField, F, Func, Q, Value
from django.utils.dateparse import parse_date
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from core import formats, ledger
from core.admin.history import said_by, who_is
from core.choices import Operation
from core.models import Change
from tasks.choices import ExecutorRole, InstructionState, Level, ReportKind
from tasks.models import Contribution, Escalation, ExecutionReport, Executor, Extension, Instruction
from tasks.views.deeds import DEEDS
from tasks.views.reading import Inner

#: Work on what was not sent yet is nobody's news.
SILENT = {"write_report", "remove_proof"}
#: How many entries of the ledger are read for one card.
MOST = 500
FOR_WHOM = r"for user:([0-9]+)$"


class Line(NamedTuple):
    label: str
    value: str
    is_text: bool = False


@dataclass
class Event:
    at: datetime
    verb: str
    title: str
    who: str
    acted_for: str = ""
    organisation: str = ""
    lines: list[Line] = field(default_factory=list)

    @property
    def when(self) -> str:
        local = localtime(self.at)
        return f"{formats.day_text(local.date(), get_language())}, {local:%H:%M}"


@dataclass
class Deed:
    """What one act wrote: rows of the ledger of one transaction under one verb."""

    changes: list[Any]
    organisations: Mapping[int, Any]

    @property
    def first(self) -> Any:
        return self.changes[0]

    def row(self, model: Any, **where: Any) -> Mapping[str, Any]:
        """The new row of this kind, or nothing."""
        for change in self.changes:
            new = change.new or {}
            if change.relation == model._meta.db_table and all(new.get(k) == v for k, v in where.items()):
                return new
        return {}

    def changed(self, model: Any, name: str) -> Any:
        """What the column held before, where this act changed it."""
        old = (change.old or {} for change in self.changes if change.relation == model._meta.db_table)
        return next((row[name] for row in old if name in row), None)

    def organisation(self, row: Mapping[str, Any]) -> str:
        return str(self.organisations.get(row.get("organisation_id") or 0, ""))


def timeline(instruction: Instruction, life: Inner, with_notes: bool) -> list[Event]:
    """Newest first; one query. `with_notes`: why the register was mended is the house's own."""
    organisations = _organisations(instruction, life)
    changes = [change for change in _changes(instruction, life) if change.verb not in SILENT]
    acts = groupby(changes, key=lambda change: (change.xid, change.actor, change.verb))
    return [_event(Deed(list(rows), organisations), with_notes) for _key, rows in acts]


def _changes(instruction: Instruction, life: Inner) -> Iterable[Any]:
    keys: dict[Any, list[int]] = {
        Instruction: [instruction.pk],
        Executor: [one.pk for one in life.executors],
        Contribution: [sent.pk for one in life.executors for sent in one.sent],
        ExecutionReport: [one.pk for one in life.reports],
        Extension: [one.pk for one in life.extensions],
        Escalation: [one.pk for one in life.escalations],
    }
    wanted = Q(pk__in=[])
    for model, numbers in keys.items():
        wanted |= Q(relation=model._meta.db_table, row_key__in=numbers)
    acting = Func(F("note"), Value(FOR_WHOM), function="substring", output_field=CharField())
    named = Func(Value("user:"), acting, function="concat", output_field=CharField())
    rows = Change.objects.filter(wanted).annotate(
        acting=named, name=said_by(F("actor")), substituted=said_by(F("acting"))
    )
    if moment := ledger.instant.get():
        rows = rows.filter(at__lte=moment)
    return rows.order_by("-at", "-xid", "-id")[:MOST]


def _organisations(instruction: Instruction, life: Inner) -> dict[int, Any]:
    rows = [*life.executors, *life.reports, *life.extensions]
    found = {row.organisation_id: row.organisation.name for row in rows if row.organisation_id}
    return {instruction.issuer_id: instruction.issuer.name, **found}


def _event(deed: Deed, with_notes: bool) -> Event:
    change = deed.first
    verb = change.verb
    lines = [line for line in _TELL[verb](deed) if line.value] if verb in _TELL else []
    if verb not in _TELL and with_notes and reason_of(deed):
        lines.append(Line(_("Why"), reason_of(deed), is_text=True))
    who = change.name or who_is(change.actor, {})
    organisation = deed.organisation(deed.row(_OF[verb])) if verb in _OF else ""
    return Event(change.at, verb, _title(deed), who, change.substituted or "", organisation, lines)


def _title(deed: Deed) -> str:
    verb = deed.first.verb
    if verb == "report":
        verb = f"report_{deed.row(ExecutionReport).get('kind', ReportKind.INTERIM)}"
    if verb in DEEDS:
        return str(DEEDS[verb])
    born = any(change.op == Operation.CREATED for change in deed.changes)
    return (
        pgettext("event", "Added to the register")
        if born
        else pgettext("event", "Entry of the register mended")
    )


def day_of(value: Any) -> str:
    day = parse_date(str(value)) if value else None
    return formats.day_text(day, get_language()) if day else ""


def _term(deed: Deed) -> Iterator[Line]:
    yield Line(_("Due"), day_of(deed.row(Instruction).get("due")))
    if reason := deed.row(Instruction).get("passed_reason"):
        yield Line(_("Why all the same"), reason, is_text=True)
    lead = deed.row(Executor, role=ExecutorRole.LEAD)
    yield Line(capfirst(_("responsible executor")), deed.organisation(lead))


def _refused(deed: Deed) -> Iterator[Line]:
    yield Line(_("Reason"), deed.row(Executor).get("refused_reason", ""), is_text=True)


def _reassigned(deed: Deed) -> Iterator[Line]:
    rows = [change.new for change in deed.changes if change.relation == Executor._meta.db_table]
    former = next((row for row in rows if row and row.get("released_on")), {})
    present = next((row for row in rows if row and not row.get("released_on")), {})
    yield Line(_("From whom to whom"), arrow(deed.organisation(former), deed.organisation(present)))
    yield Line(_("Reason"), reason_of(deed), is_text=True)


def _contributed(deed: Deed) -> Iterator[Line]:
    yield Line(_("Text"), deed.row(Contribution).get("text", ""), is_text=True)


def _reported(deed: Deed) -> Iterator[Line]:
    row = deed.row(ExecutionReport)
    yield Line(_("Handed in again after returns"), str(row.get("returns") or ""))


def _returned(deed: Deed) -> Iterator[Line]:
    yield Line(_("What is to be corrected"), deed.row(ExecutionReport).get("return_note", ""), is_text=True)


def _cancelled(deed: Deed) -> Iterator[Line]:
    yield Line(_("Reason"), deed.row(Instruction).get("cancelled_reason", ""), is_text=True)


def _asked(deed: Deed) -> Iterator[Line]:
    row = deed.row(Extension)
    yield Line(_("From which day to which"), arrow(day_of(row.get("old_due")), day_of(row.get("new_due"))))
    yield Line(_("Reason"), row.get("reason", ""), is_text=True)


def _granted(deed: Deed) -> Iterator[Line]:
    row = deed.row(Extension)
    yield Line(
        _("From which day to which"), arrow(day_of(row.get("old_due")), day_of(row.get("granted_due")))
    )
    if row.get("granted_due") != row.get("new_due"):
        yield Line(_("Asked for"), day_of(row.get("new_due")))


def _not_granted(deed: Deed) -> Iterator[Line]:
    row = deed.row(Extension)
    yield Line(_("Asked for"), day_of(row.get("new_due")))
    yield Line(_("Reason"), row.get("refusal_reason", ""), is_text=True)


def _corrected(deed: Deed) -> Iterator[Line]:
    row = deed.row(Extension)
    yield Line(_("What was wrong"), row.get("correction_reason", ""), is_text=True)
    yield from _granted(deed) if row.get("granted_due") else _not_granted(deed)


def _carried(deed: Deed) -> Iterator[Line]:
    row = deed.row(Escalation)
    yield Line(capfirst(_("level")), str(Level(row["level"]).label) if row else "")
    yield Line(_("What is done about it"), row.get("note", ""), is_text=True)


def _mended(deed: Deed) -> Iterator[Line]:
    """Of a mended entry the names of what was changed, no values."""
    names: dict[str, None] = {}
    columns = {column.column: column for column in Instruction._meta.concrete_fields}
    for change in deed.changes:
        if change.relation == Instruction._meta.db_table and change.op == Operation.CHANGED:
            for name in change.old or {}:
                if name in columns and name not in ("version", "updated_at"):
                    names[str(columns[name].verbose_name)] = None
    yield Line(_("What"), ", ".join(names))
    if "state" in (deed.first.old or {}):
        yield Line(_("State"), str(InstructionState(deed.first.new["state"]).label))


def reason_of(deed: Deed) -> str:
    """The note without for whom it was done."""
    return re.sub(FOR_WHOM, "", deed.first.note).strip()


def arrow(before: str, after: str) -> str:
    return f"{before} → {after}" if before and after else after


#: Whose organisation did it, by the row that says so.
_OF: dict[str, Any] = {
    "accept_assignment": Executor,
    "refuse_assignment": Executor,
    "start": Executor,
    "report": ExecutionReport,
    "request_extension": Extension,
}
_TELL: dict[str, Callable[[Deed], Iterator[Line]]] = {
    "register_instruction": _term,
    "amend_instruction": _term,
    "put_on_control": _term,
    "split": _term,
    "make_occurrence": _term,
    "refuse_assignment": _refused,
    "reassign": _reassigned,
    "contribute": _contributed,
    "report": _reported,
    "return": _returned,
    "cancel": _cancelled,
    "request_extension": _asked,
    "grant": _granted,
    "refuse": _not_granted,
    "correct": _corrected,
    "escalate": _carried,
    "acknowledge": _carried,
    "amend": _mended,
}
