"""Why an instruction asks for attention now: one condition each, for the filter and for its counter."""

from datetime import date
from typing import Any

from django.db.models import Count, DateField, Func, Q, Subquery, Value
from django.db.models.functions import Coalesce

from accounts.choices import FOR_AN_ORGANISATION, Role
from tasks.choices import SOON, WAITING, Attention, ExtensionState, InstructionState
from tasks.models import Executor, Extension, Instruction


def soon(today: date) -> Func:
    """The last day that is near: counted by the database, once a query."""
    return Func(
        Value(today, output_field=DateField()),
        Value(SOON),
        function="core_add_working_days",
        template="(SELECT %(function)s(%(expressions)s))",
        output_field=DateField(),
    )


#: What only those may know whom an instruction concerns.
INNER = {Attention.EXTENSION, Attention.REFUSED}


def condition(attention: str, today: date) -> Q:
    """Of the rows that it is asked of: the caller sees to it that of INNER they are those that concern the reader."""
    match attention:
        case Attention.OVERDUE:
            return Q(state__in=WAITING, due__lt=today)
        case Attention.SOON:
            return Q(state__in=WAITING, due__gte=today, due__lte=soon(today))
        case Attention.ON_TIME:
            return Q(state__in=WAITING, due__gt=soon(today))
        case Attention.CONFIRMATION:
            return Q(state=InstructionState.REPORTED)
        case Attention.EXTENSION:
            asked = Extension.objects.undecided()
            return Q(pk__in=asked.order_by().values("instruction"))
        case Attention.RETURNED:
            return Q(state=InstructionState.RETURNED)
        case Attention.NO_TERM:
            return Q(state=InstructionState.REGISTERED, due=None)
    refused = Executor.objects.live().filter(refused_on__isnull=False)
    return Q(state__in=WAITING, pk__in=refused.order_by().values("instruction"))


def granted() -> Any:
    """Extensions that hold: not those that a later decision corrected."""
    return Extension.objects.filter(state=ExtensionState.GRANTED, corrected_by=None)


def number_wanted(user: Any) -> Func:
    """How many decisions wait for this reader: within another query, counted once."""
    waiting = Instruction.objects.awaiting_decision().decided_by(user).order_by()
    return Coalesce(
        Subquery(waiting.annotate(one=Value(1)).values("one").annotate(n=Count("pk")).values("n")), 0
    )


def counts_decisions(user: Any) -> bool:
    """Those to whom the menu says how many wait: the office and auditors read them, for others they wait."""
    return user.role in {Role.LEADERSHIP, *FOR_AN_ORGANISATION}
