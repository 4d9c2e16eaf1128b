"""Files that people bring: three encodings, Word with tables, and what is refused with a sentence."""

import zipfile
from io import BytesIO

import docx
import pytest
from django.core.exceptions import ValidationError

from tasks.reading.files import MAX_BYTES, text_of
from tests.tasks.reading.plain import reading

WORDS = "Поручить МПС завершить работы. Әкімдікке тапсырылды."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_in_unicode(encoding: str) -> None:
    assert text_of(f"{WORDS}\r\nІ".encode(encoding), "a.txt") == f"{WORDS}\nІ"


def test_text_of_old_windows() -> None:
    assert text_of("Поручить МПС".encode("cp1251"), "a.txt") == "Поручить МПС"


def _word() -> bytes:
    document = docx.Document()
    document.add_paragraph("ПРОТОКОЛ")
    document.add_paragraph("Проектный офис, 3 марта 2026 года")
    table = document.add_table(rows=2, cols=3)
    for row, words in zip(
        table.rows,
        (("Поручение", "Ответственные", "Срок"), ("Внести план", "МПС", "1 мая 2026 года")),
        strict=True,
    ):
        for cell, word in zip(row.cells, words, strict=True):
            cell.text = word
    document.add_paragraph("Председатель")
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def test_word_with_its_table_in_its_place() -> None:
    text = text_of(_word(), "a.docx")
    assert text.split("\n")[2:4] == ["Поручение\tОтветственные\tСрок", "Внести план\tМПС\t1 мая 2026 года"]
    (task,) = reading(text).instructions
    assert (task.addressees, str(task.due)) == (["mic"], "2026-05-01")


def test_merged_cells_are_read_once() -> None:
    document = docx.Document()
    table = document.add_table(rows=1, cols=3)
    table.rows[0].cells[0].merge(table.rows[0].cells[1]).text = "Внести план"
    out = BytesIO()
    document.save(out)
    assert text_of(out.getvalue(), "a.docx").count("Внести план") == 1


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (b"", "a.txt", "no text"),
        (b"  \n", "a.txt", "no text"),
        (b"\x00\x01\x02", "a.txt", "no text file"),
        (b"PK\x03\x04 broken", "a.docx", "cannot be opened"),
        (b"plain words", "a.docx", "cannot be opened"),
        (b"a" * (MAX_BYTES + 1), "a.txt", "over 10 MB"),
        (b"\xff\xfe\xff", "a.txt", "no text file"),
    ],
)
def test_refused_with_a_sentence(content: bytes, name: str, says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        text_of(content, name)


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * (101 * 2**20))
    assert len(out.getvalue()) < MAX_BYTES
    with pytest.raises(ValidationError, match="unpacks to too much"):
        text_of(out.getvalue(), "a.docx")
