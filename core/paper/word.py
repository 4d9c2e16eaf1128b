"""Paper as DOCX, to be edited: A4, Times New Roman as offices of Kazakhstan write, heads of tables on every page."""

from collections.abc import Callable
from datetime import UTC
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from core.paper.parts import Drawing, Facts, Heading, Items, Paper, Prose, Signatures, Table, printable

FONT = "Times New Roman"
SHORT, LONG = Mm(210), Mm(297)
#: Left, right, top, bottom, as the rules of office work in Kazakhstan set them.
MARGINS = (Mm(25), Mm(12), Mm(15), Mm(15))
#: Of a cell, at its sides, in twentieths of a point.
PADDING = "68"
QUIET = RGBColor(0x55, 0x55, 0x55)
TONGUES = {"kk": "kk-KZ", "ru": "ru-RU", "en": "en-GB"}


def write_docx(paper: Paper) -> bytes:
    document = Document()
    _set_up(document, paper)
    _head(document, paper)
    for part in paper.parts:
        _WRITE[part.kind](document, part)
    _foot(document.sections[0], paper)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _set_up(document: Any, paper: Paper) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = (LONG, SHORT) if paper.is_wide else (SHORT, LONG)
    section.orientation = WD_ORIENT.LANDSCAPE if paper.is_wide else WD_ORIENT.PORTRAIT
    section.left_margin, section.right_margin, section.top_margin, section.bottom_margin = MARGINS
    for name, size in (("Normal", 11), ("Title", 14), ("Heading 1", 12), ("Footer", 9)):
        _letters(document.styles[name], size)
    document.styles["Normal"].paragraph_format.space_after = Pt(4)
    document.styles["Heading 1"].paragraph_format.keep_with_next = True
    tongue = document.styles["Normal"].element.get_or_add_rPr()
    tongue.append(
        _element("w:lang", **{"w:val": TONGUES[paper.language], "w:eastAsia": TONGUES[paper.language]})
    )
    about = document.core_properties
    about.title, about.author, about.last_modified_by = paper.title, paper.office, paper.office
    about.comments, about.language = "", TONGUES[paper.language]
    about.created = about.modified = paper.at.astimezone(UTC).replace(tzinfo=None)


def _letters(style: Any, size: int) -> None:
    """The style in our font in every script, black."""
    style.font.name, style.font.size = FONT, Pt(size)
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)
    for name in ("eastAsia", "cs", "hAnsi"):
        fonts.set(qn(f"w:{name}"), FONT)


def _head(document: Any, paper: Paper) -> None:
    office = _paragraph(document, paper.office, align=WD_ALIGN_PARAGRAPH.CENTER, bold=True)
    _line(office, "bottom")
    if paper.mark:
        _paragraph(document, paper.mark, align=WD_ALIGN_PARAGRAPH.RIGHT, bold=True)
    title = document.add_paragraph(style="Title")
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _line(title, "")
    title.paragraph_format.space_before, title.paragraph_format.space_after = Pt(8), Pt(4)
    title.add_run(printable(paper.title)).bold = True
    if paper.subtitle:
        _paragraph(document, paper.subtitle, align=WD_ALIGN_PARAGRAPH.CENTER)


def _heading(document: Any, part: Heading) -> None:
    heading = document.add_paragraph(style="Heading 1")
    heading.paragraph_format.space_before, heading.paragraph_format.space_after = Pt(10), Pt(4)
    heading.add_run(printable(part.text)).bold = True


def _prose(document: Any, part: Prose) -> None:
    written = _paragraph(document, part.text)
    if part.tone == "quiet":
        written.runs[0].font.color.rgb, written.runs[0].font.size = QUIET, Pt(9.5)
    if part.tone == "quote":
        written.paragraph_format.left_indent = Mm(8)
        written.runs[0].italic = True


def _drawing(document: Any, part: Drawing) -> None:
    """In words: an office that edits the paper has no use for a picture of figures that stand in the table."""
    _prose(document, Prose(part.text, tone="quiet"))


def _facts(document: Any, part: Facts) -> None:
    widths = _widths(document, (34, 66))
    table = _table(document, widths)
    for name, value in part.rows:
        cells = _row(table, widths)
        _fill(cells[0], name, quiet=True)
        _fill(cells[1], value)
    _gap(document)


def _items(document: Any, part: Items) -> None:
    for item in part.rows:
        written = _paragraph(document, f"{item.number} {item.text}")
        written.paragraph_format.keep_with_next = bool(item.lines)
        for place, (name, value) in enumerate(item.lines, 1):
            line = _paragraph(document, f"{name}: ")
            line.runs[0].font.color.rgb = QUIET
            line.add_run(printable(value))
            line.paragraph_format.left_indent = Mm(8)
            line.paragraph_format.keep_with_next = place < len(item.lines)


