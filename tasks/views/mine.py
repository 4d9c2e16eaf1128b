"""My instructions: what an organisation owes, by date, with the next step; for the office, what waits for it."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import Case, Count, Exists, IntegerField, Max, OuterRef, Prefetch, Q, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.models import User
from core import ledger
from core.filters import today
from core.keyset import BadCursor, Keyset
from core.listing import SIZE
from tasks.attention import counts_decisions, number_wanted
from tasks.choices import (
    VERB_LABELS,
    VERB_STATES,
    WAITING,
    ExecutorRole,
    ExtensionState,
    InstructionState,
    ReportState,
)
from tasks.models import Contribution, ExecutionReport, Executor, Extension, Instruction
from tasks.policies import Desk, is_office
from tasks.querysets import organisations_of
from tasks.views.rows import listed, told


class Pile(NamedTuple):
    """Those of my instructions of which one thing is to be done; `verbs`: the next step, then what else is possible."""

    code: str
    label: Any
    rows: Q
    verbs: tuple[str, ...] = ()
    shape: str = ""


class Step(NamedTuple):
    label: Any
    href: str


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    for_office = is_office(user)
    own, piles = _of_office(user) if for_office else _of_executor(user)
    shown = request.GET.get("show", "")
    chosen = next((pile for pile in piles if pile.code == shown), None)
    rows = own.annotate(**{f"in_{pile.code}": _flag(pile.rows) for pile in piles}, first=_first())
    rows = listed(rows.filter(chosen.rows) if chosen else rows, user).prefetch_related(_executors(user))
    page, is_lost = _page(request, rows.order_by("first", "due", "pk"), shown)
    context = {
        "instructions": _described(told(page.rows, today()), user, piles),
        "page": page,
        "shown": shown,
        "for_office": for_office,
        "is_wrong": is_lost or bool(shown and not chosen),
        **_counted(request, own, piles, shown),
    }
    return render(request, "tasks/mine.html", context, status=400 if context["is_wrong"] else 200)


def _flag(rows: Q) -> Case:
    return Case(When(rows, then=Value(1)), default=Value(0), output_field=IntegerField())


def _first() -> Case:
    """What was returned comes before everything else."""
    return Case(
        When(state=InstructionState.RETURNED, then=Value(0)), default=Value(1), output_field=IntegerField()
    )


def _of_executor(user: Any) -> tuple[Any, list[Pile]]:
    """What is open and his organisation's, or that of whom he acts for."""
    live = _executions(user)
    if live is None:
        return Instruction.objects.none(), []
    lead = _of(live.filter(role=ExecutorRole.LEAD, refused_on=None))
    new = _of(live.filter(accepted_on=None, refused_on=None, assigned_on__isnull=False))
    silent = ~Exists(Contribution.objects.filter(executor=OuterRef("pk")))
    owes = _of(live.filter(silent, role=ExecutorRole.CO, refused_on=None))
    asked = _of(Extension.objects.undecided())
    refused = _of(live.filter(refused_on__isnull=False))
    state = InstructionState
    piles = [
        Pile("returned", _("returned"), lead & Q(state=state.RETURNED), ("report",), "warn"),
        Pile(
            "new", _("not accepted"), new & Q(state__in=WAITING), ("accept_assignment", "refuse_assignment")
        ),
        Pile("start", _("to start"), lead & Q(state=state.ON_CONTROL), ("start",)),
        Pile("report", _("to report"), lead & Q(state=state.IN_EXECUTION), ("report",)),
        Pile("contribution", _("contribution owed"), owes & Q(state__in=WAITING), ("contribute",)),
        Pile("others", _("waiting for others"), Q(state=state.REPORTED) | asked | refused),
    ]
    return Instruction.objects.visible_to(user).open().filter(_of(live)), piles


def _of(parts: Any) -> Q:
    """The instructions of these parts: read once, not once an instruction."""
    return Q(pk__in=parts.order_by().values("instruction"))


def _executions(user: Any) -> Any:
    own = organisations_of(user)
    return None if own is None else Executor.objects.live().filter(own)


