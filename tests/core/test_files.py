"""Stored files: typed by their content, kept under their hash, refused with a sentence."""

import io
import zipfile
from hashlib import sha256

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from core import files
from core.models import StoredFile

pytestmark = pytest.mark.django_db

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


def jpeg():
    content = io.BytesIO()
    Image.new("RGB", (2, 2), "red").save(content, "JPEG")
    return content.getvalue()


def office_file(folder):
    """The least that is a Word or Excel file."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("_rels/.rels", "<Relationships/>")
        archive.writestr(f"{folder}/document.xml", "<x/>")
    return content.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("есеп.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", "application/pdf"),
        ("сурет.PNG", PNG, "image/png"),
        ("сурет.jpg", jpeg(), "image/jpeg"),
        ("мәтін.txt", "Тапсырма: құрылысты жеделдету\n".encode(), "text/plain"),
    ],
)
def test_a_file_is_kept_as_it_came(name, content, kind):
    stored = files.store(io.BytesIO(content), name)

    assert (stored.name, stored.size, stored.content_type) == (name, len(content), kind)
    assert stored.sha256 == sha256(content).hexdigest()
    assert (stored.scan_state, stored.visibility) == ("pending", "internal")
    with default_storage.open(stored.path) as kept:
        assert kept.read() == content


@pytest.mark.parametrize(("name", "folder"), [("хаттама.docx", "word"), ("кесте.xlsx", "xl")])
def test_an_office_file_is_known_by_what_is_in_it(name, folder):
    assert files.store(io.BytesIO(office_file(folder)), name).content_type in files.ALLOWED


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.pdf", b""),
        ("picture.png", b"%PDF-1.7\n"),
        ("cut.jpg", jpeg()[:-20]),
        ("page.html", b"<html><script>alert(1)</script></html>"),
        ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("page.txt", b"MZ\x90\x00\x03\x00\x00\x00"),
        ("program.exe", b"MZ\x90\x00\x03\x00\x00\x00"),
        ("archive.zip", office_file("nothing")),
        ("report.docx", office_file("xl")),
        ("no ending", b"text"),
        ("null.txt", b"a\x00b"),
    ],
)
def test_what_is_not_what_it_says_is_refused(name, content):
    with pytest.raises(files.BadFile):
        files.store(io.BytesIO(content), name)

    assert not StoredFile.objects.exists()


def test_a_picture_that_is_cut_short_is_refused_whatever_was_loaded_besides():
    """WeasyPrint tells the library of pictures to take them."""
    import weasyprint  # noqa: F401

    made = io.BytesIO()
    Image.new("RGB", (300, 300), "red").save(made, "PNG")

    with pytest.raises(files.BadFile):
        files.store(io.BytesIO(made.getvalue()[:-60]), "a.png")


def test_a_file_over_the_limit_is_refused_before_it_is_read_whole(monkeypatch):
    monkeypatch.setattr(files, "MAX_BYTES", 2 * files.CHUNK)
    endless = io.BytesIO(b"a" * 10 * files.CHUNK)

    with pytest.raises(files.BadFile):
        files.store(endless, "long.txt")

    assert endless.tell() == 3 * files.CHUNK


def test_the_same_bytes_are_kept_once():
    first, second = (files.store(io.BytesIO(b"text"), name) for name in ("a.txt", "b.txt"))

    assert first.path == second.path
    assert first.pk != second.pk


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\Есеп.pdf", "Есеп.pdf"),
        ("photo\u202egpj.exe", "photogpj.exe"),
        ("a<b>:c?.txt", "abc.txt"),
        ("...", "file"),
    ],
)
def test_a_name_is_only_a_name(given, kept):
    assert files.safe_name(given) == kept
