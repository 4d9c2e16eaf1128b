"""Why an instruction asks for attention now: one condition each, for the filter and for its counter."""

from datetime import date
from typing import Any

from django.db.models import Count, DateField, Func, Q, Subquery, Value
from django.db.models.functions import Coalesce

from core.policies import sees_everything
from tasks.choices import SOON, WAITING, Attention, ExtensionState, InstructionState
from tasks.models import Executor, Extension, HoldInterval, Instruction


def soon(today: date) -> Func:
    """The last day that is near: counted by the database, once a query."""
    return Func(
        Value(today, output_field=DateField()),
        Value(SOON),
        function="core_add_working_days",
        template="(SELECT %(function)s(%(expressions)s))",
        output_field=DateField(),
    )


def condition(attention: str, user: Any, today: date) -> Q:
    """Of more time that is asked for, and of refusals, as far as the reader may know them."""
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
            asked = Extension.objects.visible_to(user).undecided()
            return Q(pk__in=asked.order_by().values("instruction"))
        case Attention.RETURNED:
            return Q(state=InstructionState.RETURNED)
        case Attention.NO_TERM:
            return Q(state=InstructionState.REGISTERED, due=None)
    return Q(state__in=WAITING, pk__in=_refused(user).order_by().values("instruction"))


def _refused(user: Any) -> Any:
    refused = Executor.objects.live().filter(refused_on__isnull=False)
    if sees_everything(user):  # whom everything concerns is not asked of each
        return refused
    return refused.filter(instruction__in=Instruction.objects.concerning(user))


def held_now(user: Any) -> Any:
    """Who holds the ball, of what concerns the reader."""
    return HoldInterval.objects.visible_to(user).now()


def granted(user: Any) -> Any:
    """Extensions that hold: not those that a later decision corrected."""
    return Extension.objects.visible_to(user).filter(state=ExtensionState.GRANTED, corrected_by=None)


def number_wanted(user: Any) -> Func:
    """How many decisions wait for this reader: within another query, counted once."""
    waiting = Instruction.objects.awaiting_decision().decided_by(user).order_by()
    return Coalesce(
        Subquery(waiting.annotate(one=Value(1)).values("one").annotate(n=Count("pk")).values("n")), 0
    )
