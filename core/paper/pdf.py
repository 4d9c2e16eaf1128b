"""Paper as PDF: an HTML page of its own, set by WeasyPrint in the portal's font, whatever the machine has."""

from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from core.paper.parts import Paper, printable

#: The only addresses that a paper may fetch from, and where they lead.
FONTS = {f"font:{weight}": f"vendor/golos-text-0.4.2/golos-text-{weight}.woff2" for weight in (400, 600, 700)}


class PdfIsOff(Exception):
    """The machine lacks the libraries that set PDF: libpango-1.0-0 and libpangoft2-1.0-0."""


def write_pdf(paper: Paper) -> bytes:
    """PdfIsOff where the system's pango is missing."""
    return _set(paper).write_pdf(pdf_tags=True)


def write_fitting(papers: Iterable[Paper]) -> bytes:
    """The first of these that is one page, the last one where none is: each says the same, ever shorter."""
    document = None
    for paper in papers:
        document = _set(paper)
        if len(document.pages) == 1:
            break
    return document.write_pdf(pdf_tags=True) if document else b""


def _set(paper: Paper) -> Any:
    """Its pages, laid out."""
    library = _library()
    html = printable(render_to_string("paper/paper.html", {"paper": paper}))
    fetch, fonts = _fetcher(library), library.text.fonts.FontConfiguration()
    look = library.CSS(string=render_to_string("paper/paper.css"), url_fetcher=fetch, font_config=fonts)
    page = library.HTML(string=html, url_fetcher=fetch)
    # Hints: the widths of columns, which are no matter of a stylesheet.
    return page.render(stylesheets=[look], font_config=fonts, presentational_hints=True)


def _library() -> Any:
    """Loaded when the first paper is asked for: it takes a second, and most processes never need it."""
    try:
        return import_module("weasyprint")
    except OSError as error:
        raise PdfIsOff from error


def _fetcher(library: Any) -> Any:
    """A paper holds words of many people: whatever address is in them, nothing but our fonts is opened."""

    class Fonts(library.urls.URLFetcher):
        def fetch(self, url: str, headers: Any = None) -> Any:
            found = str(finders.find(FONTS[url]))
            return library.urls.URLFetcherResponse(
                url, Path(found).read_bytes(), {"Content-Type": "font/woff2"}
            )

    return Fonts()
