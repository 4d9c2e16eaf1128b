"""What the browser is given: vendored files as they were made, light styles, nothing inline or foreign."""

import gzip
import json
import re
from hashlib import sha256
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
VENDOR = ROOT / "static" / "vendor"
CSS = ROOT / "static" / "css" / "portal.css"
#: The admin has a policy of its own.
TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*.html") if "admin" not in path.parts)


def test_vendored_files_are_those_of_the_manifest():
    manifest = json.loads((VENDOR / "MANIFEST.json").read_text())
    listed = {name: digest for package in manifest.values() for name, digest in package["files"].items()}
    present = {
        str(path.relative_to(VENDOR)): sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.rglob("*")
        if path.is_file() and path.name != "MANIFEST.json"
    }

    assert present == listed
    assert all(package["license"] and package["version"] for package in manifest.values())


def test_the_stylesheet_and_the_fonts_are_light():
    assert len(gzip.compress(CSS.read_bytes(), mtime=0)) <= 12 * 1024
    assert all(font.stat().st_size <= 27 * 1024 for font in VENDOR.rglob("*.woff2"))


def test_every_file_that_the_stylesheet_names_is_there():
    for address in re.findall(r'url\("([^"]+)"\)', CSS.read_text()):
        assert (CSS.parent / address).resolve().is_file(), address


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_templates_keep_to_the_content_security_policy(template):
    text = template.read_text()

    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|javascript:", text)
    assert not re.search(r"<script(?![^>]*\bsrc=)[^>]*>", text)
    assert not re.search(r"""(src|action)=["'](https?:)?//""", text)


def _luminance(colour: str) -> float:
    full = colour if len(colour) == 7 else "#" + "".join(2 * digit for digit in colour[1:])
    parts = [int(full[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    lighter, darker = sorted([_luminance(one), _luminance(other)], reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


TOKENS = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", CSS.read_text()))


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        *((text, ground) for text in ("ink", "muted", "brand", "brand-ink") for ground in ("bg", "soft")),
        *(
            (district, ground)
            for district in ("gate", "golden", "growing", "green")
            for ground in ("bg", "soft")
        ),
        ("ok", "ok-bg"),
        ("warn", "warn-bg"),
        ("bad", "bad-bg"),
        ("bad", "bg"),
        ("brand-ink", "brand-soft"),
        ("bg", "deep"),
        ("bg", "brand"),
        ("deep-muted", "deep"),
    ],
)
def test_text_can_be_read_on_its_ground(text, ground):
    assert _contrast(TOKENS[text], TOKENS[ground]) >= 4.5
