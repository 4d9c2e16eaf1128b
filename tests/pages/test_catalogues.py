"""The catalogues are complete, say what the code asks for, and are compiled."""

import re
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
CATALOGUES = [
    ROOT / place / language / "LC_MESSAGES"
    for place in ("locale", "alatau_portal/library_locale")
    for language in ("kk", "ru")
]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}|%[sd]")
KAZAKH = set("әғқңөұүһіӘҒҚҢӨҰҮҺІ")


def entries(catalogue):
    return [entry for entry in polib.pofile(catalogue / "django.po") if not entry.obsolete]


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda path: f"{path.parts[-3]}-{path.parts[-2]}")
def test_every_message_is_translated_and_none_is_fuzzy(catalogue):
    assert [entry.msgid for entry in entries(catalogue) if not entry.translated() or entry.fuzzy] == []


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda path: f"{path.parts[-3]}-{path.parts[-2]}")
def test_placeholders_are_those_of_the_message(catalogue):
    wrong = []
    for entry in entries(catalogue):
        asked = set(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
        given = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
        wrong += [entry.msgid for text in given if set(PLACEHOLDER.findall(text)) - asked]
        wrong += [entry.msgid for text in given[-1:] if asked - set(PLACEHOLDER.findall(text))]
    assert wrong == []


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda path: f"{path.parts[-3]}-{path.parts[-2]}")
def test_what_is_compiled_is_what_is_written(catalogue):
    written = {(e.msgctxt, e.msgid): e.msgstr or e.msgstr_plural for e in entries(catalogue)}
    compiled = {
        (e.msgctxt, e.msgid): e.msgstr or e.msgstr_plural for e in polib.mofile(catalogue / "django.mo")
    }

    assert compiled == written


def test_kazakh_has_no_plural_after_a_number():
    forms = [e.msgstr_plural for e in entries(CATALOGUES[0]) if e.msgid_plural]

    assert forms
    assert all(len(set(form.values())) == 1 for form in forms)


def test_russian_has_no_kazakh_letters():
    names = {"Қазақстан"}
    assert [
        e.msgid
        for e in entries(CATALOGUES[1])
        if KAZAKH & set(e.msgstr) and not names & set(e.msgstr.split())
    ] == []


def test_no_message_of_the_code_is_missing(tmp_path):
    """Every literal given to gettext in the portal's own code and templates stands in the catalogues."""
    known = {entry.msgid for entry in entries(CATALOGUES[0])}
    missing = set()
    for app in ("alatau_portal", "accounts", "core", "districts", "investors", "tasks"):
        for file in (ROOT / app).rglob("*.py"):
            missing |= (
                set(
                    re.findall(
                        r'(?<![\w.])(?:_|gettext|gettext_lazy)\(\s*"((?:[^"\\]|\\.)+)"\s*[,)]',
                        file.read_text(),
                    )
                )
                - known
            )
    for file in (ROOT / "templates").rglob("*.html"):
        missing |= set(re.findall(r"""\{%-?\s*translate\s+"([^"]+)\"""", file.read_text())) - known
        missing |= set(re.findall(r"""\{%-?\s*translate\s+'([^']+)'""", file.read_text())) - known
    assert {text for text in missing if "\\" not in text} == set()
