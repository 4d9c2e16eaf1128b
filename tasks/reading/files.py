"""Turns a file into the text that is read: TXT in three encodings, DOCX with its tables in their places."""

import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import PurePath

import docx
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from docx.document import Document
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from tasks.reading.text import normalise

MAX_BYTES = 10 * 2**20
MAX_UNPACKED = 100 * 2**20
MAX_CHARACTERS = 1_000_000
_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}


def text_of(content: bytes, name: str) -> str:
    """The text of a file, normalised. ValidationError, with a sentence for the user, for whatever cannot be read."""
    if len(content) > MAX_BYTES:
        raise ValidationError(_("“%(name)s” is over 10 MB: paste the text instead.") % {"name": name})
    is_docx = PurePath(name).suffix.lower() == ".docx" or content.startswith(b"PK\x03\x04")
    text = normalise(_docx(content, name) if is_docx else _plain(content, name))
    if not text.strip():
        raise ValidationError(_("“%(name)s” has no text in it.") % {"name": name})
    if len(text) > MAX_CHARACTERS:
        raise ValidationError(_("“%(name)s” is longer than a million characters: part it.") % {"name": name})
    return text


def _plain(content: bytes, name: str) -> str:
    """UTF-16 by its mark, UTF-8 where it is valid, else the Windows code page for Cyrillic."""
    encoding = next((known for mark, known in _MARKS.items() if content.startswith(mark)), None)
    for candidate in [encoding] if encoding else ["utf-8", "cp1251"]:
        try:
            text = content.decode(candidate)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise ValidationError(
        _("“%(name)s” is no text file: give a TXT or a DOCX, or paste the text.") % {"name": name}
    )


def _docx(content: bytes, name: str) -> str:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
        if unpacked > MAX_UNPACKED:
            raise ValidationError(
                _("“%(name)s” unpacks to too much: paste the text instead.") % {"name": name}
            )
        return "\n".join(_lines(docx.Document(BytesIO(content))))
    except ValidationError:
        raise
    except (
        Exception
    ) as error:  # a broken archive or XML fails in a dozen ways; each means the same to the user
        raise ValidationError(
            _("“%(name)s” cannot be opened as a DOCX: save it again or paste the text.") % {"name": name}
        ) from error


def _lines(document: Document) -> Iterator[str]:
    """Paragraphs and tables in document order; a row is a line, its cells parted by tabs."""
    for element in document.element.body.iterchildren():
        if element.tag == qn("w:p"):
            yield _shown(Paragraph(element, document))
        elif element.tag == qn("w:tbl"):
            for row in Table(element, document).rows:
                cells = dict.fromkeys(cell._tc for cell in row.cells)
                yield "\t".join(
                    " ".join(_cell(cell).split()) for cell in row.cells if cells.pop(cell._tc, 0) is None
                )


def _cell(cell: object) -> str:
    return str(getattr(cell, "text", ""))


def _shown(paragraph: Paragraph) -> str:
    """The words, with the bullet or number that Word would draw shown as a dash."""
    text = paragraph.text
    properties = paragraph._p.pPr
    is_listed = properties is not None and properties.numPr is not None
    return f"- {text}" if is_listed and text.strip() else text
