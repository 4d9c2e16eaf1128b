"""Instructions as lists show them: who executes, who holds the ball and what moved last, read within the query."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import FETCH_RAISE, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.models import Organisation
from core.calendar import WorkingDays
from core.text import LANGUAGES, Text
from tasks.choices import ExecutorRole, ExtensionState, InstructionState, ReportKind, ReportState
from tasks.models import Contribution, ExecutionReport, Executor, Extension, HoldInterval, Instruction
from tasks.views.shown import ball_of, short_of, term_of


class Named(NamedTuple):
    """An executor of a row: an organisation, or a group as written. `short`: its abbreviation, where it has one."""

    name: Text
    short: str
    leads: bool
    refused: bool
    accepted: bool


class Movement(NamedTuple):
    words: str
    on: date


def listed(instructions: QuerySet[Instruction], user: Any) -> QuerySet[Instruction]:
    """The queryset that `told` reads; the rows concern the reader."""
    return (
        instructions.select_related("issuer", "district")  # each join is one for every row that is sorted
        .fetch_mode(FETCH_RAISE)
        .annotate(
            issuer_is_visible=Exists(Organisation.objects.visible_to(user).filter(pk=OuterRef("issuer"))),
            executing=_executors(user),
            held=Subquery(_held().values(json=JSONObject(holder="holder", **_name("organisation")))[:1]),
            held_since=Subquery(_held().values("during__startswith")[:1]),
            last_report=_last(
                ExecutionReport.objects.exclude(state=ReportState.DRAFT), kind="kind", state="state"
            ),
            last_extension=_last(Extension.objects.all(), state="state", due="granted_due"),
            last_contribution=_last(Contribution.objects.all(), owner="executor__instruction"),
        )
    )


def told(
    instructions: Iterable[Instruction], today: date, calendar: WorkingDays | None = None
) -> list[Instruction]:
    """Rows with `term`, `ball`, `executed_by` (the responsible one first) and `movement`."""
    found: list[Any] = list(instructions)
    calendar = calendar or WorkingDays()
    for row in found:
        row.term = term_of(row, today, calendar)
        row.ball = ball_of(row.held, row.held_since, today, calendar)
        row.executed_by = [_named(part) for part in row.executing]
        row.movement = _movement(row)
    return found


def _executors(user: Any) -> ArraySubquery:
    known = Q(organisation=None) | Q(organisation__in=Organisation.objects.visible_to(user))
    live = Executor.objects.live().filter(known, instruction=OuterRef("pk"))
    group = {f"group_{language}": f"group_{language}" for language in LANGUAGES}
    columns = {"role": "role", "refused": "refused_on", "accepted": "accepted_on", **group}
    return ArraySubquery(live.values(json=JSONObject(**columns, **_name("organisation"))))


def _held() -> Any:
    return HoldInterval.objects.now().filter(instruction=OuterRef("pk")).order_by()


def _last(rows: Any, owner: str = "instruction", **columns: str) -> Subquery:
    """Of the instruction's rows of this kind, the one that was written last."""
    mine = rows.filter(**{owner: OuterRef("pk")}).order_by("-updated_at", "-pk")
    return Subquery(mine.values(json=JSONObject(at="updated_at", **columns))[:1])


def _name(owner: str) -> dict[str, str]:
    columns = ("name", "abbreviation")
    return {f"{name}_{one}": f"{owner}__{name}_{one}" for name in columns for one in LANGUAGES}


def _text(part: Mapping[str, Any], name: str) -> Text:
    return Text(*(part[f"{name}_{language}"] or "" for language in LANGUAGES))


def _named(part: Mapping[str, Any]) -> Named:
    name = _text(part, "name") or _text(part, "group")
    return Named(
        name, short_of(part), part["role"] == ExecutorRole.LEAD, bool(part["refused"]), bool(part["accepted"])
    )


def _movement(row: Any) -> Movement:
    """The last thing that happened to it, in words."""
    parts = [
        (_at(row.last_report), _of_report),
        (_at(row.last_extension), _of_extension),
        (_at(row.last_contribution), lambda row: _("contribution sent")),
    ]
    moment, words = max(
        ((at, words) for at, words in parts if at), key=lambda part: part[0], default=(None, _of_itself)
    )
    if moment is None or row.updated_at > moment:
        moment, words = row.updated_at, _of_itself
    return Movement(words(row), localdate(moment))


def _at(part: Mapping[str, Any] | None) -> datetime | None:
    return parse_datetime(part["at"]) if part else None


def _of_report(row: Any) -> str:
    words = {
        (ReportKind.FINAL, ReportState.SUBMITTED): _("final report handed in"),
        (ReportKind.FINAL, ReportState.RETURNED): _("final report returned"),
        (ReportKind.FINAL, ReportState.ACCEPTED): _("final report accepted"),
        (ReportKind.INTERIM, ReportState.SUBMITTED): _("interim report handed in"),
        (ReportKind.INTERIM, ReportState.RETURNED): _("interim report returned"),
        (ReportKind.INTERIM, ReportState.ACCEPTED): _("interim report accepted"),
    }
    return words[(row.last_report["kind"], row.last_report["state"])]


def _of_extension(row: Any) -> str:
    state, due = row.last_extension["state"], parse_date(row.last_extension["due"] or "")
    if state == ExtensionState.GRANTED and due:
        return _("more time granted, to %(day)s") % {"day": date_format(due, "SHORT_DATE_FORMAT")}
    return {
        ExtensionState.REQUESTED: _("more time asked for"),
        ExtensionState.UNDER_REVIEW: _("request for more time taken up"),
        ExtensionState.REFUSED: _("more time refused"),
        ExtensionState.WITHDRAWN: _("request for more time withdrawn"),
    }[state]


def _of_itself(row: Any) -> str:
    return {
        InstructionState.REGISTERED: _("registered"),
        InstructionState.ON_CONTROL: _("put on control"),
        InstructionState.IN_EXECUTION: _("execution started"),
        InstructionState.REPORTED: _("removal proposed") if row.removal_proposed_at else _("reported"),
        InstructionState.EXECUTED: _("removed from control"),
        InstructionState.CANCELLED: _("cancelled by the office"),
    }.get(row.state, _("changed"))
