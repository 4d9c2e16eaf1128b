"""Archives that are made to harm: bombs, ways out, links, macros, XML that unfolds without end."""

import stat
import zipfile
from io import BytesIO

import openpyxl

TYPES, WORD, BOOK = "[Content_Types].xml", "word/document.xml", "xl/workbook.xml"
SHEET = "xl/worksheets/sheet1.xml"
_MORE = "".join(f'<!ENTITY a{number} "{f"&a{number - 1};" * 10}">' for number in range(1, 10))
LAUGHS = f'<!DOCTYPE x [<!ENTITY a0 "ha">{_MORE}]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def archive(*parts: tuple[str, bytes], folder: str = "word") -> bytes:
    """The least that is a Word or Excel file, with these parts besides."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(TYPES, "<Types/>")
        file.writestr(f"{folder}/document.xml", "<x/>")
        for name, content in parts:
            file.writestr(name, content)
    return made.getvalue()


def bomb(folder: str, megabytes: int = 60) -> bytes:
    return archive((f"{folder}/large.xml", bytes(megabytes * 2**20)), folder=folder)


def many_bombs() -> bytes:
    """Each part is small; all of them together are not."""
    return archive(*((f"word/{number}.xml", bytes(2**20 - 1)) for number in range(220)))


def many_parts() -> bytes:
    return archive(*((f"word/{number}.xml", b"") for number in range(6000)))


def nested(depth: int = 12) -> bytes:
    """An archive in an archive in an archive."""
    content = bytes(2**20)
    for level in range(depth):
        made = BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
            for copy in range(4):
                file.writestr(f"{level}-{copy}.zip", content)
        content = made.getvalue()
    return archive(("word/media/inner.zip", content))


def link() -> bytes:
    made = BytesIO(archive())
    with zipfile.ZipFile(made, "a") as file:
        told = zipfile.ZipInfo("word/link")
        told.external_attr = (stat.S_IFLNK | 0o777) << 16
        file.writestr(told, "/etc/passwd")
    return made.getvalue()


def lying() -> bytes:
    """The directory says that a part is small."""
    content = bytearray(archive(("word/large.xml", bytes(30 * 2**20))))
    place = content.rindex(b"word/large.xml") - 46
    content[place + 24 : place + 28] = (100).to_bytes(4, "little")
    return bytes(content)


def overlapping() -> bytes:
    """Many names for one part (Fifield 2019): little is sent, much is unpacked."""
    content = archive(("word/large.xml", bytes(2**20 - 1)))
    directory = content.index(b"PK\x01\x02")
    place = content.rindex(b"PK\x01\x02")
    entry, end = content[place : content.index(b"PK\x05\x06")], bytearray(content[-22:])
    copies, number = entry * 500, 502
    end[8:12] = number.to_bytes(2, "little") * 2
    end[12:16] = (place - directory + len(copies)).to_bytes(4, "little")
    return content[:place] + copies + bytes(end)


def locked() -> bytes:
    """The flag of a password, without one."""
    content = bytearray(archive())
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        found = content.index(signature)
        while found >= 0:
            content[found + place] |= 1
            found = content.find(signature, found + 4)
    return bytes(content)


def squeezed() -> bytes:
    """By a method that nobody has."""
    content = bytearray(archive())
    content[8], content[content.index(b"PK\x01\x02") + 10] = 99, 99
    return bytes(content)


def workbook(sheet: str = "", head: str = "") -> bytes:
    """A real workbook whose sheet, or the XML before it, is another one."""
    made, changed = BytesIO(), BytesIO()
    book = openpyxl.Workbook()
    book.active.append(["code", "kind"])
    book.save(made)
    with zipfile.ZipFile(made) as good, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as file:
        for name in good.namelist():
            content = good.read(name).decode()
            if name == SHEET and sheet:
                content = f'<worksheet xmlns="{NAMESPACE}">{sheet}</worksheet>'
            file.writestr(name, head + content if name == SHEET else content)
    return changed.getvalue()


def far_cell() -> bytes:
    """A single cell, at the end of everything that a sheet may hold: 17 thousand million cells lie before it."""
    cell = '<c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c>'
    return workbook(f'<dimension ref="A1:XFD1048576"/><sheetData><row r="1048576">{cell}</row></sheetData>')


def wide_rows() -> bytes:
    """Each row ends at the last column."""
    row = '<row r="{0}"><c r="XFD{0}" t="inlineStr"><is><t>x</t></is></c></row>'
    return workbook(f"<sheetData>{''.join(row.format(number) for number in range(1, 3000))}</sheetData>")


def far_number() -> bytes:
    """A row and a column that no sheet has."""
    return workbook('<sheetData><row r="9999999999"><c r="ZZZZZZ9999999999"><v>1</v></c></row></sheetData>')
