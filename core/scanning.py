"""What a virus scanner says of stored files: clamd, asked over a socket (INSTREAM, clamd(8)).

Without SCANNER_URL nothing is asked, and files wait until somebody of the office releases them. A scanner that does not
answer changes nothing: the files wait, and are asked about again.
"""

import logging
import socket
from contextlib import closing
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from core import ledger
from core.choices import ScanState
from core.exceptions import Conflict
from core.models import StoredFile

logger = logging.getLogger(__name__)

ACTOR = "system:scanner"
#: Bytes sent at once, seconds to wait, files a run.
PIECE, PATIENCE, AT_ONCE = 2**16, 30, 50


class NotJudged(OSError):
    """It does not judge this file: larger than it takes, cut off, or an answer that is not clamd's."""


def scan_files() -> int:
    """Ask about files that wait, one transaction each; returns how many were judged.

    One that is not judged goes on waiting and holds up none behind it. OSError where nobody answers at all.
    """
    if not settings.SCANNER_URL:
        return 0
    waiting = StoredFile.objects.filter(scan_state=ScanState.PENDING).order_by("pk")
    judged = 0
    for pk in list(waiting.values_list("pk", flat=True)):
        try:
            judged += _judge(pk)
        except NotJudged:
            logger.exception("file %s was not judged", pk)
        if judged == AT_ONCE:
            break
    return judged


@transaction.atomic
def _judge(pk: int) -> bool:
    """A file that another worker asks about is his."""
    row = (
        StoredFile.objects.select_for_update(skip_locked=True)
        .filter(pk=pk, scan_state=ScanState.PENDING)
        .first()
    )
    if row is None:
        return False
    try:
        with default_storage.open(row.path) as file:
            found = ask(file.read())
    except FileNotFoundError:
        return False
    row.scan_state = ScanState.INFECTED if found else ScanState.CLEAN
    with ledger.acting(ACTOR, "scan", found):
        row.save(update_fields=["scan_state"])
    return True


@transaction.atomic
def release(pk: int, *, by: Any, note: str = "") -> StoredFile:
    """Somebody has looked at a file that no scanner judged: from now on it is handed out. The caller has asked whether
    he may. Conflict: the scanner found something in it."""
    row = StoredFile.objects.select_for_update().get(pk=pk)
    if row.scan_state == ScanState.INFECTED:
        raise Conflict(_("The scanner found something in this file: it is not released."))
    if row.scan_state == ScanState.PENDING:
        row.scan_state = ScanState.CLEAN
        with ledger.acting(by, "release_file", note):
            row.save(update_fields=["scan_state"])
    return row


def ask(content: bytes) -> str:
    """What was found in it; nothing where it is clean."""
    with closing(_connected()) as scanner:
        try:
            answer = _answer(scanner, content)
        except ConnectionError as error:  # what is larger than it takes, it cuts off
            raise NotJudged(str(error)) from error
    said = answer.rstrip(b"\0\n").decode(errors="replace").removeprefix("stream: ")
    if said == "OK":
        return ""
    if said.endswith(" FOUND"):
        return said.removesuffix(" FOUND")
    raise NotJudged(said)


def _answer(scanner: socket.socket, content: bytes) -> bytes:
    scanner.sendall(b"zINSTREAM\0")
    for start in range(0, len(content), PIECE):
        piece = content[start : start + PIECE]
        scanner.sendall(len(piece).to_bytes(4) + piece)
    scanner.sendall(bytes(4))
    answer = b""
    while piece := scanner.recv(4096):
        answer += piece
    return answer


def _connected() -> socket.socket:
    url = urlsplit(settings.SCANNER_URL)
    if url.scheme == "unix":
        scanner = socket.socket(socket.AF_UNIX)
        scanner.settimeout(PATIENCE)
        scanner.connect(url.path)
        return scanner
    return socket.create_connection((url.hostname or "", url.port or 3310), PATIENCE)
