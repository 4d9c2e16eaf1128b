"""What the browser is given: vendored files as they were made, light styles, nothing inline or foreign."""

import gzip
import re
import shutil
from pathlib import Path

import pytest

from alatau_portal import vendored

ROOT = Path(__file__).resolve().parents[2]
VENDOR = ROOT / "static" / "vendor"
CSS = ROOT / "static" / "css" / "portal.css"
#: The admin has a policy of its own.
TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*.html") if "admin" not in path.parts)


@pytest.mark.parametrize("folder", vendored.FOLDERS, ids=lambda folder: folder.parent.name)
def test_vendored_files_are_those_of_the_manifest(folder):
    assert list(vendored.faults(folder)) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda file: file.write_bytes(file.read_bytes() + b" "), "changed"),
        (lambda file: file.unlink(), "missing"),
        (lambda file: file.with_suffix(".more").touch(), "not in the manifest"),
    ],
)
def test_a_vendored_file_that_was_tampered_with_is_named(tmp_path, change, fault):
    folder = shutil.copytree(vendored.FOLDERS[0], tmp_path / "vendor")
    file = next(folder.rglob("*.woff2"))

    change(file)

    (said,) = vendored.faults(folder)
    assert file.stem in said
    assert said.endswith(fault)


def test_the_stylesheet_and_the_fonts_are_light():
    assert len(gzip.compress(CSS.read_bytes(), mtime=0)) <= 12 * 1024
    assert all(font.stat().st_size <= 27 * 1024 for font in VENDOR.rglob("*.woff2"))


def test_every_file_that_the_stylesheet_names_is_there():
    for address in re.findall(r'url\("([^"]+)"\)', CSS.read_text()):
        assert (CSS.parent / address).resolve().is_file(), address


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_templates_keep_to_the_content_security_policy(template):
    if template == ROOT / "templates/tasks/offline/form.html":
        return  # a file of its own, which people open without any server: its policy stands in it
    text = template.read_text()

    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|javascript:", text)
    text = text.replace('<script type="application/ld+json">', "")  # data, which no browser runs
    assert not re.search(r"<script(?![^>]*\bsrc=)[^>]*>", text)
    assert not re.search(r"""(src|action)=["'](https?:)?//""", text)


def test_pages_that_use_htmx_load_it():
    """Pages are judged with what they include, one level deep."""
    texts = {template: template.read_text() for template in TEMPLATES}
    parts = [template for template, text in texts.items() if " hx-" in text]
    names = [part.relative_to(ROOT / "templates").as_posix() for part in parts]
    pages = {template for template, text in texts.items() if any(f'"{name}"' in text for name in names)}

    assert pages
    assert [page for page in pages if "htmx-2.min.js" not in texts[page]] == []