def _of_office(user: Any) -> tuple[Any, list[Pile]]:
    """What he controls, and what nobody does, where the office has to move."""
    state = InstructionState
    interim = _of(ExecutionReport.objects.filter(state=ReportState.SUBMITTED)) & Q(state__in=WAITING)
    refused = _of(Executor.objects.live().filter(role=ExecutorRole.LEAD, refused_on__isnull=False))
    asked = _of(Extension.objects.filter(state=ExtensionState.REQUESTED))
    to_check = Q(state=state.REPORTED, removal_proposed_at=None)
    piles = [
        Pile("check", _("final reports to check"), to_check, ("propose_removal", "return"), "warn"),
        Pile("refused", _("to re-assign"), refused & Q(state__in=WAITING), ("reassign",)),
        Pile("interim", _("interim reports to read"), interim, ("accept", "return")),
        Pile("asked", _("requests to take up"), asked, ("take_up",)),
        Pile("register", _("to put on control"), Q(state=state.REGISTERED), ("put_on_control", "cancel")),
    ]
    first, *others = (Instruction.objects.filter(pile.rows).order_by().values("pk") for pile in piles)
    present = User.objects.with_access(timezone.localdate())
    own = Instruction.objects.visible_to(user).filter(Q(controller=user) | ~Q(controller__in=present))
    return own.filter(pk__in=first.union(*others)), piles  # each found by its index


def _executors(user: Any) -> Prefetch:
    return Prefetch("executors", Executor.objects.live().select_related("organisation"))


def _page(request: HttpRequest, rows: Any, shown: str) -> Any:
    keyset = Keyset(rows, {"show": shown})
    try:
        return keyset.page(request.GET.get("cursor"), SIZE), False
    except BadCursor:
        return keyset.page(None, SIZE), True


def _counted(request: HttpRequest, own: Any, piles: list[Pile], shown: str) -> dict[str, Any]:
    """The counters, by one query; each leads to its pile, and the one that is shown back to all."""
    sums: dict[str, Any] = {pile.code: Count("pk", filter=pile.rows) for pile in piles}
    if counts_decisions(request.user):  # for the menu, without a query more
        sums["wanted"] = Max(number_wanted(request.user))
    found = own.order_by().aggregate(total=Count("pk"), **sums)
    request.decisions_wanted = found.get("wanted")  # type: ignore[attr-defined]
    here = reverse("control-mine")
    counters = [
        {
            "label": pile.label,
            "number": found[pile.code],
            "href": here if pile.code == shown else f"{here}?show={pile.code}",
            "holds": pile.code == shown,
            "shape": pile.shape,
        }
        for pile in piles
    ]
    return {"counters": counters, "total": found["total"]}


def _described(rows: Iterable[Any], user: Any, piles: list[Pile]) -> list[Any]:
    """With what the reader's side is to it, and his steps: asked of the policy, which needs no query for a row."""
    desk = Desk(user)
    own = {one.person.organisation_id for one in desk.principals} - {None}
    is_past = ledger.instant.get() is not None
    found = list(rows)
    for row in found:
        parts = [part for part in row.executors.all() if part.organisation_id in own]
        row.part = next(iter(parts), None)
        row.waits = [pile.label for pile in piles if getattr(row, f"in_{pile.code}")]
        row.steps = [] if is_past else _steps(desk, row, piles)
    return found


def _steps(desk: Desk, row: Any, piles: list[Pile]) -> list[Step]:
    """The first is the next step."""
    verbs = [verb for pile in piles if getattr(row, f"in_{pile.code}") for verb in pile.verbs]
    if row.due and row.due >= today() and not getattr(row, "in_others", 0):
        verbs.append("request_extension")
    allowed = [
        verb
        for verb in dict.fromkeys(verbs)
        if desk.may(_right(verb, row), row) and row.state in VERB_STATES.get(verb, [row.state])
    ]
    return [
        Step(_word(verb, row), reverse("instruction-verb", args=[row.public_id, verb])) for verb in allowed
    ]


def _right(verb: str, row: Any) -> str:
    """Of an interim report acceptance is another right than of a final one."""
    return "accept_interim" if verb == "accept" and row.state != InstructionState.REPORTED else verb


def _word(verb: str, row: Any) -> Any:
    if verb == "report" and row.state == InstructionState.RETURNED:
        return _("Correct the report")
    return VERB_LABELS[_right(verb, row)]
