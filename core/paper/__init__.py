"""A paper to be printed, signed and filed: what it says, without a word of how. One writer a format says it.

write_pdf(paper), write_docx(paper), write_xlsx(paper)   # bytes of a file
write_fitting(papers)                                    # PDF of the first that is one page
"""

from core.paper.parts import Drawing, Facts, Heading, Items, Paper, Part, Prose, Signatures, Table
from core.paper.pdf import PdfIsOff, write_fitting, write_pdf
from core.paper.spreadsheet import write_xlsx
from core.paper.word import write_docx

__all__ = [
    "Drawing",
    "Facts",
    "Heading",
    "Items",
    "Paper",
    "Part",
    "PdfIsOff",
    "Prose",
    "Signatures",
    "Table",
    "write_docx",
    "write_fitting",
    "write_pdf",
    "write_xlsx",
]
