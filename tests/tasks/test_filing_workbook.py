"""Workbooks as people, and their programs, spoil them: each gets a sentence that names the cell and what to do."""

import re
import zipfile
from datetime import date, datetime
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.utils.translation import override
from openpyxl.styles import numbers

from tasks.offline import book_in, book_out
from tasks.offline.book_form import FROZEN_SHEET
from tasks.offline.frozen import BadBundle
from tests.tasks.filing_by_file import bytes_of

FROZEN = {
    "form": 1, "period": "2026-01", "title": "January 2026", "language": "en", "made": "2026-02-03T09:00:00+00:00",
    "projects": [
        {"project": f"ALT-P-000{place}", "name": f"=Project {place}", "organisation": "almaty",
         "client_uuid": "6f1c8f0e-0000-4000-8000-000000000001", "base": None, "draft": {}, "plan": {},
         "last_period": "",
         "last": {"spent": {"mark": "value", "value": "12.5", "currency": "KZT", "note": ""}},
         "milestones": [{"code": "roof", "name": "Roof", "expected": "2026-05"}]}
        for place in (1, 2)
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def template() -> bytes:
    with override("en"):
        return book_out.write(FROZEN)


@pytest.fixture(autouse=True)
def _in_english() -> Any:
    with override("en"):
        yield


def opened(template: bytes) -> Any:
    return openpyxl.load_workbook(BytesIO(template))


def column(sheet: Any, code: str) -> int:
    return next(cell.column for cell in sheet[1] if cell.value == code)


def put(code: str, value: Any, row: int = 3, sheet: int = 0, **looks: Any) -> Any:
    def change(book: Any) -> None:
        cell = book.worksheets[sheet].cell(row, column(book.worksheets[sheet], code))
        cell.value = value
        for name, look in looks.items():
            setattr(cell, name, look)

    return change


def told(**parts: Any) -> Any:
    return lambda book: [put(code, value, sheet=1)(book) for code, value in parts.items()]


def both(*changes: Any) -> Any:
    return lambda book: [change(book) for change in changes]


def error_value(book: Any) -> None:
    put("spent", "#REF!", data_type="e")(book)


def merged(book: Any) -> None:
    book.worksheets[0].merge_cells("C3:D3")


def hidden(book: Any) -> None:
    put("text", "x", row=4)(book)
    book.worksheets[0].row_dimensions[4].hidden = True


def extra(book: Any) -> None:
    book.worksheets[0].cell(1, 30, "mine")


def stray(book: Any) -> None:
    book.worksheets[0].cell(3, 40, "mine")


def missing(book: Any) -> None:
    book.worksheets[0].cell(1, column(book.worksheets[0], "risks")).value = None


def too_many(book: Any) -> None:
    for row in range(3, 5_010):
        book.worksheets[0].cell(row, 1, "ALT-P-0001")


NOT_A_NUMBER, NO_CODE = "This is not a number", "is not known here"
#: What was spoilt, in which cell it is said, and how the sentence begins or what it holds.
BAD = {
    "formula": (put("spent", "=A1+1"), "I3", "formula"),
    "formula in a text": (put("text", "=HYPERLINK(1)"), "V3", "formula"),
    "error value": (error_value, "I3", "#REF!"),
    "day as a number": (put("physical_progress", date(2026, 1, 5)), "C3", "day, not a number"),
    "truth as a number": (put("jobs_local", True), "S3", "true"),
    "words as a number": (put("spent", "about 5"), "I3", NOT_A_NUMBER),
    "two commas": (put("spent", "1,500,000"), "I3", NOT_A_NUMBER),
    "a unit": (put("spent", "12 mln"), "I3", NOT_A_NUMBER),
    "a percent sign": (put("physical_progress", "45 %"), "C3", NOT_A_NUMBER),
    "endless": (put("spent", "1e999"), "I3", NOT_A_NUMBER),
    "not a number": (put("spent", "NaN"), "I3", NOT_A_NUMBER),
    "other digits": (put("spent", "١٢"), "I3", NOT_A_NUMBER),
    "percentage format": (put("physical_progress", 0.45, number_format=numbers.FORMAT_PERCENTAGE), "C3", "percentage"),
    "two answers": (both(put("spent", 5), put("spent_mark", "no data")), "I3", "not both"),
    "unknown mark": (put("spent_mark", "perhaps"), "J3", NO_CODE),
    "note without an answer": (put("spent_note", "later"), "I3", "yet no answer"),
    "money without currency": (put("spent", 5), "I3", "currency"),
    "bad currency": (both(put("spent", 5), put("spent_currency", "tenge")), "K3", "three capital letters"),
    "too long a note": (put("spent_note", "x" * 501), "L3", "too long"),
    "too long a text": (put("text", "x" * 20_001), "V3", "too long"),
    "unknown project": (put("project", "ALT-P-9999"), "A3", "not owed by you"),
    "number of a project gone": (both(put("project", None), put("spent", 5)), "A3", "missing"),
    "project as a number": (put("project", 1), "A3", "not owed by you"),
    "project twice": (put("project", "ALT-P-0001", row=4), "A4", "second time"),
    "unknown milestone": (put("milestone", "cellar", sheet=1), "B3", "no such milestone"),
    "milestone twice": (put("project", "ALT-P-0001", row=4, sheet=1), "B4", "second time"),
    "milestone of another": (put("project", "ALT-P-9999", sheet=1), "A3", "not owed by you"),
    "moved without reason": (told(outcome="moved", on="2026-09"), "E3", "choose a reason"),
    "met with a reason": (told(outcome="met", on="2026-01-09", reason="land"), "E3", "moved only"),
    "outcome without a day": (told(outcome="met"), "E3", "Say when"),
    "day without an outcome": (told(on="2026-01-09"), "E3", "met or moved"),
    "unknown outcome": (told(outcome="nearly"), "E3", NO_CODE),
    "unknown reason": (told(outcome="moved", on="2026-09", reason="weather"), "G3", NO_CODE),
    "no such day": (told(outcome="met", on="2026-02-30"), "F3", "no such day"),
    "day in words": (told(outcome="met", on="soon"), "F3", "Write a day"),
    "far-off day": (told(outcome="moved", on=datetime(9026, 1, 1), reason="land"), "F3", "The year lies"),
    "merged cells": (merged, "C3", "merged"),
    "hidden row": (hidden, "A4", "hidden"),
    "column added": (extra, "AD1", "does not have"),
    "cell beside the form": (stray, "AN3", "no column"),
    "column missing": (missing, "A1", "is missing"),
    "too many rows": (too_many, "A5003", "more than 5000 rows"),
}  # fmt: skip


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_cell_is_named(template, kind):
    change, cell, sentence = BAD[kind]
    book = opened(template)
    change(book)

    faults = book_in.read(bytes_of(book)).faults

    assert [fault for fault in faults if fault.cell == cell and sentence in fault.text], faults[:5]


def test_five_thousand_rows_of_all_that_is_bad_are_told(template):
    book = opened(template)
    sheet = book.worksheets[0]
    bad = [
        "=1+1",
        "#REF!",
        date(2026, 1, 1),
        True,
        "x",
        -5,
        1e30,
        "1,2,3",
        "1 500,5",
        None,
        101,
        0.5,
        "no data",
    ]
    for row in range(3, 5_003):
        sheet.cell(row, 1, f"ALT-P-{row:04}" if row % 2 else "ALT-P-0001")
        for place in range(3, 26):
            sheet.cell(row, place, bad[(row + place) % len(bad)])

    faults = book_in.read(bytes_of(book)).faults

    assert len(faults) > 4_990


def test_what_is_typed_as_people_type_it_is_taken(template):
    book = opened(template)
    for code, value in {
        "physical_progress": "40,5", "financial_progress": 0.1 + 0.2, "spent": "1\u00a0500\u202f000,50",
        "spent_currency": "kzt", "jobs_construction": 120.0, "jobs_permanent_mark": "НЕТ ДАННЫХ",
        "jobs_local_mark": "дерек жоқ", "text": "Line\nline", "issues": 12,
    }.items():  # fmt: skip
        put(code, value)(book)
    told(outcome="Moved", on=date(2026, 9, 1), reason="land", note="-5")(book)

    read = book_in.read(bytes_of(book))

    fields = read.sent.answers["ALT-P-0001"]
    assert read.faults == []
    assert fields["spent"] == {"mark": "value", "value": "1500000.5", "currency": "KZT", "note": ""}
    assert fields["financial_progress"]["value"] == "0.3" and fields["jobs_construction"]["value"] == "120"
    assert fields["jobs_permanent"]["mark"] == fields["jobs_local"]["mark"] == "no_data"
    assert (fields["text"], fields["issues"]) == ("Line\nline", "12")


def repacked(template: bytes, name: str = "", content: bytes = b"", **replaced: bytes) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(template)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, replaced.get(part.rpartition("/")[2].partition(".")[0], old.read(part)))
        if name:
            new.writestr(name, content)
    return file.getvalue()


def renamed(template: bytes) -> bytes:
    book = opened(template)
    book.worksheets[0].title = "Мой лист"
    return bytes_of(book)


def without_the_hidden_sheet(template: bytes) -> bytes:
    book = opened(template)
    del book[FROZEN_SHEET]
    return bytes_of(book)


def forged(template: bytes, was: str, now: str) -> bytes:
    book = opened(template)
    cell = book[FROZEN_SHEET]["A2"]
    cell.value = cell.value.replace(was, now)
    return bytes_of(book)


def old_form(template: bytes) -> bytes:
    with override("en"):
        return book_out.write({**FROZEN, "form": 0})


WHOLE = {
    "empty": (lambda template: b"", "empty"),
    "csv": (lambda template: b"project;spent\nALT-P-0001;5\n", "not a workbook"),
    "old kind": (lambda template: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old kind"),
    "password": (
        lambda template: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password",
    ),
    "cut short": (lambda template: template[:-2000], "cannot be read"),
    "another archive": (lambda template: template.replace(b"xl/workbook.xml", b"xl/workbouk.xml"), "not a workbook"),
    "macros": (lambda template: repacked(template, "xl/vbaProject.bin", b"x"), "macros"),
    "bomb": (lambda template: repacked(template, "xl/media/a.xml", b"\0" * (41 * 2**20)), "unpacks to more"),
    "many parts": (lambda template: repacked_many(template), "unpacks to more"),
    "entities": (lambda template: repacked(template, sheet1=b'<!DOCTYPE x [<!ENTITY a "b">]>'), "cannot be read"),
    "half a sheet": (lambda template: repacked(template, sheet1=b"<worksheet><sheetData><row"), "cannot be read"),
    "large": (lambda template: template + b"\0" * 2**21, "larger than 2 MB"),
    "sheet renamed": (renamed, "no sheet"),
    "not a template": (without_the_hidden_sheet, "not a template"),
    "other organisation forged": (lambda template: forged(template, "almaty", "astana"), "signature"),
    "other period forged": (lambda template: forged(template, "2026-01", "2026-02"), "signature"),
    "older form": (old_form, "older form"),
}  # fmt: skip


def repacked_many(template: bytes) -> bytes:
    file = BytesIO(template)
    with zipfile.ZipFile(file, "a") as archive:
        for place in range(201):
            archive.writestr(f"xl/media/{place}.png", b"")
    return file.getvalue()


@pytest.mark.parametrize("kind", WHOLE)
def test_a_file_that_is_no_workbook_of_ours_is_refused(template, kind):
    spoil, sentence = WHOLE[kind]

    with pytest.raises(BadBundle, match=sentence):
        book_in.read(spoil(template))


def test_the_template_holds_no_formula_and_offers_what_may_be_chosen(template):
    with zipfile.ZipFile(BytesIO(template)) as archive:
        sheets = [archive.read(f"xl/worksheets/sheet{place}.xml").decode() for place in (1, 2, 3)]
    assert not any("<f>" in sheet for sheet in sheets)
    assert re.findall(r"<formula1>([^<]*)</formula1>", sheets[0]).count('"KZT,USD,EUR,RUB,CNY"') == 1
    assert "Last accepted: 12.5 KZT" in sheets[0] and "&quot;met,moved&quot;" in sheets[1].replace(
        '"', "&quot;"
    )
