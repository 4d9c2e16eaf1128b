"""What a certificate counts: how many instructions stand how, in all and by responsible executor.

The names of attention are those of the board: the same list has the same numbers there.
"""

from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from core.text import LANGUAGES, Text, sort_key
from tasks.attention import condition, granted
from tasks.choices import OPEN, Attention, ExecutorRole, InstructionState, ReportKind, ReportState
from tasks.models import ExecutionReport, Executor


class Figure(NamedTuple):
    """`asked`: how the board is asked for just these, where it can be; `shape`: of components of pages."""

    code: str
    label: Any
    asked: dict[str, str]
    shape: str = ""


ON_CONTROL = Figure("on_control", _("on control"), {})
OVERDUE = Figure("overdue", Attention.OVERDUE.label, {"attention": "overdue"}, "bad")
EXECUTED = Figure("executed", InstructionState.EXECUTED.label, {"state": "executed"}, "ok")
LATE = Figure("late", _("of these reported after the term"), {})
EXTENDED = Figure("extended", _("with more time granted"), {"extended_min": "1"})
FIGURES = [
    Figure("registered", _("not put on control yet"), {"state": "registered"}),
    ON_CONTROL,
    OVERDUE,
    Figure("soon", Attention.SOON.label, {"attention": "soon"}, "warn"),
    Figure("on_time", Attention.ON_TIME.label, {"attention": "on_time"}),
    Figure("confirmation", Attention.CONFIRMATION.label, {"attention": "confirmation"}),
    Figure("returned", Attention.RETURNED.label, {"attention": "returned"}),
    EXECUTED,
    LATE,
    Figure("cancelled", InstructionState.CANCELLED.label, {"state": "cancelled"}),
    EXTENDED,
]
#: Of each organisation.
BY_BODY = [ON_CONTROL, OVERDUE, EXECUTED, LATE, EXTENDED]


class Body(NamedTuple):
    """A responsible executor, or none that the reader may know; `code` is empty then."""

    code: str
    name: Text
    counts: dict[str, int]


def _conditions(day: date) -> dict[str, Q]:
    after = ExecutionReport.objects.filter(
        kind=ReportKind.FINAL, state=ReportState.ACCEPTED, submitted_on__gt=F("instruction__due")
    )
    executed = Q(state=InstructionState.EXECUTED)
    return {
        **{one.value: condition(one, day) for one in Attention if one in _COUNTED},
        "registered": Q(state=InstructionState.REGISTERED),
        "on_control": Q(state__in=OPEN),
        "executed": executed,
        "late": executed & Q(pk__in=after.order_by().values("instruction")),
        "cancelled": Q(state=InstructionState.CANCELLED),
        "extended": Q(pk__in=granted().order_by().values("instruction")),
    }


_COUNTED = {
    Attention.OVERDUE,
    Attention.SOON,
    Attention.ON_TIME,
    Attention.CONFIRMATION,
    Attention.RETURNED,
}


def by_body(rows: Any, user: Any, day: date) -> list[Body]:
    """All by one query, in the alphabet of the reader; those without a responsible executor at the end."""
    known = Organisation.objects.visible_to(user).filter(pk=OuterRef("organisation"))
    leads = Executor.objects.filter(
        Exists(known), instruction=OuterRef("pk"), role=ExecutorRole.LEAD, released_on=None
    )
    sums: dict[str, Any] = {code: Count("pk", filter=rule) for code, rule in _conditions(day).items()}
    counted = (
        rows.order_by()
        .annotate(body=Subquery(leads.order_by().values("organisation")[:1]))
        .values("body")
        .annotate(total=Count("pk"), **sums)
    )
    found = list(counted)
    names = _names([row["body"] for row in found])
    bodies = [Body(*names.get(row.pop("body"), ("", Text())), row) for row in found]
    return sorted(bodies, key=lambda body: (not body.code, sort_key(body.name.shown(_language())[0])))


def _names(keys: list[Any]) -> dict[int, tuple[str, Text]]:
    columns = [f"name_{language}" for language in LANGUAGES]
    rows = Organisation.objects.filter(pk__in=[key for key in keys if key]).values_list(
        "pk", "code", *columns
    )
    return {pk: (code, Text(*names)) for pk, code, *names in rows}


def _language() -> str:
    return (get_language() or LANGUAGES[0])[:2]


def in_all(bodies: list[Body]) -> dict[str, int]:
    codes = ["total", *(figure.code for figure in FIGURES)]
    return {code: sum(body.counts[code] for body in bodies) for code in codes}
