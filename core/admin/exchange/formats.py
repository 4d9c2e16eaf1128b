"""The two formats of tables. What people typed is text in both: a spreadsheet never takes it for a formula."""

import csv
import io
from typing import Any

import tablib
from django.utils.translation import gettext as _
from import_export.formats import base_formats
from xlsxwriter import Workbook

LONGEST = 32_767
#: A cell that begins so is run by Excel when it opens a CSV.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


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
        dataset = super().create_dataset(in_stream)
        rows = [row for row in dataset if any(cell not in (None, "") for cell in row)]
        return tablib.Dataset(*rows, headers=[str(header or "") for header in dataset.headers])


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


def _cut(cell: Any) -> Any:
    """Excel keeps no more in a cell; a longer text would be left out without a word."""
    return f"{cell[: LONGEST - 1]}…" if isinstance(cell, str) and len(cell) > LONGEST else cell


def _delimiter(headers: str) -> str:
    return max(";,\t", key=headers.count)


def _harmless(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell
