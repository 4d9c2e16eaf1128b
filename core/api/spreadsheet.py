"""A register as a workbook: for people, with a second sheet that says what the codes mean."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import IO, Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from rest_framework import serializers
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from core.api.columns import Cell, Column, Table
from core.api.fields import CodeField
from core.filters import today

LONGEST_CELL, LONGEST_NAME = 32_767, 31  # Excel's own limits
FIRST_DAY = "1900-01-01"  # of its calendar; an earlier one stays a text
NARROW, WIDE = 10, 60
OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


def write_xlsx(table: Table, file: IO[bytes]) -> None:
    """Codes of the fields in a hidden row, their names in the language of the reader, then the rows."""
    book = Workbook(file, OPTIONS)
    # The day alone: the same rows are the same bytes, and have the same tag, all day.
    book.set_properties({"created": datetime.combine(today(), time.min)})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet(_sheet_name(table.title))
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, max(NARROW, min(WIDE, len(column.label))))
    sheet.set_row(0, options={"hidden": True})
    sheet.freeze_panes(2, 1)
    sheet.write_row(0, 0, [column.name for column in table.columns])
    sheet.write_row(1, 0, [column.label for column in table.columns], bold)
    last = 1
    for last, row in enumerate(table.rows, 2):
        for place, column in enumerate(table.columns):
            _write(sheet, last, place, column, column.read(row), day)
    sheet.autofilter(1, 0, last, len(table.columns) - 1)
    _codes(book, table.columns, bold)
    book.close()


def _write(sheet: Worksheet, row: int, place: int, column: Column, cell: Cell, day: Any) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, bool):
        sheet.write_boolean(row, place, cell)
    elif isinstance(cell, int) or (column.is_number and _is_exact(cell)):
        sheet.write_number(row, place, float(cell))
    elif isinstance(column.field, serializers.DateField) and cell >= FIRST_DAY:
        sheet.write_datetime(row, place, date.fromisoformat(cell), day)
    else:
        sheet.write_string(row, place, _fitting(cell))


def _is_exact(number: str) -> bool:
    """A spreadsheet counts in binary fractions of 15 digits; a number that is more than that stays a text."""
    return len(Decimal(number).normalize().as_tuple().digits) <= 15


def _fitting(text: str) -> str:
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…"


def _codes(book: Workbook, columns: list[Column], bold: Any) -> None:
    """What each code of the first sheet means."""
    sheet = book.add_worksheet(_sheet_name(_("Codes")))
    sheet.set_column(0, 2, 30)
    sheet.freeze_panes(1, 0)
    sheet.write_row(0, 0, [_("Column"), _("Code"), _("Meaning")], bold)
    coded = [(column.label, column.field.codes) for column in columns if isinstance(column.field, CodeField)]
    rows = [
        (label, code, str(capfirst(meaning))) for label, codes in coded for code, meaning in codes.choices
    ]
    for place, row in enumerate(rows, 1):
        sheet.write_row(place, 0, row)


def _sheet_name(title: str) -> str:
    """A sheet may not be called anything with these in it."""
    return "".join(" " if letter in "[]:*?/\\'" else letter for letter in title)[:LONGEST_NAME]
