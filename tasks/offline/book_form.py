"""The columns of the workbook: the same out and in. Row 1 holds their codes and is hidden, row 2 their names."""

from typing import Any, NamedTuple

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from districts.choices import MoveReason
from tasks.reporting_choices import WORDS, Mark, Metric, NoteField, Outcome

#: Where the frozen part lies: a hidden sheet, in pieces of a cell each, the signature first.
FROZEN_SHEET, PIECE = "_form", 30_000
#: Rows before the first that is filled in.
HEAD_ROWS = 2
#: Rows that a sheet may have; of a workbook that somebody has filled by a program.
MOST_ROWS = 5_000
CURRENCIES = ["KZT", "USD", "EUR", "RUB", "CNY"]


class Column(NamedTuple):
    code: str
    label: str
    #: In characters.
    width: int
    #: What may be chosen: marks, currencies, outcomes, reasons; or nothing.
    offers: str = ""
    #: What the portal wrote there and nobody changes.
    fixed: bool = False


def reports() -> list[Column]:
    """A row a project."""
    columns = [
        Column("project", _("Project number"), 14, fixed=True),
        Column("name", _("Project"), 40, fixed=True),
    ]
    for metric in Metric:
        named = {"metric": metric.label}
        columns.append(Column(metric.value, capfirst(str(metric.label)), 16))
        columns.append(
            Column(
                f"{metric}_mark",
                _("If there is no number: %(metric)s") % named,
                18,
                "marks",
            )
        )
        if metric == Metric.SPENT:
            columns.append(Column("spent_currency", _("Currency"), 10, "currencies"))
        columns.append(Column(f"{metric}_note", _("Note: %(metric)s") % named, 24))
    return [*columns, *(Column(str(word), capfirst(str(NoteField(word).label)), 40) for word in WORDS)]


def milestones() -> list[Column]:
    """A row a milestone of a project."""
    return [
        Column("project", _("Project number"), 14, fixed=True),
        Column("milestone", _("Milestone code"), 20, fixed=True),
        Column("name", _("Milestone"), 40, fixed=True),
        Column("expected", _("Expected so far"), 16, fixed=True),
        Column("outcome", _("Met or moved"), 14, "outcomes"),
        Column("on", _("Met on, or now expected on"), 20),
        Column("reason", _("Why it moved"), 26, "reasons"),
        Column("note", _("Note"), 40),
    ]


def sheet_names() -> tuple[str, str]:
    return _("Reports"), _("Milestones")


def letters(place: int) -> str:
    """The name of a column from its place, the first one being 0: A, B, …, Z, AA."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(65 + rest) + name
    return name


def address(row: int, place: int) -> str:
    """B7; rows count from 1, places from 0."""
    return f"{letters(place)}{row}"


def offered(offers: str) -> list[Any]:
    """What a list of the column holds."""
    lists: dict[str, list[Any]] = {
        "marks": [Mark.NO_DATA, Mark.NOT_APPLICABLE],
        "currencies": CURRENCIES,
        "outcomes": list(Outcome),
        "reasons": list(MoveReason),
    }
    return lists[offers]
