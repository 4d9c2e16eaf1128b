"""A workbook that comes back: its cells as answers, and what is wrong with which cell."""

import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

import openpyxl
from django.utils.translation import gettext as _

from tasks.offline import book_form, said, sent
from tasks.offline.book_form import FROZEN_SHEET, HEAD_ROWS, MOST_ROWS, Column, address
from tasks.offline.book_guard import Layout, looked_at
from tasks.offline.frozen import BadBundle, Frozen, checked
from tasks.offline.sent import Sent
from tasks.offline.shape import ANSWER, MILESTONE, TOLD, Fields
from tasks.reporting_choices import WORDS, Metric

#: Columns that are looked at; a form has fewer.
MOST_COLUMNS = 60
#: Pieces of the frozen part.
MOST_PIECES = 100


@dataclass(frozen=True)
class Fault:
    """What is wrong with a cell, and what to do. `cell`: B7; `sheet` as people see it."""

    sheet: str
    cell: str
    text: str


@dataclass
class Read:
    """What the workbook says; of use only where there are no faults."""

    sent: Sent
    faults: list[Fault] = field(default_factory=list)


class Sheet:
    """Rows of a sheet as cells by the code of their column; what is wrong with it stands in `faults`."""

    def __init__(self, found: Any, columns: list[Column], layout: Layout) -> None:
        self.name, self.columns, self.faults = found.title, columns, list[Fault]()
        part = (found._worksheet_path or "").lstrip("/")
        self.hidden = {row for row in layout.hidden.get(part, ()) if row > HEAD_ROWS}
        for merged in layout.merged.get(part, ()):
            self.wrong(
                merged.partition(":")[0],
                _("Cells are merged here (%(cells)s): split them.") % {"cells": merged},
            )
        self._rows = found.iter_rows(max_row=HEAD_ROWS + MOST_ROWS + 1, max_col=MOST_COLUMNS)
        self.places = self._heads()

    def wrong(self, cell: str, text: str) -> None:
        self.faults.append(Fault(self.name, cell, text))

    def _heads(self) -> dict[str, int]:
        """Places by code; the row that holds the codes is hidden."""
        codes = [cell.value for cell in next(self._rows, ())]
        next(self._rows, None)
        known = {column.code: column for column in self.columns}
        places: dict[str, int] = {}
        for place, code in enumerate(codes):
            if code in known and code not in places:
                places[code] = place
            elif code is not None:
                self.wrong(
                    address(1, place),
                    _("There is a column here that the template does not have: take it out."),
                )
        for code, column in known.items():
            if code not in places:
                self.wrong(
                    address(1, 0),
                    _("The column “%(name)s” is missing: copy your answers into a fresh template.")
                    % {"name": column.label},
                )
        return places

    def rows(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """(number of the row, cells by code) of every row where something stands."""
        used = {place: code for code, place in self.places.items()}
        for number, cells in enumerate(self._rows, HEAD_ROWS + 1):
            if all(cell.value is None for cell in cells):
                continue
            if number > HEAD_ROWS + MOST_ROWS:
                self.wrong(address(number, 0), _("There are more than %(most)s rows.") % {"most": MOST_ROWS})
                return
            if number in self.hidden:
                self.wrong(
                    address(number, 0), _("This row is hidden: show it, so that you see what you send.")
                )
            for place, cell in enumerate(cells):
                if cell.value is not None and place not in used:
                    self.wrong(
                        address(number, place), _("This cell belongs to no column of the template: empty it.")
                    )
            yield number, {code: cells[place] for place, code in used.items() if place < len(cells)}

    def at(self, number: int, code: str) -> str:
        return address(number, self.places.get(code, 0))


def read(content: bytes) -> Read:
    """BadBundle where it is no workbook of ours; everything else is said cell by cell."""
    layout = looked_at(content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of parts that it leaves out: pictures, drop-downs
            book = openpyxl.load_workbook(BytesIO(content), read_only=True, keep_links=False)
            return _read(book, layout)
    except (
        BadZipFile,
        ParseError,
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        IndexError,
        OverflowError,
        EOFError,
    ):
        raise BadBundle(
            _("The file cannot be read: perhaps it is cut short. Save it once more and send it again.")
        ) from None


def _read(book: Any, layout: Layout) -> Read:
    frozen = _frozen(book)
    first, second = frozen.pop("sheets")
    for name in (first, second):
        if name not in book.sheetnames:
            raise BadBundle(
                _("There is no sheet “%(name)s”: it was renamed or taken out. Give it its name again.")
                % {"name": name}
            )
    found = Read(Sent(frozen, {}))
    reports = Sheet(book[first], book_form.reports(), layout)
    _reports(reports, found)
    milestones = Sheet(book[second], book_form.milestones(), layout)
    _milestones(milestones, found)
    found.faults = [*reports.faults, *milestones.faults]
    return found


def _frozen(book: Any) -> Frozen:
    if FROZEN_SHEET not in book.sheetnames:
        raise BadBundle(
            _("This workbook is not a template of ours: download one and copy your answers into it.")
        )
    cells = book[FROZEN_SHEET].iter_rows(max_row=MOST_PIECES, max_col=1, values_only=True)
    signature, *pieces = [str(row[0] or "") if row else "" for row in cells] or [""]
    return checked(sent.loaded("".join(pieces).encode()), signature)


def _reports(sheet: Sheet, found: Read) -> None:
    known = {one["project"] for one in found.sent.frozen["projects"]}
    for number, cells in sheet.rows():
        project = _project(sheet, number, cells, known)
        if project is None:
            continue
        if project in found.sent.answers:
            sheet.wrong(
                sheet.at(number, "project"), _("This project stands here a second time: take one row out.")
            )
            continue
        fields = found.sent.answers[project] = Fields()
        for metric in Metric.values:
            codes = {
                "mark": f"{metric}_mark",
                "value": metric,
                "currency": "spent_currency",
                "note": f"{metric}_note",
            }
            if metric != Metric.SPENT:
                codes.pop("currency")
            _take(
                sheet,
                number,
                cells,
                found,
                (project, metric),
                codes,
                ANSWER,
                lambda typed, m=metric: sent.answer(m, typed),
            )  # type: ignore[misc]
        for word in map(str, WORDS):
            typed = _typed(sheet, number, cells, word, lambda value: said.words(value, said.LONG))
            fields[word] = typed or ""
            found.sent.places[project, word] = f"{sheet.name}!{sheet.at(number, word)}"


def _milestones(sheet: Sheet, found: Read) -> None:
    codes = {
        one["project"]: {each["code"] for each in one["milestones"]} for one in found.sent.frozen["projects"]
    }
    seen = set()
    for number, cells in sheet.rows():
        project = _project(sheet, number, cells, set(codes))
        if project is None:
            continue
        code = _text(cells.get("milestone"))
        if code not in codes[project]:
            sheet.wrong(
                sheet.at(number, "milestone"),
                _("The project has no such milestone: leave the code as it was."),
            )
            continue
        if (project, code) in seen:
            sheet.wrong(
                sheet.at(number, "milestone"),
                _("This milestone stands here a second time: take one row out."),
            )
            continue
        seen.add((project, code))
        parts = {part: part for part in TOLD}
        found.sent.answers.setdefault(project, {})
        _take(
            sheet,
            number,
            cells,
            found,
            (project, MILESTONE + code),
            parts,
            TOLD,
            lambda typed: sent.told("", typed),
        )


def _project(sheet: Sheet, number: int, cells: dict[str, Any], known: set[str]) -> str | None:
    project = _text(cells.get("project"))
    if project in known:
        return project
    sheet.wrong(
        sheet.at(number, "project"),
        _("“%(project)s” is not owed by you in this period: leave the numbers as they were.")
        % {"project": project[:40]}
        if project
        else _("The number of the project is missing: leave the numbers as they were."),
    )
    return None


def _text(cell: Any) -> str:
    value = getattr(cell, "value", None)
    return value.strip() if isinstance(value, str) else "" if value is None else str(value)


#: How each part of an answer is read from a cell, so that what is wrong is said of that cell.
PARTS: dict[str, Callable[[Any], Any]] = {
    "value": said.number,
    "currency": said.currency,
    "note": lambda value: said.words(value, said.SHORT),
    "on": said.day,
    "mark": lambda value: said.code(value, sent.Mark),
    "outcome": lambda value: said.code(value, sent.Outcome),
    "reason": lambda value: said.code(value, sent.MoveReason),
}


def _take(
    sheet: Sheet,
    number: int,
    cells: dict[str, Any],
    found: Read,
    name: tuple[str, str],
    codes: dict[str, str],
    parts: tuple[str, ...],
    whole: Callable[[dict[str, Any]], Any],
) -> None:
    """Cell by cell, then as a whole; `codes`: in which column each part stands."""
    faults = len(sheet.faults)
    typed = {part: _typed(sheet, number, cells, codes[part], PARTS[part]) for part in parts if part in codes}
    place = sheet.at(number, codes.get("value", codes.get("outcome", "")))
    found.sent.places[name] = f"{sheet.name}!{place}"
    if len(sheet.faults) == faults:
        try:
            if "currency" in typed and typed.get("value") is None:
                typed["currency"] = ""  # chosen beforehand, of nothing
            found.sent.answers[name[0]][name[1]] = whole(typed)
        except said.Wrong as error:
            sheet.wrong(place, str(error))


def _typed(sheet: Sheet, number: int, cells: dict[str, Any], code: str, make: Callable[[Any], Any]) -> Any:
    cell = cells.get(code)
    if cell is None or cell.value is None:
        return None
    try:
        if cell.data_type == "f":
            raise said.Wrong(_("There is a formula here: write what it gives."))
        if cell.data_type == "e":
            raise said.Wrong(
                _("There is an error here (%(error)s): write the number.") % {"error": cell.value}
            )
        if isinstance(cell.value, int | float) and "%" in (cell.number_format or "") and make is said.number:
            raise said.Wrong(
                _("The cell is formatted as a percentage: format it as a number, and write 45 for 45 %.")
            )
        return make(cell.value)
    except said.Wrong as error:
        sheet.wrong(sheet.at(number, code), str(error))
        return None
