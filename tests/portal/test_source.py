"""What stands in no file of ours: dangerous calls, weak hashes, guessable secrets, loose packages, open XML."""

import ast
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pytest
from django.core.exceptions import ValidationError

from tasks.offline.book_guard import looked_at
from tasks.offline.frozen import BadBundle
from tasks.reading.files import text_of

ROOT = Path(__file__).resolve().parents[2]
APPS = ["core", "accounts", "districts", "investors", "tasks", "alatau_portal"]
#: By the names of ruff's rules, which are those of Bandit.
DANGERS = {
    "S102,S307,S604,S605,S602,S609": "eval, exec, a shell",
    "S301,S302,S506": "pickle, marshal, YAML that makes objects",
    "S303,S324,S304,S305": "MD5, SHA-1, DES, ECB and their like",
    "S501,S323,S502,S503,S504": "TLS that proves nothing",
    "S608,S610,S611": "SQL put together from words",
    "S313,S314,S315,S316,S317,S318,S319": "XML parsers that follow entities",
    "S701,S702": "templates that escape nothing",
}


@pytest.mark.parametrize("rules", DANGERS, ids=lambda rules: DANGERS[rules])
def test_no_file_of_ours_does_what_is_dangerous(rules: str) -> None:
    ruff = shutil.which("ruff", path=str(Path(sys.executable).parent))
    asked = [ruff or "ruff", "check", "--no-cache", "--isolated", "--quiet", "--output-format", "concise"]
    excluded = ["--exclude", "*/migrations/*", "--select", rules]

    said = subprocess.run([*asked, *excluded, *APPS], cwd=ROOT, capture_output=True, text=True)

    assert (said.returncode, said.stdout, said.stderr) == (0, "", "")


def test_what_looks_for_dangers_finds_them(tmp_path: Path) -> None:
    (tmp_path / "bad.py").write_text("import hashlib\nhashlib.md5(b'x')\neval('1')\n")

    said = subprocess.run(
        [
            str(Path(sys.executable).parent / "ruff"),
            "check",
            "--no-cache",
            "--isolated",
            "--select",
            "S307,S324",
            ".",
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )

    assert said.returncode == 1 and "S307" in said.stdout and "S324" in said.stdout


def calls(name: str) -> Iterator[tuple[Path, ast.Call]]:
    """Calls of `secrets.<name>` in the apps."""
    for app in APPS:
        for file in (ROOT / app).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text())):
                if isinstance(node, ast.Call) and ast.unparse(node.func) == name:
                    yield file.relative_to(ROOT), node


def test_no_template_is_made_of_words() -> None:
    """Templates are files; `investors.answering.Template` is a text that an answer begins with."""
    made = {
        str(file.relative_to(ROOT))
        for app in APPS
        for file in (ROOT / app).rglob("*.py")
        if re.search(
            r"(?<!\w)(Template|from_string|Environment)\(", re.sub(r"class \w+\(", "", file.read_text())
        )
    }

    assert made <= {"investors/answering.py", "alatau_portal/environment.py"}


SINKS = re.compile(
    r"(inner|outer)HTML\s*\+?=[^=]|insertAdjacentHTML|document\.write|\beval\(|new Function|__proto__"
)


@pytest.mark.parametrize("script", sorted((ROOT / "static" / "js").rglob("*.js")), ids=lambda path: path.name)
def test_scripts_of_ours_write_words_and_no_markup(script: Path) -> None:
    assert SINKS.findall(script.read_text()) == []


#: Names of files and numbers of requests, which open nothing.
NO_SECRETS = {
    *("core/tracing.py", "core/storage.py", "core/mail.py", "alatau_portal/embedded/outside.py"),
}


@pytest.mark.parametrize("made", ["secrets.token_urlsafe", "secrets.token_hex", "secrets.token_bytes"])
def test_what_must_not_be_guessed_has_128_bits_and_more(made: str) -> None:
    found = {f"{file}:{call.lineno}": call for file, call in calls(made) if str(file) not in NO_SECRETS}

    assert found
    assert [where for where, call in found.items() if ast.literal_eval(call.args[0]) < 16] == []


def test_chance_that_can_be_foretold_makes_no_secret() -> None:
    """Only the pauses between deliveries differ by it."""
    users = {
        str(file.relative_to(ROOT))
        for app in APPS
        for file in (ROOT / app).rglob("*.py")
        if re.search(r"^\s*(import random|from random import)", file.read_text(), re.M)
    }

    assert {name for name in users if "/demo" not in name} == {"accounts/services/deliveries.py"}


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-test.lock"])
def test_every_package_is_pinned_and_known_by_its_hash(lock: str) -> None:
    text = (ROOT / lock).read_text()
    packages = re.findall(
        r"^([a-z0-9][\w.\[\],-]*)==(\S+) (\\\n(?: +--hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", text, re.M
    )

    assert len(packages) == len(re.findall(r"^\w", text, re.M)) > 80
    assert not re.search(r"--(extra-)?index-url|--find-links|https?://|git\+", re.sub(r"#.*", "", text))


ENTITY = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY secret SYSTEM "file://{0}">]>'


def with_entity(made: bytes, part: str, where: str, secret: Path) -> bytes:
    """The Office file with an entity that names a file of this machine, used in one of its parts."""
    packed = BytesIO()
    with zipfile.ZipFile(BytesIO(made)) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == part:
                body = re.sub(rb"<\?xml[^>]*\?>", b"", text).replace(where.encode(), b"&secret;")
                text = ENTITY.format(secret).encode() + body
            new.writestr(name, text)
    return packed.getvalue()


def test_a_document_reads_no_file_of_this_machine(tmp_path: Path) -> None:
    (secret := tmp_path / "secret").write_text("hunter2 and more words")
    document, packed = docx.Document(), BytesIO()
    document.add_paragraph("Протокол")
    document.add_paragraph("MARK")
    document.save(packed)

    try:
        text = text_of(with_entity(packed.getvalue(), "word/document.xml", "MARK", secret), "a.docx")
    except ValidationError:
        text = ""

    assert "hunter2" not in text


def test_a_workbook_with_entities_is_not_opened(tmp_path: Path) -> None:
    (secret := tmp_path / "secret").write_text("hunter2")
    book, packed = openpyxl.Workbook(), BytesIO()
    book.active["A1"] = "MARK"
    book.save(packed)

    looked_at(packed.getvalue())
    with pytest.raises(BadBundle):
        looked_at(with_entity(packed.getvalue(), "xl/worksheets/sheet1.xml", "MARK", secret))
