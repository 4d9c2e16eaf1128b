"""Files that no door may keep, and some that may wait but never run: how each is called, and its bytes."""

import zlib
from collections.abc import Callable
from functools import cache
from io import BytesIO
from typing import NamedTuple

from PIL import Image

from tests.hostile import archives

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
HTML = b"<!DOCTYPE html><html><script>window.__x=1</script></html>"
SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='window.__x=1'><script>window.__x=1</script></svg>"


class File(NamedTuple):
    """`name` is what the sender calls it."""

    name: str
    make: Callable[[], bytes]


@cache
def picture(form: str = "PNG", side: int = 8) -> bytes:
    made = BytesIO()
    Image.new("RGB", (side, side), "red").save(made, form)
    return made.getvalue()


def flood_png(side: int = 40_000) -> bytes:
    """The head of a picture of so many pixels a side, and the beginning of its rows."""
    content = bytearray(picture())
    content[16:24] = side.to_bytes(4) * 2
    content[29:33] = zlib.crc32(content[12:29]).to_bytes(4)
    return bytes(content)


def flood_jpeg() -> bytes:
    content = bytearray(picture("JPEG"))
    place = content.index(b"\xff\xc0") + 5
    content[place : place + 4] = b"\xff\xff\xff\xff"
    return bytes(content)


def long_words_png() -> bytes:
    """A remark in a picture that unfolds to 60 MB."""
    words = b"Comment\0\0" + zlib.compress(bytes(60 * 2**20), 9)
    chunk = b"zTXt" + words
    written = len(words).to_bytes(4) + chunk + zlib.crc32(chunk).to_bytes(4)
    good = picture()
    return good[:33] + written + good[33:]


def _plain(content: bytes) -> Callable[[], bytes]:
    return lambda: content


def _word(*parts: tuple[str, bytes]) -> Callable[[], bytes]:
    return lambda: archives.archive(*parts)


#: What every door refuses, with a sentence.
BAD: dict[str, File] = {
    "no bytes": File("a.pdf", _plain(b"")),
    "a page": File("a.pdf", _plain(HTML)),
    "a drawing": File("a.pdf", _plain(SVG)),
    "a drawing by its name": File("a.svg", _plain(SVG)),
    "a page by its name": File("a.html", _plain(HTML)),
    "a program": File("a.pdf", _plain(b"MZ\x90\x00\x03" + bytes(200))),
    "a program of Linux": File("a.jpg", _plain(b"\x7fELF" + bytes(200))),
    "a script": File("a.js", _plain(b"window.__x=1")),
    "a shortcut": File("a.lnk", _plain(b"L\0\0\0")),
    "another ending": File("a.png", lambda: picture("JPEG")),
    "two endings": File("a.pdf.exe", _plain(b"%PDF-1.7")),
    "backwards": File("a‮fdp.exe", _plain(b"%PDF-1.7")),
    "NUL in the text": File("a.txt", _plain(b"a\x00b")),
    "a picture cut short": File("a.png", lambda: picture(side=300)[:-60]),
    "a photo cut short": File("a.jpg", lambda: picture("JPEG", 300)[:-60]),
    "a picture of too many points": File("a.png", flood_png),
    "a photo of too many points": File("a.jpg", flood_jpeg),
    "a picture of no points": File("a.png", lambda: flood_png(0)),
    "a picture with endless words": File("a.png", long_words_png),
    "a bomb for Word": File("a.docx", lambda: archives.bomb("word")),
    "a bomb for Excel": File("a.xlsx", lambda: archives.bomb("xl")),
    "many small bombs": File("a.docx", archives.many_bombs),
    "many parts": File("a.docx", archives.many_parts),
    "one part under many names": File("a.docx", archives.overlapping),
    "a size that lies": File("a.docx", archives.lying),
    "archives in archives": File("a.docx", archives.nested),
    "an archive": File("a.zip", archives.nested),
    "a way out": File("a.docx", _word(("../../../evil.txt", b"x"))),
    "a way out for Windows": File("a.docx", _word(("..\\..\\evil.txt", b"x"))),
    "an absolute way": File("a.docx", _word(("/etc/cron.d/evil", b"x"))),
    "a link": File("a.docx", archives.link),
    "a macro": File("a.docx", _word(("word/vbaProject.bin", b"x"))),
    "a program inside": File("a.docx", _word(("word/embeddings/oleObject1.bin", b"x"))),
    "a script inside": File("a.docx", _word(("word/run.JS", b"x"))),
    "a password": File("a.docx", archives.locked),
    "a strange packing": File("a.docx", archives.squeezed),
    "half an archive": File("a.docx", lambda: archives.archive()[:-30]),
    "Word for Excel": File("a.xlsx", archives.archive),
    "an old macro file": File("a.docx", _plain(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))),
}
#: What is of an allowed kind, and waits for the scanner; nobody else opens it before.
WAITING: dict[str, File] = {
    "the test of scanners": File("a.txt", _plain(EICAR)),
    "a page that says it is text": File("a.txt", _plain(HTML)),
    "two files in one": File("a.pdf", lambda: b"%PDF-1.7\n" + archives.archive() + HTML),
    "a name that leads out": File("../../../etc/cron.d/a.txt", _plain(b"text")),
    "a name of Windows": File("C:\\Windows\\a.txt", _plain(b"text")),
    "a name that runs backwards": File("a‮txt.fdp.txt", _plain(b"text")),
    "a name that runs": File('"><img src=x onerror=window.__x=1>.txt', _plain(b"text")),
}
#: What only a reader of tables or of papers meets.
TABLES: dict[str, File] = {
    "entities": File("a.xlsx", lambda: archives.workbook(head=archives.LAUGHS)),
    "an entity from outside": File("a.xlsx", lambda: archives.workbook(head=archives.OUTSIDE)),
    "a cell at the end of the world": File("a.xlsx", archives.far_cell),
    "rows to the last column": File("a.xlsx", archives.wide_rows),
    "a row that no sheet has": File("a.xlsx", archives.far_number),
    "no bytes": File("a.xlsx", _plain(b"")),
    "a bomb": File("a.xlsx", lambda: archives.bomb("xl", 120)),
    "half an archive": File("a.xlsx", lambda: archives.workbook()[:-300]),
    "no workbook": File("a.xlsx", archives.archive),
    "bytes": File("a.xlsx", _plain(bytes(range(256)) * 20)),
    "a quotation that does not end": File("a.csv", _plain(b'code;kind\n"' + b"a;\n" * 100_000)),
    "a hundred thousand columns": File("a.csv", _plain(b"code" + b";x" * 100_000)),
}
