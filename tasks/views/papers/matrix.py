"""The matrix of who has filed what as a paper, and for programs as a table of codes."""

import csv
from io import StringIO
from typing import Any

from django.utils.translation import gettext as _

from core.api.exports import safe
from core.paper import Paper, Prose, Table
from tasks.forms.periods import PLURAL
from tasks.views.filed import MISSING, NOT_OWED, Cell, Row
from tasks.views.matrix import Asked, told
from tasks.views.papers.words import NOTHING, paper

#: The shares of the paper that the names take; the periods share the rest.
NAMES = [22, 18]


def matrix(user: Any, wanted: Asked) -> Paper:
    rows = told(user, wanted, wanted.projects)
    head = [_("Project"), _("Organisation"), *map(str, wanted.periods)]
    cells = [[str(row.project.name), str(row.organisation.name), *map(_word, row.cells)] for row in rows]
    widths = [*NAMES, *[60 // max(len(wanted.periods), 1)] * len(wanted.periods)]
    parts = [Prose(_in_brief(rows)), Table(head, cells, widths)]
    return paper(_("Who has filed what"), parts, subtitle=_subtitle(wanted), is_wide=True)


def matrix_csv(user: Any, wanted: Asked) -> bytes:
    """A row a project, a column a period by its code; the codes of the states, with `:late` where it came late."""
    file = StringIO(newline="")
    out = csv.writer(file)
    out.writerow(["project", "name", "organisation", *(period.code for period in wanted.periods)])
    for row in told(user, wanted, wanted.projects):
        names = [row.project.public_id, str(row.project.name), row.organisation.code]
        out.writerow([safe(cell) for cell in [*names, *map(_code, row.cells)]])
    return file.getvalue().encode()


def _word(cell: Cell) -> str:
    return NOTHING if cell.code == NOT_OWED else cell.told


def _code(cell: Cell) -> str:
    if cell.code == NOT_OWED:
        return ""
    return f"{cell.code}:late" if cell.is_late else cell.code


def _in_brief(rows: list[Row]) -> str:
    cells = [cell for row in rows for cell in row.cells if cell.code != NOT_OWED]
    missing = sum(cell.code == MISSING for cell in cells)
    return f"{_('Owed')}: {len(cells)}; {_('Not submitted')}: {missing}"


def _subtitle(wanted: Asked) -> str:
    """The filters, a line each."""
    form: Any = wanted.form
    lines = [str(PLURAL[wanted.form.of_kind])]
    for name in ("organisation", "district"):
        if code := form.cleaned_data[name]:
            lines.append(f"{form.fields[name].label}: {dict(form.fields[name].choices)[code]}")
    return "\n".join(lines)
