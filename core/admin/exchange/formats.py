"""The two formats of tables. What people typed is text in both: a spreadsheet never takes it for a formula."""

import csv
import io
from typing import Any

import openpyxl
import tablib
from django.utils.translation import gettext as _
from import_export.formats import base_formats
from xlsxwriter import Workbook

from core.admin.exchange.table import MOST_ROWS
from core.file_guards import is_harmful_archive

LONGEST = 32_767
#: Of a sheet: so many lines has Excel; so many columns has no table of ours.
LINES, MOST_COLUMNS = 2**20, 300
#: A cell that begins so is run by Excel when it opens a CSV.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


class Xlsx(base_formats.XLSX):
    """Written by XlsxWriter, which knows text from formulas; read by openpyxl."""

    def get_title(self) -> str:
        return "xlsx"

    def export_data(self, dataset: Any, **kwargs: Any) -> bytes:
        file = io.BytesIO()
        plain = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
        with Workbook(file, plain) as book:
            sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
            sheet.write_row(0, 0, dataset.headers, bold)
            for number, row in enumerate(dataset, 1):
                sheet.write_row(number, 0, [_cut(cell) for cell in row])
            sheet.freeze_panes(1, 0)
            sheet.autofilter(0, 0, max(len(dataset), 1), max(len(dataset.headers) - 1, 0))
            sheet.autofit(600)
        return file.getvalue()

    def create_dataset(self, in_stream: bytes) -> Any:
        """A small file may say that it is a thousand million cells: only those that hold something are kept, and no
        more of them than a table may have (core.admin.exchange.table says so)."""
        if is_harmful_archive(in_stream):
            raise ValueError(
                _("The workbook is damaged, unpacks far too large, or holds a macro: save it anew without.")
            )
        sheet = openpyxl.load_workbook(io.BytesIO(in_stream), read_only=True, data_only=True).active
        sheet.reset_dimensions()  # what it says of itself
        rows: list[tuple[Any, ...]] = []
        for row in sheet.iter_rows(max_row=LINES, values_only=True):
            if len(row) > MOST_COLUMNS:
                raise ValueError(_("A table has at most %(most)s columns.") % {"most": MOST_COLUMNS})
            if any(cell not in (None, "") for cell in row):
                rows.append(row)
            if len(rows) > MOST_ROWS + 1:
                break
        return _dataset(rows)


class Csv(base_formats.CSV):
    """As Excel of this country reads it: with a mark of UTF-8 and semicolons. Commas are read too."""

    def get_title(self) -> str:
        return "csv"

    def get_read_mode(self) -> str:
        return "rb"

    def is_binary(self) -> bool:
        return True

    def export_data(self, dataset: Any, **kwargs: Any) -> bytes:
        text = io.StringIO()
        writer = csv.writer(text, delimiter=";")
        writer.writerow(dataset.headers)
        writer.writerows([[_harmless(cell) for cell in row] for row in dataset])
        return text.getvalue().encode("utf-8-sig")

    def create_dataset(self, in_stream: bytes) -> Any:
        text = in_stream.decode("utf-8-sig")
        headers = text.partition("\n")[0]
        rows = [row for row in csv.reader(io.StringIO(text), delimiter=_delimiter(headers)) if any(row)]
        if not rows:
            return tablib.Dataset()
        width = len(rows[0])
        if longer := next((n for n, row in enumerate(rows, 1) if len(row) > width), None):
            raise ValueError(_("Line %(line)s has more cells than the first.") % {"line": longer})
        return tablib.Dataset(*([*row, *[""] * (width - len(row))] for row in rows[1:]), headers=rows[0])


def _dataset(rows: list[tuple[Any, ...]]) -> Any:
    """The first row names the columns; every row gets as many cells as the longest has."""
    if not rows:
        return tablib.Dataset()
    width = max(map(len, rows))
    head, *others = ([*row, *[None] * (width - len(row))] for row in rows)
    return tablib.Dataset(*others, headers=[str(header or "") for header in head])


def _cut(cell: Any) -> Any:
    """Excel keeps no more in a cell; a longer text would be left out without a word."""
    return f"{cell[: LONGEST - 1]}…" if isinstance(cell, str) and len(cell) > LONGEST else cell


def _delimiter(headers: str) -> str:
    return max(";,\t", key=headers.count)


def _harmless(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell
