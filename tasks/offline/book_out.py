"""The workbook to fill in: written so far, with what may be chosen, and nothing that is taken for a formula."""

from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from xlsxwriter import Workbook

from tasks.offline import book_form
from tasks.offline.book_form import FROZEN_SHEET, HEAD_ROWS, PIECE, Column
from tasks.offline.frozen import Frozen, canonical, sign
from tasks.offline.shape import MILESTONE, WORDS
from tasks.reporting_choices import Mark, Metric, Outcome

OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
#: A message beside a cell holds no more.
LONGEST_HINT = 250
#: A list in a cell holds no more; a longer one stands on a sheet.
CODES = "_codes"
#: A spreadsheet counts in fractions of so many digits; what is longer stays a text.
DIGITS = 15


def write(frozen: Frozen) -> bytes:
    """In the language that is active, in which the frozen part was made."""
    file = BytesIO()
    book = Workbook(file, OPTIONS)
    look = {
        "head": book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "border": 1, "bg_color": "#E8EEF2"}
        ),
        "fixed": book.add_format({"text_wrap": True, "valign": "top", "font_color": "#444444"}),
        "cell": book.add_format({"text_wrap": True, "valign": "top", "locked": False}),
        "text": book.add_format({"text_wrap": True, "valign": "top", "locked": False, "num_format": "@"}),
    }
    first, second = book_form.sheet_names()
    rows = [_report(project) for project in frozen["projects"]]
    _sheet(book, first, book_form.reports(), rows, look)
    told = [_milestone(project, one) for project in frozen["projects"] for one in project["milestones"]]
    _sheet(book, second, book_form.milestones(), told, look)
    _frozen(book, {**frozen, "sheets": [first, second]})
    book.close()
    return file.getvalue()


def _report(project: dict[str, Any]) -> dict[str, Any]:
    """Cells by the code of their column; `hints` beside them."""
    draft = project["draft"]
    row: dict[str, Any] = {"project": project["project"], "name": project["name"], "hints": {}}
    for metric in Metric.values:
        if answer := draft.get(metric):
            row[metric], row[f"{metric}_note"] = answer["value"], answer["note"]
            row[f"{metric}_mark"] = "" if answer["mark"] == Mark.VALUE else str(Mark(answer["mark"]).label)
            if metric == Metric.SPENT:
                row["spent_currency"] = answer["currency"]
        row["hints"][metric] = _hint(project, metric)
    return row | {word: draft.get(word, "") for word in WORDS}


def _hint(project: dict[str, Any], metric: str) -> str:
    """What was accepted last, and what is planned."""
    said = []
    if last := project["last"].get(metric):
        value = f"{last['value']} {last['currency']}".strip() if last["value"] else Mark(last["mark"]).label
        said.append(
            _("Last accepted: %(value)s (%(period)s)") % {"value": value, "period": project["last_period"]}
        )
    if plan := project["plan"].get(metric):
        said.append(_("Plan: %(value)s") % {"value": plan})
    return "\n".join(said)[:LONGEST_HINT]


def _milestone(project: dict[str, Any], one: dict[str, str]) -> dict[str, Any]:
    told = project["draft"].get(MILESTONE + one["code"]) or {}
    reasons = {choice.value: str(choice.label) for choice in book_form.offered("reasons")}
    return {
        "project": project["project"],
        "milestone": one["code"],
        "name": one["name"],
        "expected": one["expected"],
        "outcome": str(Outcome(told["outcome"]).label) if told else "",
        "on": told.get("on", ""),
        "reason": reasons.get(told.get("reason", ""), ""),
        "note": told.get("note", ""),
    }


def _sheet(book: Workbook, name: str, columns: list[Column], rows: list[dict[str, Any]], look: Any) -> None:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(HEAD_ROWS, 2)
    sheet.set_row(0, options={"hidden": True})
    last = HEAD_ROWS + max(len(rows), 1) - 1
    for place, column in enumerate(columns):
        is_number = column.code in Metric.values
        kept = look["fixed"] if column.fixed else look["cell"] if is_number else look["text"]
        sheet.set_column(place, place, column.width, kept)
        sheet.write_string(0, place, column.code)
        sheet.write_string(1, place, column.label, look["head"])
        if column.offers:
            options = [str(getattr(one, "label", one)) for one in book_form.offered(column.offers)]
            sheet.data_validation(HEAD_ROWS, place, last, place, _list(options))
        for line, row in enumerate(rows, HEAD_ROWS):
            _cell(sheet, line, place, row.get(column.code), kept, is_number)
            if hint := row.get("hints", {}).get(column.code):
                said = {"validate": "any", "input_title": column.label[:32], "input_message": hint}
                sheet.data_validation(line, place, line, place, said)


def _list(options: list[str]) -> dict[str, Any]:
    return {
        "validate": "list",
        "source": options,
        "error_title": _("Choose from the list"),
        "error_message": _("Choose one of the list, or leave the cell empty."),
    }


def _cell(sheet: Any, line: int, place: int, value: Any, look: Any, is_number: bool) -> None:
    if value in (None, ""):
        sheet.write_blank(line, place, None, look)
    elif is_number and len(str(value).replace(".", "")) <= DIGITS:
        sheet.write_number(line, place, float(value), look)
    else:
        sheet.write_string(line, place, str(value), look)


def _frozen(book: Workbook, frozen: Frozen) -> None:
    """The signature, then the facts, in cells that nobody sees."""
    sheet = book.add_worksheet(FROZEN_SHEET)
    sheet.very_hidden()
    sheet.protect()
    text = canonical(frozen)
    pieces = [text[start : start + PIECE] for start in range(0, len(text), PIECE)]
    for line, piece in enumerate([sign(frozen), *pieces]):
        sheet.write_string(line, 0, piece)
