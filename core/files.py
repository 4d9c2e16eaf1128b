"""Stored files: type by content, size limit, hash, private store (decisions.md 7, reliability.md 5.3)."""

import hashlib
import unicodedata
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import PurePath
from typing import IO, Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.utils.translation import gettext as _

from core.exceptions import CannotStore, DomainError
from core.file_guards import MOST_PIXELS, is_harmful_archive, picture_fault
from core.models import StoredFile

MAX_BYTES = 25 * 2**20
CHUNK = 2**16
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FOLDERS = {DOCX: "word/", XLSX: "xl/"}
SIGNATURES = {"application/pdf": b"%PDF-", "image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff"}
#: What may be stored, by content, and the endings its name may have.
ALLOWED = {
    "application/pdf": {".pdf"},
    DOCX: {".docx"},
    XLSX: {".xlsx"},
    "image/jpeg": {".jpg", ".jpeg"},
    "image/png": {".png"},
    "text/plain": {".txt"},
}


class BadFile(DomainError):
    """The file cannot be stored; the text says why and what to do."""

    code = "bad_file"


def store(file: IO[bytes], name: str, *, by: Any = None, **facts: Any) -> StoredFile:
    """Keep the bytes under their hash and return the row, not yet scanned. Call it in the transaction of the change.

    The same bytes are kept once; a file without a row (the transaction failed) is only wasted space. CannotStore where
    there is no room, or no right to write.
    """
    name = safe_name(name)
    content = b"".join(_limited(file))
    if not content:
        raise BadFile(_("“%(name)s” is empty: choose another file.") % {"name": name})
    content_type = type_by_content(content, name)
    digest = hashlib.sha256(content).hexdigest()
    path = f"{digest[:2]}/{digest}"
    _alone_with(path)
    try:
        if not default_storage.exists(path):
            default_storage.save(path, ContentFile(content))
    except OSError as error:
        raise CannotStore(error) from error
    return StoredFile.objects.create(
        name=name,
        size=len(content),
        content_type=content_type,
        sha256=digest,
        path=path,
        uploaded_by=by,
        **facts,
    )


def discard(path: str) -> None:
    """Remove the bytes, unless a row has them. After the transaction that removed the row."""
    with transaction.atomic():
        _alone_with(path)
        if not StoredFile.objects.filter(path=path).exists():
            default_storage.delete(path)


def _alone_with(path: str) -> None:
    """Until the transaction ends, nobody else keeps or discards these bytes."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [path])


def type_by_content(content: bytes, name: str) -> str:
    """The MIME type that the bytes show; refused when it is not allowed or the name says something else."""
    ending = PurePath(name).suffix.lower()
    found = _sniff(content)
    if found not in ALLOWED or ending not in ALLOWED[found]:
        endings = ", ".join(sorted(set().union(*ALLOWED.values())))
        raise BadFile(
            _("“%(name)s” is not what its name says, or not of an allowed kind. Allowed: %(endings)s.")
            % {"name": name, "endings": endings}
        )
    if fault := _fault(content, found):
        raise BadFile(fault % {"name": name, "millions": MOST_PIXELS // 10**6})
    return found


def _fault(content: bytes, kind: str) -> str:
    """Why a file of an allowed kind is refused all the same."""
    if kind in FOLDERS and is_harmful_archive(content):
        return _(
            "“%(name)s” is damaged, unpacks far too large, or holds a macro or a program: save it anew without."
        )
    if not kind.startswith("image/"):
        return ""
    faults = {
        "too_large": _(
            "The picture “%(name)s” has more than %(millions)s million pixels: make it smaller and send it again."
        ),
        "broken": _("The picture “%(name)s” is broken or cut short: take it again, or send another."),
    }
    return faults.get(picture_fault(content), "")


def safe_name(name: str) -> str:
    """The last part of the name, with Kazakh and Russian letters, without control, bidi and reserved characters."""
    name = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    name = "".join(c for c in name if unicodedata.category(c)[0] != "C" and c not in '<>:"|?*').strip(" .")
    return name[-200:] or "file"


def _sniff(content: bytes) -> str:
    """The allowed kind that these bytes are, or nothing."""
    for kind, beginning in SIGNATURES.items():
        if content.startswith(beginning):
            return kind
    if content.startswith(b"PK"):
        return _office_kind(content)
    return "text/plain" if _is_text(content) else ""


def _office_kind(content: bytes) -> str:
    """Word and Excel files are archives: their folders tell them apart."""
    try:
        names = zipfile.ZipFile(BytesIO(content)).namelist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        return ""
    kinds = [kind for kind, folder in FOLDERS.items() if any(name.startswith(folder) for name in names)]
    return kinds[0] if len(kinds) == 1 and "[Content_Types].xml" in names else ""


def _is_text(content: bytes) -> bool:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return all(c in "\t\n\r" or unicodedata.category(c) != "Cc" for c in text)


def _limited(file: IO[bytes]) -> Iterator[bytes]:
    size = 0
    while chunk := file.read(CHUNK):
        size += len(chunk)
        if size > MAX_BYTES:
            raise BadFile(_("The file is larger than %(limit)s MB.") % {"limit": MAX_BYTES // 2**20})
        yield chunk
