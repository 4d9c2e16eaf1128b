"""A sheet of a workbook that comes back: its cells by the code of their column, and what is wrong with which."""

import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any, NamedTuple
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

import openpyxl
from django.utils.translation import gettext as _

from tasks.offline.book_form import HEAD_ROWS, MOST_ROWS, Column, address
from tasks.offline.book_guard import Layout
from tasks.offline.frozen import BadBundle
from tasks.offline.said import Wrong, number

#: Columns that are looked at, and sheets; a form has fewer.
MOST_COLUMNS, MOST_SHEETS = 60, 6
#: What a broken workbook makes its reader raise.
BROKEN = (
    BadZipFile,
    ParseError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    ArithmeticError,
    EOFError,
)


@dataclass(frozen=True)
class Fault:
    """What is wrong with a cell, and what to do. `cell`: B7; `sheet` as people see it."""

    sheet: str
    cell: str
    text: str


class Cells(NamedTuple):
    """A sheet as it is in the file; `part`: its address there."""

    name: str
    part: str
    rows: list[Any]


class Sheet:
    """Rows of a sheet as cells by the code of their column; what is wrong with it stands in `faults`."""

    def __init__(self, found: Cells, columns: list[Column], layout: Layout) -> None:
        self.name, self.columns, self.faults = found.name, columns, list[Fault]()
        self.hidden = {row for row in layout.hidden.get(found.part, ()) if row > HEAD_ROWS}
        for merged in layout.merged.get(found.part, ()):
            self.wrong(
                merged.partition(":")[0],
                _("Cells are merged here (%(cells)s): split them.") % {"cells": merged},
            )
        self._rows = iter(found.rows)
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
                said = _("The column “%(name)s” is missing: copy your answers into a fresh template.")
                self.wrong(address(1, 0), said % {"name": column.label})
        return places

    def rows(self) -> "Iterator[Row]":
        """Every row where something stands."""
        used = {place: code for code, place in self.places.items()}
        for line, cells in enumerate(self._rows, HEAD_ROWS + 1):
            if all(cell.value is None for cell in cells):
                continue
            if line > HEAD_ROWS + MOST_ROWS:
                self.wrong(address(line, 0), _("There are more than %(most)s rows.") % {"most": MOST_ROWS})
                return
            if line in self.hidden:
                self.wrong(address(line, 0), _("This row is hidden: show it, so that you see what you send."))
            for place, cell in enumerate(cells):
                if cell.value is not None and place not in used:
                    self.wrong(
                        address(line, place), _("This cell belongs to no column of the template: empty it.")
                    )
            yield Row(self, line, {code: cells[place] for place, code in used.items() if place < len(cells)})


class Row(NamedTuple):
    """A row with its cells by code; what is wrong with one of them goes to the faults of the sheet."""

    sheet: Sheet
    number: int
    cells: dict[str, Any]

    def at(self, code: str) -> str:
        return address(self.number, self.sheet.places.get(code, 0))

    def place(self, code: str) -> str:
        return f"{self.sheet.name}, {self.at(code)}"

    def wrong(self, code: str, text: str) -> None:
        self.sheet.wrong(self.at(code), text)

    def text(self, code: str) -> str:
        value = getattr(self.cells.get(code), "value", None)
        return value.strip() if isinstance(value, str) else "" if value is None else str(value)

    def read(self, code: str, make: Callable[[Any], Any]) -> Any:
        """What stands there as `make` reads it; None where there is nothing, or where it is wrong."""
        cell = self.cells.get(code)
        if cell is None or cell.value is None:
            return None
        try:
            if cell.data_type == "f":
                raise Wrong(_("There is a formula here: write what it gives."))
            if cell.data_type == "e":
                raise Wrong(
                    _("There is an error here (%(error)s): write the number.") % {"error": cell.value}
                )
            if make is number and isinstance(cell.value, int | float) and "%" in (cell.number_format or ""):
                raise Wrong(
                    _(
                        "The cell is formatted as a percentage: format it as a number, and write 45 for 45 percent."
                    )
                )
            return make(cell.value)
        except Wrong as error:
            self.wrong(code, str(error))
            return None


def unpacked(content: bytes) -> dict[str, Cells]:
    """The sheets by name, no more of each than a form may have."""
    try:
        return _unpacked(content)
    except BROKEN:
        raise BadBundle(
            _("The file cannot be read: perhaps it is cut short. Save it once more and send it again.")
        ) from None


def _unpacked(content: bytes) -> dict[str, Cells]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of parts that it leaves out: pictures, drop-downs
        book = openpyxl.load_workbook(BytesIO(content), read_only=True, keep_links=False)
        most = HEAD_ROWS + MOST_ROWS + 1
        return {
            one.title: Cells(
                one.title,
                str(one._worksheet_path).lstrip("/"),
                list(one.iter_rows(max_row=most, max_col=MOST_COLUMNS)),
            )
            for one in book.worksheets[:MOST_SHEETS]
        }
