"""Whether bytes are a workbook that may be opened: before anything in it is unpacked."""

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import NamedTuple

from django.utils.translation import gettext as _

from tasks.offline.frozen import BadBundle
from tasks.offline.sent import LARGEST

#: Bytes of all parts once unpacked, and how many parts; a template of a thousand projects has a tenth of it.
LARGEST_UNPACKED, MOST_PARTS = 40 * 2**20, 200
#: Of Office before 2007, and of a workbook with a password.
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3}[0-9]{1,7}(?::[A-Z]{1,3}[0-9]{1,7})?)"')
_ROW = re.compile(rb"<(?:\w+:)?row\s[^>]*>")
_NUMBER, _HIDDEN = re.compile(rb'\sr="([0-9]{1,7})"'), re.compile(rb'\s(?:hidden|zeroHeight)="(?:1|true)"')


class Layout(NamedTuple):
    """What the reader of cells does not tell: merged ranges and hidden rows, by the part of a sheet."""

    merged: dict[str, list[str]]
    hidden: dict[str, list[int]]


def looked_at(content: bytes) -> Layout:
    """BadBundle where it is no workbook, has a password or macros, or would unpack to more than it may."""
    if len(content) > LARGEST:
        raise BadBundle(_("The file is larger than %(limit)s MB.") % {"limit": LARGEST // 2**20})
    if not content:
        raise BadBundle(_("The file is empty: choose another one."))
    if content.startswith(OLE):
        raise BadBundle(
            _("The workbook has a password: take it off and save it again.")
            if ENCRYPTED in content
            else _("This is a workbook of an old kind (.xls): save it as .xlsx.")
        )
    if not content.startswith(b"PK"):
        raise BadBundle(
            _("This is not a workbook, whatever its name says: send the .xlsx file that you downloaded.")
        )
    try:
        return _parts(zipfile.ZipFile(BytesIO(content)))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, EOFError, OSError):
        raise BadBundle(
            _("The file cannot be read: perhaps it is cut short. Save it once more and send it again.")
        ) from None


def _parts(archive: zipfile.ZipFile) -> Layout:
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise BadBundle(
            _("The workbook unpacks to more than it may: copy your answers into a fresh template.")
        )
    names = [part.filename for part in parts]
    if "xl/workbook.xml" not in names or "[Content_Types].xml" not in names:
        raise BadBundle(
            _("This is not a workbook, whatever its name says: send the .xlsx file that you downloaded.")
        )
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise BadBundle(_("The workbook has macros: save it as .xlsx, without them."))
    layout = Layout({}, {})
    for name in names:
        if name.endswith((".xml", ".rels")):
            text = archive.read(name)
            if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
                raise BadBundle(
                    _(
                        "The file cannot be read: perhaps it is cut short. Save it once more and send it again."
                    )
                )
            if name.startswith("xl/worksheets/"):
                layout.merged[name] = [found.decode() for found in _MERGED.findall(text)][:200]
                layout.hidden[name] = list(_hidden(text))[:200]
    return layout


def _hidden(text: bytes) -> Iterator[int]:
    for row in _ROW.finditer(text):
        number = _NUMBER.search(row[0])
        if number and _HIDDEN.search(row[0]):
            yield int(number[1])
