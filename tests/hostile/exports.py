"""What an export holds for whoever opens it: cells that count, links that run, lines that were put in."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable
from typing import Any

import icalendar
import openpyxl
from lxml import etree
from pypdf import PdfReader

from tests.hostile import pages

#: A cell that begins so is run, unless it is a number.
BEGINS, NUMBER = tuple("=+-@\t\r\n"), re.compile(r"[-+]?\d+(\.\d+)?")
#: What a field of Word may be: numbers of pages.
FIELDS = {"PAGE", "NUMPAGES"}
ACTIVE = {
    "/JavaScript",
    "/JS",
    "/Launch",
    "/OpenAction",
    "/AA",
    "/EmbeddedFiles",
    "/SubmitForm",
    "/ImportData",
}


def of_csv(content: bytes) -> list[str]:
    text = content.decode("utf-8-sig")
    delimiter = ";" if text.partition("\n")[0].count(";") else ","
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    uneven = {len(row) for row in rows}
    found = [f"rows of {sorted(uneven)} cells"] * (len(uneven) > 1)
    return found + [
        f"cell {cell[:80]!r}" for row in rows for cell in row if cell.startswith(BEGINS) and not NUMBER.fullmatch(cell)
    ]  # fmt: skip


def of_xlsx(content: bytes) -> list[str]:
    found = []
    for sheet in openpyxl.load_workbook(io.BytesIO(content)).worksheets:
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            found += [f"formula {cell.value!r}"] * (cell.data_type == "f")
            found += [f"link {cell.hyperlink.target}"] if cell.hyperlink else []
    return found + _of_archive(content)


def of_docx(content: bytes) -> list[str]:
    found = _of_archive(content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.endswith(".xml"):
                tree = etree.fromstring(archive.read(name))
                said = (one.text or "" for one in tree.iter("{*}instrText"))
                found += [f"field {text}" for text in said if text.strip() not in FIELDS]
                found += [f"object in {name}"] * bool(list(tree.iter("{*}OLEObject", "{*}altChunk")))
    return found


def _of_archive(content: bytes) -> list[str]:
    """Nothing in an Office file leads out of it, and each part is XML."""
    found = []
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                tree = etree.fromstring(archive.read(name))
                outside = [one.get("Target") for one in tree.iter("{*}Relationship") if one.get("TargetMode")]
                found += [
                    f"{name} leads to {target}" for target in outside if not str(target).startswith("http")
                ]
    return found


def of_pdf(content: bytes) -> list[str]:
    reader = PdfReader(io.BytesIO(content))
    links = (
        link.get_object().get("/A", {}).get_object()
        for page in reader.pages
        for link in page.get("/Annots") or []
    )
    found = [f"link {link.get('/URI')}" for link in links if pages.RUNS.match(str(link.get("/URI", "")))]
    return found + [f"{name} in its catalogue" for name in ACTIVE if name in reader.trailer["/Root"]]


def of_ics(content: bytes) -> list[str]:
    """Nothing but what a calendar of terms has, each with its own lines."""
    calendar: Any = icalendar.Calendar.from_ical(content)
    kinds = {one.name for one in calendar.walk()} - {
        "VCALENDAR",
        "VEVENT",
        "VTIMEZONE",
        "STANDARD",
        "DAYLIGHT",
    }
    names = {str(name).upper() for one in calendar.walk() for name in one}
    lines = re.split(rb"\r\n", content)
    found = [f"a part of kind {kind}" for kind in sorted(kinds - {"VALARM"})]
    found += [f"a line {name}" for name in sorted(names & {"X-SPLIT", "BCC", "ATTACH"})]
    return found + ["a bare line end"] * any(b"\n" in line or b"\r" in line for line in lines)


def of_json(content: bytes) -> list[str]:
    json.loads(content)
    return []


KINDS: dict[str, Callable[[bytes], list[str]]] = {
    "text/csv": of_csv,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": of_xlsx,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": of_docx,
    "application/pdf": of_pdf,
    "text/calendar": of_ics,
    "application/json": of_json,
    "application/ld+json": of_json,
    "application/geo+json": of_json,
    "application/problem+json": of_json,
    "application/atom+xml": pages.of_xml,
    "application/xml": pages.of_xml,
    "text/html": lambda content: pages.faults(content.decode()),
}


def faults(content: bytes, kind: str) -> list[str]:
    """By its media type; what is only text, or a picture, holds nothing that runs."""
    plain = kind.partition(";")[0].strip().lower()
    try:
        return KINDS[plain](content) if plain in KINDS else []
    except (ValueError, KeyError, etree.XMLSyntaxError, zipfile.BadZipFile) as error:
        return [f"cannot be read: {error!r}"]


def of_headers(headers: dict[str, str]) -> list[str]:
    """None was put in from outside, and whoever gets a file is told that it is no page."""
    found = [f"header {name}" for name in headers if name.lower() in {"x-split", "bcc"}]
    found += [f"{name} has a line end" for name, value in headers.items() if set("\r\n") & set(str(value))]
    return found + ["no nosniff"] * (headers.get("X-Content-Type-Options") != "nosniff")