def _cells(document: Any, part: Table) -> None:
    widths = _widths(document, part.widths)
    table = _table(document, widths)
    for (head, _width, is_number), cell in zip(part.columns, _row(table, widths, is_head=True), strict=True):
        _fill(cell, head, bold=True, right=is_number)
    for is_sum, row in part.cells:
        for (value, is_number), cell in zip(row, _row(table, widths), strict=True):
            _fill(cell, str(value), bold=is_sum, right=is_number)
    _gap(document)


def _signatures(document: Any, part: Signatures) -> None:
    for post, name in part.rows:
        line = _paragraph(document, post)
        line.paragraph_format.space_before = Pt(22)
        width = _room(document)
        line.paragraph_format.tab_stops.add_tab_stop(int(width * 0.45))
        line.paragraph_format.tab_stops.add_tab_stop(int(width), WD_TAB_ALIGNMENT.RIGHT)
        line.add_run(f"\t____________________\t{printable(name)}")


def _foot(section: Any, paper: Paper) -> None:
    foot = section.footer.paragraphs[0]
    stops = foot.paragraph_format.tab_stops
    for stop in list(foot.style.paragraph_format.tab_stops):
        stops.add_tab_stop(stop.position, WD_TAB_ALIGNMENT.CLEAR)
    stops.add_tab_stop(section.page_width - MARGINS[0] - MARGINS[1], WD_TAB_ALIGNMENT.RIGHT)
    foot.add_run(f"{printable(paper.as_of)}\t")
    _field(foot, "PAGE")
    foot.add_run(" / ")
    _field(foot, "NUMPAGES")


def _field(paragraph: Any, code: str) -> None:
    """A number that the program which opens the file counts."""
    for kind in ("begin", "", "end"):
        run = paragraph.add_run()._r
        if kind:
            run.append(_element("w:fldChar", **{"w:fldCharType": kind}))
        else:
            words = _element("w:instrText", **{"xml:space": "preserve"})
            words.text = code
            run.append(words)


def _paragraph(owner: Any, text: str, *, align: Any = None, bold: bool = False) -> Any:
    paragraph = owner.add_paragraph()
    paragraph.alignment = align
    paragraph.add_run(printable(text)).bold = bold
    return paragraph


def _table(document: Any, widths: list[int]) -> Any:
    table = document.add_table(rows=0, cols=len(widths), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    margins = _element("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(_element(f"w:{side}", **{"w:w": PADDING, "w:type": "dxa"}))
    table._tblPr.insert_element_before(margins, "w:tblLook")
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    return table


def _gap(document: Any) -> None:
    """What stands between a table and whatever follows: two tables without it become one."""
    document.add_paragraph().paragraph_format.space_after = Pt(0)
    document.paragraphs[-1].paragraph_format.line_spacing = Pt(6)


def _row(table: Any, widths: list[int], is_head: bool = False) -> Any:
    """Cells of a new row, which no page breaks; a head is repeated on each page."""
    row = table.add_row()
    about = row._tr.get_or_add_trPr()
    about.append(_element("w:cantSplit"))
    if is_head:
        about.append(_element("w:tblHeader"))
    cells = row.cells
    for cell, width in zip(cells, widths, strict=True):
        cell.width = width
    return cells


def _fill(cell: Any, text: str, *, bold: bool = False, quiet: bool = False, right: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(1)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if right else None
    run = paragraph.add_run(printable(text))
    run.bold, run.font.size = bold, Pt(9.5)
    if quiet:
        run.font.color.rgb = QUIET


def _room(document: Any) -> int:
    section = document.sections[0]
    return section.page_width - section.left_margin - section.right_margin


def _widths(document: Any, shares: Any) -> list[int]:
    return [_room(document) * share // sum(shares) for share in shares]


def _line(paragraph: Any, side: str) -> None:
    """A rule at this side of the paragraph; no side: none at all, whatever the style says."""
    about = paragraph._p.get_or_add_pPr()
    borders = _element("w:pBdr")
    rule = {"w:val": "single" if side else "nil", "w:sz": "8", "w:space": "4", "w:color": "000000"}
    borders.append(_element(f"w:{side or 'bottom'}", **rule))
    about.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")


def _element(name: str, **attributes: str) -> Any:
    element = OxmlElement(name)
    for attribute, value in attributes.items():
        element.set(qn(attribute), value)
    return element


_WRITE: dict[str, Callable[[Any, Any], None]] = {
    "heading": _heading,
    "prose": _prose,
    "drawing": _drawing,
    "facts": _facts,
    "items": _items,
    "table": _cells,
    "signatures": _signatures,
}
