"""The list on control: the rows of the board, with its filters in words and its counters."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.exceptions import Conflict
from core.filters import today
from core.listing import Chip, Listing
from core.paper import Paper, Prose, Table
from tasks.views.board import counted, desk
from tasks.views.papers.words import NOTHING, day, holder, paper, partial, term
from tasks.views.rows import told

#: So many instructions a paper holds. A page takes a second for some hundred of them; a workbook is quicker.
MOST = {"pdf": 500, "docx": 500, "xlsx": 5000}


def register(request: HttpRequest, form: str) -> Paper:
    """Conflict where the list is longer than a paper of this form."""
    listing, own = desk(request)
    counters, total = counted(request, listing, own)
    most = MOST[form]
    if total > most:
        words = _(
            "The list has %(total)d instructions, a file of this kind holds %(most)d: narrow it by filters."
        )
        raise Conflict(words % {"total": total, "most": most})
    parts = [Prose(_summary(total, counters)), _table(told(listing.rows[:most], today()))]
    return paper(_("List of instructions on control"), parts, subtitle=in_words(listing), is_wide=True)


def in_words(listing: Listing) -> str:
    """The filters of a list, a line each; days as papers write them."""
    asked = zip(listing.filters, listing.chips, strict=True)
    return "\n".join(f"{chip.label}: {_value(listing, name, chip)}" for name, chip in asked)


def _value(listing: Listing, name: str, chip: Chip) -> str:
    meant = listing.form.cleaned_data.get(name)
    return day(meant) if isinstance(meant, date) else chip.value


def _summary(total: int, counters: list[Any]) -> str:
    counts = [f"{counter.label}: {counter.number}" for counter in counters if counter.number]
    return "; ".join([f"{_('Instructions')}: {total}", *counts])


def _table(instructions: list[Any]) -> Table:
    head = [
        "№",
        capfirst(_("number")),
        _("Instruction"),
        _("Given by"),
        _("Executors"),
        _("Due"),
        _("State"),
        _("Who holds the ball"),
    ]
    rows = [_row(place, instruction) for place, instruction in enumerate(instructions, 1)]
    return Table(head, rows, [4, 11, 30, 18, 22, 14, 13, 16], frozenset({0}))


def _row(place: int, instruction: Any) -> list[str | int]:
    number = "\n".join(filter(None, (instruction.number, instruction.public_id)))
    issuer = instruction.issuer.name if instruction.issuer_is_visible else ""
    given = "\n".join(filter(None, (str(issuer), partial(instruction.issued))))
    state = capfirst(instruction.get_state_display())
    text = (
        f"{instruction.text}\n({_('Invented, for trying out')})" if instruction.is_demo else instruction.text
    )
    executors = "\n".join(map(_executor, instruction.executed_by)) or NOTHING
    return [
        place, number, str(text), given, executors, term(instruction.term), state, holder(instruction.ball),
    ]  # fmt: skip


def _executor(executor: Any) -> str:
    if executor.leads:
        return f"{executor.name} ({_('responsible executor')})"
    return str(executor.name)
