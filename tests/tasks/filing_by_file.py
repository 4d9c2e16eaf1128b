"""Files of reports as people send them: what was downloaded, changed in one place, and sent back."""

import json
from io import BytesIO
from typing import Any

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

HERE = "/kk/report/files/"
FULL = {
    "values": {
        "physical_progress": {"value": "40,5"},
        "financial_progress": {"value": 35},
        "spent": {"value": "1 500 000,5", "currency": "KZT"},
        "jobs_construction": {"value": "120"},
        "jobs_permanent": {"mark": "not_applicable"},
        "jobs_local": {"mark": "no_data", "note": "Есеп жоқ"},
    },
    "text": "Іргетас құйылды",
    "issues": "Цемент кешікті",
}


def bundle(client: Any) -> Any:
    """The bundle as it is downloaded."""
    return json.loads(client.get(f"{HERE}2026-01.json").content)


def answered(client: Any, project: Any, answers: Any = None) -> Any:
    return bundle(client) | {"answers": {project.public_id: FULL if answers is None else answers}}


def workbook(client: Any) -> Workbook:
    return openpyxl.load_workbook(BytesIO(client.get(f"{HERE}2026-01.xlsx").content))


def bytes_of(book: Workbook) -> bytes:
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def send(client: Any, content: Any, name: str = "") -> Any:
    """By the page: JSON of whatever is no bytes."""
    kept = content if isinstance(content, bytes) else json.dumps(content).encode()
    file = SimpleUploadedFile(name or "answers.json", kept)
    return client.post(HERE, {"file": file})


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def fill(book: Workbook, **cells: Any) -> Workbook:
    """Into the first row of the reports, by the code of the column."""
    sheet = book.worksheets[0]
    places = {cell.value: cell.column for cell in sheet[1]}
    for code, value in cells.items():
        sheet.cell(3, places[code]).value = value
    return book


GOOD = {
    "physical_progress": 40.5, "financial_progress": 35, "spent": "1 500 000,50", "spent_currency": "KZT",
    "jobs_construction": 120, "jobs_permanent_mark": "қолданылмайды", "jobs_local_mark": "no_data",
}  # fmt: skip
