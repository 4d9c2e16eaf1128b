"""The writers of papers: every letter comes back, nothing foreign is opened, a machine without pango is told."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from io import BytesIO

import pytest
from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook
from pypdf import PdfReader

from core import paper
from core.paper import (
    Facts,
    Heading,
    Items,
    Paper,
    PdfIsOff,
    Prose,
    Signatures,
    Table,
    pdf,
    write_docx,
    write_pdf,
    write_xlsx,
)
from core.paper.parts import Item
from tests.paper.reading import LETTERS, PDF, READ, SIGNS, fonts_of, needs_pango, of_pdf, of_xlsx

AT = datetime(2026, 2, 3, 5, tzinfo=UTC)


def made(*parts, **facts):
    plain = {
        "language": "kk", "office": "Жобалық кеңсе", "title": "Бақылау карточкасы", "at": AT,
        "as_of": "2026 ж. 3 ақпан, 10:00",
    }  # fmt: skip
    return Paper(**(plain | {"parts": parts} | facts))


EVERYTHING = made(
    Heading("Тақырып"),
    Prose(f"{LETTERS} {SIGNS}"),
    Prose("Дәйексөз", tone="quote", language="kk"),
    Prose("Ескертпе", tone="quiet"),
    Facts([("Мерзімі", "2026 ж. 1 наурыз\nбастапқысы: 2026 ж. 1 ақпан")]),
    Items([Item("1.", "Тапсырма", [("Мерзімі", "бір ай")]), Item("2.", "Шешім")]),
    Table(["Атауы", "Саны"], [["Министрлік", 7], ["Барлығы", 7]], [3, 1], frozenset({1}), total=True),
    Signatures([("Төраға", "А. Серікқызы")]),
    mark="ЖОБА",
    subtitle="№ 5",
)
WRITERS = {"pdf": write_pdf, "docx": write_docx, "xlsx": write_xlsx}


@pytest.mark.parametrize("form", [PDF, "docx", "xlsx"])
def test_every_letter_comes_back(form):
    text = READ[form](WRITERS[form](EVERYTHING))

    assert set(LETTERS + SIGNS) <= set(text)
    for words in (
        "Жобалық кеңсе",
        "ЖОБА",
        "Бақылау карточкасы",
        "№ 5",
        "Тақырып",
        "Дәйексөз",
        "Министрлік 7",
    ):
        assert words in text
    assert "2026 ж. 3 ақпан, 10:00" in text and "бастапқысы: 2026 ж. 1 ақпан" in text


@pytest.mark.parametrize("form", [PDF, "docx"])
def test_what_is_read_by_people_has_items_and_signatures(form):
    text = READ[form](WRITERS[form](EVERYTHING))

    assert "1. Тапсырма Мерзімі: бір ай 2. Шешім" in text
    assert "Төраға" in text and "А. Серікқызы" in text


@needs_pango
def test_a_pdf_is_set_in_our_font_alone_and_knows_its_language():
    content = write_pdf(EVERYTHING)

    assert fonts_of(content) and all(
        name.startswith("Golos") and kept for name, kept in fonts_of(content).items()
    )
    about = PdfReader(BytesIO(content))
    assert about.trailer["/Root"]["/Lang"] == "kk" and about.metadata.title == "Бақылау карточкасы"
    assert about.metadata.creation_date == AT


@needs_pango
def test_a_machine_without_any_font_sets_the_same(tmp_path):
    nothing = tmp_path / "fonts.conf"
    nothing.write_text(f"<fontconfig><cachedir>{tmp_path}</cachedir></fontconfig>")
    program = """
import sys, django; django.setup()
from tests.paper.test_writers import EVERYTHING, write_pdf
sys.stdout.buffer.write(write_pdf(EVERYTHING))
"""
    environment = os.environ | {"FONTCONFIG_FILE": str(nothing)}
    content = subprocess.run(
        [sys.executable, "-c", program], env=environment, check=True, stdout=subprocess.PIPE
    ).stdout

    assert of_pdf(content) == of_pdf(write_pdf(EVERYTHING))
    assert fonts_of(content) == fonts_of(write_pdf(EVERYTHING))


@needs_pango
def test_the_same_paper_is_the_same_file():
    for write in WRITERS.values():
        assert write(EVERYTHING) == write(EVERYTHING)


@needs_pango
def test_words_are_words_and_nothing_else():
    """Whatever was typed into the register: no markup, no address, no formula, no character without a sign."""
    typed = '<img src="file:///etc/passwd"><b>қою</b> &amp; \x01\x0b=1+1 {{ paper }} ' + "ұзын" * 60
    evil = made(
        Prose(typed), Table(["=1+1"], [[typed], ["=HYPERLINK(1)"], ["+7"]], [1]), Facts([("@x", typed)])
    )

    for form, write in WRITERS.items():
        text = READ[form](write(evil))
        assert "<b>қою</b> &amp;" in text and "{{ paper }}" in text, form
    sheet = load_workbook(BytesIO(write_xlsx(evil))).active
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"s"}


@needs_pango
def test_a_paper_opens_nothing_but_our_fonts():
    library = pdf._library()
    fetch = pdf._fetcher(library).fetch

    assert fetch("font:400").read()[:4] == b"wOF2"
    for address in ("file:///etc/passwd", "http://127.0.0.1/", "font:../settings.py", "data:text/plain,x"):
        with pytest.raises(KeyError):
            fetch(address)


def test_without_pango_it_is_told(monkeypatch):
    def lacks(name):
        raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.setattr(pdf, "import_module", lacks)

    with pytest.raises(PdfIsOff):
        write_pdf(EVERYTHING)
    assert paper.write_docx(EVERYTHING)


@needs_pango
def test_pages_are_a4_and_wide_ones_lie():
    upright, lying = (
        PdfReader(BytesIO(write_pdf(made(is_wide=wide)))).pages[0].mediabox for wide in (False, True)
    )
    assert [round(upright.width), round(upright.height)] == [595, 842]
    assert [round(lying.width), round(lying.height)] == [842, 595]
    section = Document(BytesIO(write_docx(made(is_wide=True)))).sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)


@needs_pango
def test_a_long_table_repeats_its_head_on_each_page():
    table = Table(["Басы", "Мәтіні"], [[n, "Сөз " * 40] for n in range(60)], [1, 5])
    pages = PdfReader(BytesIO(write_pdf(made(table)))).pages

    assert len(pages) > 2 and all("Басы" in page.extract_text() for page in pages)
    assert f"{len(pages)} / {len(pages)}" in pages[-1].extract_text()
    document = Document(BytesIO(write_docx(made(table))))
    assert document.tables[0].rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None


def test_a_document_names_no_tool_and_whose_it_is():
    about = Document(BytesIO(write_docx(EVERYTHING))).core_properties

    assert (about.author, about.title, about.comments) == ("Жобалық кеңсе", "Бақылау карточкасы", "")
    assert about.created == AT


def test_a_workbook_holds_numbers_as_numbers():
    rows = of_xlsx(write_xlsx(EVERYTHING))

    assert ["Министрлік", 7] in rows
