"""Papers read back: what a reader finds in the file, not what was written into it."""

import re
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook
from pypdf import PdfReader

from core.paper import pdf


def _lacks_pango() -> bool:
    try:
        pdf._library()
    except pdf.PdfIsOff:
        return True
    return False


needs_pango = pytest.mark.skipif(_lacks_pango(), reason="needs libpango-1.0-0 and libpangoft2-1.0-0")
PDF = pytest.param("pdf", marks=needs_pango)
#: Every letter of Kazakh that Russian lacks, in both sizes, and the signs that papers write.
LETTERS = "ӘәІіҢңҒғҮүҰұҚқӨөҺһ"
SIGNS = "№«»—→…"


def of_pdf(content: bytes) -> str:
    """All words, spaces and line ends as one space."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())


def fonts_of(content: bytes) -> dict[str, bool]:
    """By name without the mark of a subset: whether the file holds it."""
    found = {}
    for page in PdfReader(BytesIO(content)).pages:
        for font in page["/Resources"].get("/Font", {}).values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            name = re.sub(r"^/[A-Z]{6}\+", "", inner["/BaseFont"])
            described = inner["/FontDescriptor"].get_object()
            found[name] = any(key in described for key in ("/FontFile", "/FontFile2", "/FontFile3"))
    return found


def of_docx(content: bytes) -> str:
    """Paragraphs, tables and the foot, in their order."""
    document = Document(BytesIO(content))
    texts = [_text(part) for part in document.element.body.iterchildren()]
    texts += [paragraph.text for paragraph in document.sections[0].footer.paragraphs]
    return " ".join(" ".join(texts).split())


def _text(part: Any) -> str:
    return " ".join(node.text or "" for node in part.iter(qn("w:t")))


def of_xlsx(content: bytes) -> list[list[Any]]:
    """Rows of the first sheet, without those that are empty."""
    rows = load_workbook(BytesIO(content)).active.iter_rows(values_only=True)
    return [list(row) for row in rows if any(cell is not None for cell in row)]


READ = {"pdf": of_pdf, "docx": of_docx, "xlsx": lambda content: " ".join(
    str(cell) for row in of_xlsx(content) for cell in row if cell is not None)}  # fmt: skip
