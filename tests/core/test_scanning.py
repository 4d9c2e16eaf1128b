"""Files are judged by a scanner that speaks as clamd does; one that is dead changes nothing."""

import socket
import threading

import pytest
from django.core.files.base import ContentFile

from core import scanning
from core.files import store
from core.jobs import scan_files
from core.models import Change

pytestmark = pytest.mark.django_db

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


@pytest.fixture
def clamd(settings):
    """Reads INSTREAM as clamd does, and finds EICAR."""
    server = socket.create_server(("127.0.0.1", 0))
    settings.SCANNER_URL = f"tcp://127.0.0.1:{server.getsockname()[1]}"

    def answer():
        while True:
            try:
                caller, _address = server.accept()
            except OSError:
                return
            with caller, caller.makefile("rb") as sent:
                assert sent.read(10) == b"zINSTREAM\0"
                content = b""
                while size := int.from_bytes(sent.read(4)):
                    content += sent.read(size)
                if content.startswith(b"too much"):
                    caller.sendall(b"INSTREAM size limit exceeded. ERROR\0")
                    continue
                found = b"Eicar-Signature FOUND" if EICAR[:20] in content else b"OK"
                caller.sendall(b"stream: " + found + b"\0")

    threading.Thread(target=answer, daemon=True).start()
    yield server
    server.close()


def test_what_is_clean_and_what_is_not(clamd):
    clean, bad = (store(ContentFile(content), "a.txt") for content in (b"a" * 200_000, EICAR))
    scan_files()
    for row, state in ((clean, "clean"), (bad, "infected")):
        row.refresh_from_db()
        assert row.scan_state == state
    assert Change.objects.filter(actor="system:scanner", note="Eicar-Signature").exists()
    assert scanning.scan_files() == 0


def test_a_file_that_is_not_judged_holds_up_none_behind_it(clamd):
    large, after = (store(ContentFile(content), "a.txt") for content in (b"too much", b"a"))
    assert scanning.scan_files() == 1
    for row, state in ((large, "pending"), (after, "clean")):
        row.refresh_from_db()
        assert row.scan_state == state


def test_a_dead_scanner_loses_nothing(settings):
    settings.SCANNER_URL = "tcp://127.0.0.1:1"
    row = store(ContentFile(b"a"), "a.txt")
    with pytest.raises(OSError, match="refused|reset"):
        scan_files()
    row.refresh_from_db()
    assert row.scan_state == "pending"


def test_without_one_nothing_is_asked(settings):
    settings.SCANNER_URL = ""
    store(ContentFile(b"a"), "a.txt")
    assert scanning.scan_files() == 0
