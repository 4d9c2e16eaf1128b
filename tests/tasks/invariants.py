"""What is always true of control, computed from plain rows and from nothing of the house but its codes."""

from collections import defaultdict
from datetime import date
from itertools import pairwise
from typing import Any

from districts.models import Figure
from tasks.models import (
    Evidence,
    ExecutionReport,
    Executor,
    Extension,
    HoldInterval,
    Instruction,
    ProgressReport,
    ProgressValue,
)

MOVES = {
    "registered": {"on_control", "cancelled"},
    "on_control": {"in_execution", "cancelled"},
    "in_execution": {"reported", "cancelled"},
    "reported": {"executed", "returned"},
    "returned": {"reported", "cancelled"},
}
CLOSED = {"executed", "cancelled"}
#: What is reported of money stays in the house.
MONEY = {"financial_progress", "spent"}
Rows = dict[Any, list[Any]]


def reachable(state: str) -> set[str]:
    found, more = {state}, [state]
    while more:
        more = [following for one in more for following in MOVES.get(one, set()) - found]
        found.update(more)
    return found


def of(model: Any, owner: str = "instruction_id") -> Rows:
    rows: Rows = defaultdict(list)
    for row in model.objects.order_by("pk"):
        rows[getattr(row, owner)].append(row)
    return rows


class Memory:
    """What was once seen: the first due date, the state, and what was signed."""

    def __init__(self) -> None:
        self.first: dict[int, date] = {}
        self.state: dict[int, str] = {}
        self.signed: dict[Any, tuple[Any, ...]] = {}

    def judge(self) -> None:
        instructions = {one.pk: one for one in Instruction.objects.order_by("pk")}
        executors, extensions, reports = of(Executor), of(Extension), of(ExecutionReport)
        holds, proof = of(HoldInterval), of(Evidence, "report_id")
        gone = {pk for pk, state in self.state.items() if state != "registered"} - set(instructions)
        assert not gone, "what was on control has vanished"
        self._signed(extensions, reports)
        for pk, one in instructions.items():
            self._remembered(one)
            leads = [row for row in executors[pk] if row.role == "lead" and row.released_on is None]
            _controlled(one, leads)
            _term(one, extensions[pk])
            _reports(one, reports[pk], proof)
            _clock(one, leads, extensions[pk], holds[pk])
            _parts(one, instructions)

    def _signed(self, extensions: Rows, reports: Rows) -> None:
        """A decision, and a report that was accepted, never change and never vanish."""
        now: dict[Any, tuple[Any, ...]] = {}
        for row in (row for rows in extensions.values() for row in rows if row.decided_on):
            said = (
                row.state,
                row.granted_due,
                row.refusal_reason,
                row.decided_by_id,
                row.new_due,
                row.reason,
            )
            now["decision", row.pk] = said
        for row in (row for rows in reports.values() for row in rows if row.state == "accepted"):
            now["report", row.pk] = (row.text, row.submitted_on, row.decided_by_id, row.instruction_id)
        assert self.signed.items() <= now.items(), "what was signed has changed"
        self.signed = now

    def _remembered(self, one: Instruction) -> None:
        if one.pk in self.first:
            assert one.original_due == self.first[one.pk], "the first due date has changed"
        elif one.original_due:
            self.first[one.pk] = one.original_due
        assert one.state in reachable(self.state.get(one.pk, "registered")), "a state was skipped or left"
        self.state[one.pk] = one.state


def _controlled(one: Instruction, leads: list[Executor]) -> None:
    assert len(leads) <= 1, "two lead"
    if one.state not in {"registered", "cancelled"}:
        assert len(leads) == 1 and leads[0].organisation_id, "on control without a lead"
        assert one.due and one.original_due, "on control without a term"
        assert one.expected_result.kk or one.expected_result.ru, "on control without an expected result"
    if one.state == "cancelled":
        assert one.cancelled_reason.strip(), "cancelled without a reason"
    assert one.due or not one.is_overdue(date.max), "overdue without a term"


