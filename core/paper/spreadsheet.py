"""The tables of a paper as a workbook, under its title: to be sorted and counted, with nothing taken for a formula."""

from io import BytesIO
from typing import Any

from django.utils.timezone import localtime
from xlsxwriter import Workbook

from core.paper.parts import Facts, Heading, Paper, Prose, Table

OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
LONGEST_CELL = 32_767  # Excel's own limit
#: Characters of a line of a wide paper.
LINE = 150


def write_xlsx(paper: Paper) -> bytes:
    file = BytesIO()
    book = Workbook(file, OPTIONS)
    book.set_properties(
        {"title": paper.title, "author": paper.office, "created": localtime(paper.at).replace(tzinfo=None)}
    )
    sheet = book.add_worksheet()
    look = {
        "bold": book.add_format({"bold": True, "valign": "top"}),
        "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "border": 1}),
        "cell": book.add_format({"text_wrap": True, "valign": "top", "border": 1}),
    }
    sheet.set_landscape() if paper.is_wide else sheet.set_portrait()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f"&L{paper.as_of.replace('&', '&&')}&R&P / &N")
    row = 0
    for text in filter(None, (paper.office, paper.mark, paper.title, paper.subtitle, paper.as_of)):
        sheet.write_string(row, 0, text, look["bold"])
        row += 1
    for part in paper.parts:
        row = _write(sheet, part, row, look)
    book.close()
    return file.getvalue()


def _write(sheet: Any, part: Any, row: int, look: dict[str, Any]) -> int:
    """The part from this row on; the row after it."""
    if isinstance(part, Heading | Prose):
        sheet.write_string(
            row, 0, part.text[:LONGEST_CELL], look["bold"] if isinstance(part, Heading) else None
        )
        return row + 1
    if isinstance(part, Facts):
        for place, (name, value) in enumerate(part.rows, row):
            sheet.write_string(place, 0, f"{name}: {value}"[:LONGEST_CELL])
        return row + len(part.rows)
    return _table(sheet, part, row + 1, look) if isinstance(part, Table) else row


def _table(sheet: Any, part: Table, row: int, look: dict[str, Any]) -> int:
    for place, (head, width, _number) in enumerate(part.columns):
        sheet.set_column(place, place, max(8, width * LINE // 100))
        sheet.write_string(row, place, head, look["head"])
    sheet.repeat_rows(row)
    last = row
    for last, cells in enumerate(part.rows, row + 1):
        for place, cell in enumerate(cells):
            if isinstance(cell, int):
                sheet.write_number(last, place, cell, look["cell"])
            else:
                sheet.write_string(last, place, cell[:LONGEST_CELL], look["cell"])
    if not part.total:
        sheet.autofilter(row, 0, last, len(part.head) - 1)
    return last + 1
