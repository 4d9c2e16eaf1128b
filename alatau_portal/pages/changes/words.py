"""An entry of the ledger as a sentence."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.models import Organisation
from alatau_portal.pages.changes.columns import LABELS
from alatau_portal.pages.changes.entry import Entry, choice, say, text_of
from alatau_portal.templatetags.pages import measured
from alatau_portal.templatetags.portal import partial_date
from core.choices import ActKind, Operation, Visibility
from core.models import LegalAct, Source
from core.text import LANGUAGES
from districts.choices import ClaimField, Measure, MilestoneStatus, MoveReason, PartyRole, ProjectStatus
from districts.models import (
    Claim,
    District,
    Document,
    Figure,
    LandPlot,
    Milestone,
    MilestoneMove,
    Project,
    ProjectParty,
    Publication,
    PublishedFigure,
    StageChange,
)
from investors.choices import InvestorStage, OpportunityState
from investors.models import Investor, Opportunity, Talk
from tasks.choices import InstructionState
from tasks.models import Instruction, Meeting


def sentence(change: Any) -> SafeString:
    entry = Entry(change)
    if entry.op == Operation.REMOVED:
        return say(_("Removed: %(what)s, “%(name)s”"), what=entry.model._meta.verbose_name, name=entry.name)
    if told := SENTENCES[entry.model](entry):
        return told
    labels = dict.fromkeys(str(LABELS[stem]) for column in entry.changed if (stem := _stem(column)) in LABELS)
    return say(_("%(name)s: amended (%(fields)s)"), name=_subject(entry), fields=", ".join(labels))


def _stem(column: str) -> str:
    stem, _underscore, language = column.rpartition("_")
    return stem if language in LANGUAGES else column


def _subject(entry: Entry) -> Any:
    if entry.model is Source:
        return f"{entry.new['publisher']} [{entry.new['code']}]"
    return entry.name


def _project(entry: Entry) -> SafeString | None:
    if entry.op == Operation.CREATED:
        return say(
            _("New project in the register: %(name)s (%(stage)s)"),
            name=entry.name,
            stage=choice(ProjectStatus, entry.new["status"]),
        )
    if "visibility" in entry.changed and entry.new["visibility"] == Visibility.INTERNAL:
        return say(_("%(name)s: not public any more"), name=entry.name)
    if "visibility" in entry.changed:
        return say(_("Project published: %(name)s"), name=entry.name)
    if "suspended_since" in entry.changed:
        day = entry.new["suspended_since"]
        if day is None:
            return say(_("%(name)s: the project goes on"), name=entry.name)
        return say(
            _("%(name)s: the project is suspended since %(day)s"),
            name=entry.name,
            day=partial_date(parse_date(day)),
        )
    return None


def _stage(entry: Entry) -> SafeString:
    was, now = (choice(ProjectStatus, entry.new[f"{end}_status"]) for end in ("from", "to"))
    return say(_("%(name)s: status changed from “%(was)s” to “%(now)s”"), name=entry.name, was=was, now=now)


def _party(entry: Entry) -> SafeString:
    words = {"name": entry.name, "part": entry.part, "role": choice(PartyRole, entry.new["role"])}
    if entry.op == Operation.CREATED or entry.new["until"] is None:
        return say(_("%(name)s: %(part)s takes part, as %(role)s"), **words)
    return say(_("%(name)s: %(part)s takes part no longer, as %(role)s"), **words)


def _milestone(entry: Entry) -> SafeString | None:
    words = {"name": entry.name, "part": entry.part}
    if entry.op == Operation.CREATED:
        return say(
            _("%(name)s: new milestone “%(part)s”, expected %(on)s"), on=entry.date("forecast"), **words
        )
    if "status" not in entry.changed:
        return None
    if entry.new["status"] == MilestoneStatus.MET:
        return say(_("%(name)s: milestone “%(part)s” is met, %(on)s"), on=entry.date("met"), **words)
    status = choice(MilestoneStatus, entry.new["status"])
    return say(_("%(name)s: milestone “%(part)s” is now “%(status)s”"), status=status, **words)


def _move(entry: Entry) -> SafeString:
    return say(
        _("%(name)s, “%(part)s”: expected %(now)s instead of %(was)s; reason: %(reason)s"),
        name=entry.name,
        part=entry.part,
        was=entry.date("old"),
        now=entry.date("new"),
        reason=choice(MoveReason, entry.new["reason"]),
    )


def figure_of(row: Mapping[str, Any]) -> Figure:
    """A figure as the ledger kept it."""
    value, value_max = (
        None if row[name] is None else Decimal(str(row[name])) for name in ("value", "value_max")
    )
    return Figure(
        value=value,
        value_max=value_max,
        **{name: row[name] for name in ("qualifier", "unit", "currency", "measure")},
    )


def _figure(entry: Entry) -> SafeString:
    words = {
        "name": _place(entry),
        "measure": choice(Measure, entry.new["measure"]),
        "now": measured(figure_of(entry.new)),
    }
    was = entry.instead
    if was is None and not entry.is_news and "chosen" not in entry.changed:
        was = entry.old
    if entry.changed.get("chosen") is True:
        return say(_("%(name)s, %(measure)s: %(now)s is not chosen any more"), **words)
    if was is None:
        return say(_("%(name)s, %(measure)s: %(now)s"), **words)
    return say(_("%(name)s, %(measure)s: %(now)s instead of %(was)s"), was=measured(figure_of(was)), **words)


def _place(entry: Entry) -> Any:
    return entry.name or text_of(entry.about, "place") or entry.part or _("Alatau City")


def _claim(entry: Entry) -> SafeString:
    return say(
        _("%(name)s, %(field)s: “%(text)s”"),
        name=_place(entry),
        field=choice(ClaimField, entry.new["field"]),
        text=text_of(entry.new, "text"),
    )


def _said(entry: Entry) -> SafeString | None:
    measure = choice(Measure, entry.new["measure"])
    if entry.new["visibility"] == Visibility.INTERNAL and entry.op == Operation.CHANGED:
        return say(_("%(name)s: not public any more"), name=capfirst(measure))
    return say(
        _("Said in public, %(on)s: %(measure)s, %(now)s"),
        on=entry.date("said_on"),
        measure=measure,
        now=measured(figure_of(entry.new)),
    )


def _shown(new: str, entry: Entry) -> SafeString | None:
    """Of a thing that is told when it is published and when it is not any more."""
    if not entry.is_news:
        return None
    is_gone = entry.changed and entry.new["visibility"] == Visibility.INTERNAL
    return say(_("%(name)s: not public any more") if is_gone else new, name=entry.name)


def _opportunity(entry: Entry) -> SafeString | None:
    if entry.old["state"] == OpportunityState.DRAFT:
        return say(_("New opportunity: %(name)s"), name=entry.name)
    if (told := _shown(_("New opportunity: %(name)s"), entry)) or "state" not in entry.changed:
        return told
    state = choice(OpportunityState, entry.new["state"])
    return say(_("Opportunity %(name)s: it is now “%(state)s”"), name=entry.name, state=state)


def _investor(entry: Entry) -> SafeString | None:
    now = choice(InvestorStage, entry.new["stage"])
    if entry.is_news:
        return say(_("New investor in the register: %(name)s (%(stage)s)"), name=entry.name, stage=now)
    if "stage" in entry.changed:
        was = choice(InvestorStage, entry.old["stage"])
        return say(
            _("%(name)s: stage of the investor changed from “%(was)s” to “%(now)s”"),
            name=entry.name,
            was=was,
            now=now,
        )
    return None


def _organisation(entry: Entry) -> SafeString | None:
    return say(_("New organisation in the register: %(name)s"), name=entry.name) if entry.is_news else None


def _talk(entry: Entry) -> SafeString | None:
    if entry.is_news:
        return say(_("Talks registered: %(name)s, %(on)s"), name=entry.name, on=entry.date("held"))
    if any(column.startswith("outcome") for column in entry.changed):
        return say(
            _("Talks with %(name)s, outcome: %(text)s"), name=entry.name, text=text_of(entry.new, "outcome")
        )
    return None


def _meeting(entry: Entry) -> SafeString | None:
    if not entry.is_news:
        return None
    return say(_("Meeting registered: %(name)s, %(on)s"), name=entry.name, on=entry.date("held"))


def _instruction(entry: Entry) -> SafeString | None:
    words = {"ref": entry.about.get("ref", ""), "name": entry.name}
    if entry.is_news:
        return say(_("Instruction registered: %(name)s"), **words)
    if "state" in entry.changed:
        was, now = (choice(InstructionState, row["state"]) for row in (entry.old, entry.new))
        return say(
            _("Instruction %(ref)s: state changed from “%(was)s” to “%(now)s”. %(name)s"),
            was=was,
            now=now,
            **words,
        )
    if "due" in entry.changed:
        due = partial_date(parse_date(entry.new["due"])) if entry.new["due"] else _("term not set")
        return say(_("Instruction %(ref)s, due: %(due)s. %(name)s"), due=due, **words)
    return None


def _source(entry: Entry) -> SafeString | None:
    if not entry.is_news:
        return None
    return say(_("New source: %(publisher)s, %(about)s"), publisher=_subject(entry), about=entry.name)


def _act(entry: Entry) -> SafeString | None:
    if not entry.is_news:
        return None
    return say(
        _("Legal act in the register: %(kind)s, %(on)s, “%(name)s”"),
        kind=choice(ActKind, entry.new["kind"]),
        on=partial_date(parse_date(entry.new["signed_on"])),
        name=entry.name,
    )


SENTENCES: dict[type[Any], Callable[[Entry], SafeString | None]] = {
    Project: _project,
    StageChange: _stage,
    ProjectParty: _party,
    Milestone: _milestone,
    MilestoneMove: _move,
    District: lambda entry: None,
    Figure: _figure,
    Claim: _claim,
    PublishedFigure: _said,
    LandPlot: lambda entry: _shown(_("New land plot: %(name)s"), entry),
    Opportunity: _opportunity,
    Document: lambda entry: _shown(_("New document: %(name)s"), entry),
    Investor: _investor,
    Organisation: _organisation,
    Talk: _talk,
    Meeting: _meeting,
    Instruction: _instruction,
    Publication: lambda entry: say(_("Taken down: %(words)s"), words=entry.name),
    Source: _source,
    LegalAct: _act,
}