def _term(one: Instruction, extensions: list[Extension]) -> None:
    corrected = {row.corrects_id for row in extensions}
    effective = [row for row in extensions if row.state == "granted" and row.pk not in corrected]
    assert one.due == (effective[-1].granted_due if effective else one.original_due), "the term has moved"
    waiting = [row for row in extensions if row.state in {"requested", "under_review"}]
    assert len(waiting) <= (one.state not in CLOSED), "requests wait that may not"
    for row in extensions:
        assert row.reason and row.new_due > row.old_due and row.asked_on <= row.old_due
        if row.state in {"granted", "refused"}:
            assert row.decided_by_id and row.decided_on, "a decision without a name"
        assert (row.state == "granted") == (row.granted_due is not None), "granted without a date"


def _reports(one: Instruction, reports: list[ExecutionReport], proof: Rows) -> None:
    handed_in = [row for row in reports if row.kind == "final" and row.state != "draft"]
    last = handed_in[-1] if handed_in else None
    expected = {"reported": "submitted", "returned": "returned", "executed": "accepted"}
    if one.state == "cancelled":
        assert last is None or last.state == "returned", "cancelled while a report waits"
    else:
        assert (last.state if last else None) == expected.get(one.state), "report and instruction differ"
    assert len([row for row in handed_in if row.state == "accepted"]) == (one.state == "executed")
    assert bool(one.executed_on) == (one.state == "executed"), "executed without its day"
    if one.state == "executed":
        assert one.removed_by_id and one.removal_proposed_by_id, "removed by nobody"
        assert one.removed_by_id != one.removal_proposed_by_id, "removed by one"
    for kind in ("interim", "final"):
        assert len([row for row in reports if row.kind == kind and row.state != "accepted"]) <= 1
    if last and last.state in {"submitted", "accepted"} and one.evidence_kind:
        assert one.evidence_kind in {row.kind for row in proof[last.pk]}, "proof is missing"


def _clock(
    one: Instruction, leads: list[Executor], extensions: list[Extension], holds: list[HoldInterval]
) -> None:
    holds = sorted(holds, key=lambda row: row.during.lower)
    for earlier, later in pairwise(holds):
        assert earlier.during.upper == later.during.lower, "a gap or an overlap in the clock"
    if one.state in CLOSED:
        assert all(row.during.upper for row in holds), "what is closed is held"
        return
    assert holds and holds[-1].during.upper is None, "what is open is held by nobody"
    asked = any(row.state in {"requested", "under_review"} for row in extensions)
    if asked or (one.state == "reported" and one.removal_proposed_by_id):
        expected = ("issuer", one.issuer_id)
    elif one.state in {"registered", "reported"} or not leads or leads[0].refused_on:
        expected = ("office", None)
    else:
        expected = ("executor", leads[0].organisation_id)
    assert (holds[-1].holder, holds[-1].organisation_id) == expected, "held by another"


def _parts(one: Instruction, instructions: dict[int, Instruction]) -> None:
    above, way = instructions.get(one.parent_id or 0), [one]
    while above:
        assert above.pk not in {row.pk for row in way}, "part of itself"
        assert above.is_demo == one.is_demo, "invented and real are mixed"
        rest = way[-1].remainder_of_id == above.pk  # with all that is below it, it lives on without the whole
        if one.state not in CLOSED and not rest:
            assert above.state not in CLOSED, "closed before its parts"
        way.append(above)
        above = instructions.get(above.parent_id or 0)


def judge_fed() -> None:
    """Of reports accepted by the service: each number is a figure, and what is shown was not corrected since."""
    figures = {row.code: row for row in Figure.objects.exclude(code=None)}
    values = of(ProgressValue, "report_id")
    for report in ProgressReport.objects.filter(state__in=("accepted", "superseded")):
        for row in values[report.pk]:
            figure = figures.get(f"{report.public_id}-{row.metric}".lower())
            assert (figure is None) == (row.value is None), "a number was not fed, or a mark was"
            if figure is None:
                continue
            assert (figure.value, figure.currency) == (row.value, row.currency)
            assert (figure.project_id, figure.measure) == (report.project_id, row.metric)
            assert not (figure.chosen and report.state == "superseded"), "what was corrected is shown"
            if figure.visibility == "public":
                assert figure.source.code == report.public_id and row.metric not in MONEY
