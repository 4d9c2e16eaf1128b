"""One instruction: what is asked, of whom, by when, who holds the ball, and all that happened to it."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core import ledger
from core.calendar import WorkingDays
from core.filters import today
from core.policies import sees_everything
from tasks.choices import REFUSAL_DAYS, InstructionState
from tasks.linting import Draft, Weakness, lint
from tasks.models import Instruction
from tasks.policies import Desk, is_office
from tasks.views import hold_chart
from tasks.views.history import timeline
from tasks.views.offers import Situation, offers
from tasks.views.reading import Inner, find, inner
from tasks.views.reminded import annotations, escalations, reminded
from tasks.views.shown import ball_of, term_of


@require_safe
def detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """The card; whom the instruction does not concern sees of a published one what is published."""
    instruction: Any = find(request.user, public_id, **annotations(request.user))
    day, calendar = today(), WorkingDays()
    if not instruction.concerns:
        context = {"instruction": instruction, "term": term_of(instruction, day, calendar)}
        return render(request, "tasks/card_public.html", context)
    life = inner(request.user, instruction)
    desk = Desk(request.user)
    life.escalations = escalations(instruction, desk)
    _introduce(request.user, instruction, life)
    context = {
        "instruction": instruction,
        "term": term_of(instruction, day, calendar),
        "ball": ball(instruction, day, calendar),
        "offers": _offers(Situation(request.user, desk, instruction, life, day, calendar)),
        "weak": _weak(request.user, instruction, day, calendar),
        **_executors(life, day),
        "reports": life.reports,
        "extensions": _extensions(life, calendar),
        "escalations": life.escalations,
        "reminded": reminded(instruction),
        "events": timeline(instruction, life, with_notes=sees_everything(request.user)),
        **_chart(instruction, day, calendar),
    }
    return render(request, "tasks/card.html", context)


def _introduce(user: Any, instruction: Any, life: Inner) -> None:
    """The header names the reader's organisation: it is mostly one of these, which are read already."""
    met = [instruction.issuer, *(one.organisation for one in life.executors)]
    own = next((one for one in met if one and one.pk == user.organisation_id), None)
    if own is not None:
        user.organisation = own


def ball(instruction: Any, day: date, calendar: WorkingDays) -> Any:
    held = next((one for one in instruction.intervals if one.until is None), None)
    if held is None:
        return None
    told = {
        "holder": held.holder,
        **{f"name_{language}": words for language, words in held.name._asdict().items()},
    }
    return ball_of(told, held.since, day, calendar)


def _offers(situation: Situation) -> list[Any]:
    """Nothing is done in the past."""
    return offers(situation) if ledger.instant.get() is None else []


def _weak(user: Any, instruction: Instruction, day: date, calendar: WorkingDays) -> list[Weakness]:
    """For whom puts it on control: what is to be mended first."""
    waits = instruction.state == InstructionState.REGISTERED and ledger.instant.get() is None
    return lint(Draft.of(instruction, day, calendar)) if waits and is_office(user) else []


def _executors(life: Inner, day: date) -> dict[str, Any]:
    for executor in life.executors:
        due = executor.internal_due
        executor.late_by = (
            (day - due).days if due and due < day and not executor.is_lead and not executor.sent else 0
        )
        executor.may_refuse = not (executor.accepted_on or executor.refused_on) and executor.organisation_id
    live = [one for one in life.executors if one.released_on is None]
    return {
        "executors": live,
        "released": [one for one in life.executors if one.released_on is not None],
        "some_are_late": any(one.late_by for one in live),
        "refusal_days": REFUSAL_DAYS,
    }


def _extensions(life: Inner, calendar: WorkingDays) -> list[Any]:
    """With `days` and `working` between the term before and the one granted, or asked for."""
    corrected = {one.corrects_id: one for one in life.extensions if one.corrects_id}
    for one in life.extensions:
        until = one.granted_due or one.new_due
        one.days, one.working = (until - one.old_due).days, calendar.between(one.old_due, until)
        one.corrected = corrected.get(one.pk)
    return life.extensions


def _chart(instruction: Any, day: date, calendar: WorkingDays) -> dict[str, Any]:
    rows = hold_chart.bodies(instruction.intervals, day, calendar)
    if not rows:
        return {}
    first = instruction.original_due if instruction.original_due != instruction.due else None
    now = day if rows and any(body.holds_now for body in rows) else None
    shapes = (hold_chart.WIDE, hold_chart.NARROW)
    return {
        "bodies": rows,
        "charts": [hold_chart.draw(rows, now, first, instruction.due, shape) for shape in shapes],
    }
