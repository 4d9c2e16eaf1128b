"""A workbook that comes back: its cells as answers, and what is wrong with which cell."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from districts.choices import MoveReason
from tasks.offline import book_form, said, sent
from tasks.offline.book_form import FROZEN_SHEET
from tasks.offline.book_guard import looked_at
from tasks.offline.book_sheet import Cells, Fault, Row, Sheet, unpacked
from tasks.offline.frozen import BadBundle, Frozen, checked
from tasks.offline.sent import Sent
from tasks.offline.shape import MILESTONE, TOLD
from tasks.reporting_choices import WORDS, Mark, Metric, Outcome

#: Pieces of the frozen part.
MOST_PIECES = 100


#: How each part of an answer is read from a cell, so that what is wrong is said of that cell.
LONG_WORDS: Callable[[Any], str] = partial(said.words, most=said.LONG)
PARTS: dict[str, Callable[[Any], Any]] = {
    "value": said.number,
    "currency": said.currency,
    "note": partial(said.words, most=said.SHORT),
    "on": said.day,
    "mark": partial(said.code, choices=Mark),
    "outcome": partial(said.code, choices=Outcome),
    "reason": partial(said.code, choices=MoveReason),
}


@dataclass
class Read:
    """What the workbook says; of use only where there are no faults."""

    sent: Sent
    faults: list[Fault] = field(default_factory=list)


def read(content: bytes) -> Read:
    """BadBundle where it is no workbook of ours; everything else is said cell by cell."""
    layout, sheets = looked_at(content), unpacked(content)
    frozen = _frozen(sheets)
    for name in frozen["sheets"]:
        if name not in sheets:
            raise BadBundle(
                _("There is no sheet “%(name)s”: it was renamed or taken out. Give it its name again.")
                % {"name": name}
            )
    reports, milestones = (sheets[name] for name in frozen.pop("sheets"))
    found = Read(Sent(frozen, {}))
    first = Sheet(reports, book_form.reports(), layout)
    _reports(first, found)
    second = Sheet(milestones, book_form.milestones(), layout)
    _milestones(second, found)
    found.faults = [*first.faults, *second.faults]
    return found


def _frozen(sheets: dict[str, Cells]) -> Frozen:
    if FROZEN_SHEET not in sheets:
        raise BadBundle(
            _("This workbook is not a template of ours: download one and copy your answers into it.")
        )
    signature, *pieces = [str(row[0].value or "") for row in sheets[FROZEN_SHEET].rows[:MOST_PIECES]] or [""]
    return checked(sent.loaded("".join(pieces).encode()), signature)


def _reports(sheet: Sheet, found: Read) -> None:
    """A row a project."""
    known = {one["project"] for one in found.sent.frozen["projects"]}
    for row in sheet.rows():
        project = _project(row, known)
        if project is None:
            continue
        if project in found.sent.answers:
            row.wrong("project", _("This project stands here a second time: take one row out."))
            continue
        found.sent.answers[project] = {}
        for metric in Metric.values:
            _take(row, found, (project, metric), _answer_cells(metric), partial(sent.answer, metric))
        for word in map(str, WORDS):
            found.sent.answers[project][word] = row.read(word, LONG_WORDS) or ""
            found.sent.places[project, word] = row.place(word)


def _answer_cells(metric: str) -> dict[str, str]:
    """In which column each part of an answer stands."""
    cells = {"value": metric, "mark": f"{metric}_mark", "note": f"{metric}_note"}
    return cells | {"currency": "spent_currency"} if metric == Metric.SPENT else cells


def _milestones(sheet: Sheet, found: Read) -> None:
    """A row a milestone of a project."""
    codes = {
        one["project"]: [each["code"] for each in one["milestones"]] for one in found.sent.frozen["projects"]
    }
    seen = set()
    for row in sheet.rows():
        project = _project(row, set(codes))
        if project is None:
            continue
        code = row.text("milestone")
        if code not in codes[project]:
            row.wrong("milestone", _("The project has no such milestone: leave the code as it was."))
            continue
        if (project, code) in seen:
            row.wrong("milestone", _("This milestone stands here a second time: take one row out."))
            continue
        seen.add((project, code))
        found.sent.answers.setdefault(project, {})
        _take(
            row, found, (project, MILESTONE + code), {part: part for part in TOLD}, partial(sent.told, code)
        )


def _project(row: Row, known: set[str]) -> str | None:
    project = row.text("project")
    if project in known:
        return project
    if project:
        said_of = _("“%(project)s” is not owed by you in this period: leave the numbers as they were.")
        row.wrong("project", said_of % {"project": project[:40]})
    else:
        row.wrong("project", _("The number of the project is missing: leave the numbers as they were."))
    return None


def _take(
    row: Row,
    found: Read,
    name: tuple[str, str],
    cells: dict[str, str],
    whole: Callable[[dict[str, Any]], Any],
) -> None:
    """Cell by cell, then as a whole; `name`: project and field."""
    faults = len(row.sheet.faults)
    typed = {part: row.read(code, PARTS[part]) for part, code in cells.items()}
    first = next(iter(cells.values()))
    found.sent.places[name] = row.place(first)
    if len(row.sheet.faults) > faults:
        return
    if "currency" in typed and typed["value"] is None:
        typed["currency"] = ""  # chosen beforehand, of nothing
    try:
        found.sent.answers[name[0]][name[1]] = whole(typed)
    except said.Wrong as error:
        row.wrong(first, str(error))
