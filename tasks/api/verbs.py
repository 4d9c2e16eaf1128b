"""What can be done to an instruction, and to a request for more time: each a service of the same name."""

from typing import Any

from core.api.writing import creates, verb
from tasks import services
from tasks.api import bodies
from tasks.api.parts import ExtensionSerializer
from tasks.api.serializers import InstructionSerializer
from tasks.models import Extension, Instruction

CHANGED: dict[str, Any] = {"shown": InstructionSerializer}
MADE: dict[str, Any] = {"shown": InstructionSerializer, "makes": True}
DECIDED: dict[str, Any] = {"shown": ExtensionSerializer}
REQUESTED: dict[str, Any] = {"shown": ExtensionSerializer, "makes": True}


class InstructionVerbs:
    """In the order of an instruction's life."""

    @creates(bodies.RegisterBody, InstructionSerializer)
    def create(self, **said: Any) -> Instruction:
        """Register an instruction: it is not yet on control. Only the project office does; it is seen by the house and
        by those whom it concerns."""
        return services.register_instruction(**said)

    @verb(bodies.AmendBody, **CHANGED)
    def amend(self, row: Instruction, **said: Any) -> Any:
        """Write anew what the register says before it is on control: what is left out stays, `executors` are all of
        them from now on, a due date that is set stays as it is. What is on control changes by its other verbs (409,
        `on_control`), what is published by publication (409, `published`). Only the project office does."""
        return services.amend_instruction(row, **said)

    @verb(bodies.ControlBody, **CHANGED)
    def put_on_control(self, row: Instruction, **said: Any) -> Any:
        """Put on control: from now on its term runs. What the register lacks is given here: the due date, the expected
        result, who leads. Once written, the first due date stays. What the check finds weak (a term under two working
        days, a vague verb, a result that cannot be measured, a likely duplicate) needs a reason."""
        return services.put_on_control(row, **said)

    @verb(**CHANGED)
    def accept_assignment(self, row: Instruction, **said: Any) -> Any:
        """Accept the assignment: an executor takes it as its own."""
        return services.accept_assignment(row, **said)

    @verb(bodies.ReasonBody, **CHANGED)
    def refuse_assignment(self, row: Instruction, **said: Any) -> Any:
        """Not our competence: within three working days an executor says so, and why; the office decides."""
        return services.refuse_assignment(row, **said)

    @verb(bodies.ReassignBody, **CHANGED)
    def reassign(self, row: Instruction, **said: Any) -> Any:
        """Re-assign: another organisation leads and has to accept; the former one is released, and what it asked for
        is withdrawn."""
        return services.reassign(row, **said)

    @verb(**CHANGED)
    def start(self, row: Instruction, **said: Any) -> Any:
        """Start execution: the responsible executor begins, and has thereby accepted."""
        return services.start(row, **said)

    @verb(bodies.ContributeBody, form=bodies.ContributeForm, **CHANGED)
    def contribute(self, row: Instruction, **said: Any) -> Any:
        """Send a contribution: what a co-executor did, for the responsible one to compile. Sent, it stays."""
        return services.contribute(row, **said)

    @verb(bodies.ReportBody, form=bodies.ReportForm, **CHANGED)
    def report(self, row: Instruction, **said: Any) -> Any:
        """Report: an interim report informs, a final one asks for removal from control. One that was returned is handed
        in again by the same verb."""
        return services.report(row, **said)

    @verb(bodies.ReturnBody, **CHANGED)
    def return_(self, row: Instruction, **said: Any) -> Any:
        """Return for revision: the report that waits goes back, with what is to be corrected."""
        return services.return_report(row, **said)

    @verb(**CHANGED)
    def propose_removal(self, row: Instruction, **said: Any) -> Any:
        """Propose removal from control: the controlling side has checked the final report."""
        return services.propose_removal(row, **said)

    @verb(**CHANGED)
    def accept(self, row: Instruction, **said: Any) -> Any:
        """Accept the report that waits: a final one, proposed by another person, is removed from control by whoever
        gave the instruction; an interim one is accepted by the controlling side."""
        return services.accept(row, **said)

    @verb(bodies.RemainderBody, **MADE)
    def remove_part(self, row: Instruction, **said: Any) -> Instruction:
        """Remove in part: what was done is removed from control, the rest goes on as an instruction of its own, which
        is the answer."""
        return services.remove_part(row, **said)

    @verb(bodies.ReasonBody, **CHANGED)
    def cancel(self, row: Instruction, **said: Any) -> Any:
        """Cancel the instruction: it ends without result, for a reason."""
        return services.cancel(row, **said)

    @verb(bodies.SplitBody, **MADE)
    def split(self, row: Instruction, **said: Any) -> Instruction:
        """Add a sub-instruction: the responsible executor gives a part of it to another organisation; the part is the
        answer."""
        return services.split(row, **said)

    @verb(bodies.ExtendBody, **REQUESTED)
    def request_extension(self, row: Instruction, **said: Any) -> Extension:
        """Ask for more time: up to and on the due day, with a reason, one request at a time; the request is the
        answer."""
        return services.request_extension(row, **said)


class ExtensionVerbs:
    """What becomes of a request."""

    @verb(**DECIDED)
    def take_up(self, row: Extension, **said: Any) -> Any:
        """Take up the request: somebody looks into it; it stays open."""
        return services.take_up(row, **said)

    @verb(bodies.GrantBody, **DECIDED)
    def grant(self, row: Extension, **said: Any) -> Any:
        """Grant more time: to the date that was asked for, or to another one. The due date moves, `original_due`
        stays."""
        return services.grant(row, **said)

    @verb(bodies.ReasonBody, **DECIDED)
    def refuse(self, row: Extension, **said: Any) -> Any:
        """Refuse more time: the term stays, the reason is said."""
        return services.refuse(row, **said)

    @verb(**DECIDED)
    def withdraw(self, row: Extension, **said: Any) -> Any:
        """Withdraw the request: whoever asked needs it no more."""
        return services.withdraw(row, **said)

    @verb(bodies.CorrectBody, **REQUESTED)
    def correct(self, row: Extension, **said: Any) -> Extension:
        """Correct the decision: another one on the same request takes its place, and is the answer."""
        return services.correct(row, **said)
