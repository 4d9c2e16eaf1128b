"""The catalogues are complete, say what the code asks for, are well written, and are compiled."""

import re
import shutil
import subprocess
from pathlib import Path

import polib
import pytest
from django.apps import apps
from django.utils import translation

from tests.pages.vocabulary import translations

ROOT = Path(__file__).resolve().parent.parent.parent
CATALOGUES = [
    ROOT / place / language / "LC_MESSAGES" / domain
    for place, domain in (
        ("locale", "django"),
        ("alatau_portal/library_locale", "django"),
        ("alatau_portal/library_locale", "djangojs"),
    )
    for language in ("kk", "ru")
]
OWN, OWN_RU, LIBRARY = CATALOGUES[:3]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*(?::\w)?\}|%[sd]")
TAG = re.compile(r"<[^>]+>")
KAZAKH = set("әғқңөұүһіӘҒҚҢӨҰҮҺІ")

each_catalogue = pytest.mark.parametrize(
    "catalogue", CATALOGUES, ids=lambda path: f"{path.parts[-4]}-{path.parts[-3]}-{path.name}"
)


def entries(catalogue):
    source = polib.pofile(str(catalogue.with_suffix(".po")))
    return [entry for entry in source if not entry.obsolete]


def wrong(catalogue, is_wrong):
    return [
        (entry.msgid, text) for entry in entries(catalogue) for text in translations(entry) if is_wrong(text)
    ]


@each_catalogue
def test_every_message_is_translated_and_none_is_fuzzy(catalogue):
    assert [entry.msgid for entry in entries(catalogue) if not entry.translated() or entry.fuzzy] == []


@each_catalogue
def test_placeholders_are_those_of_the_message(catalogue):
    wrong = []
    for entry in entries(catalogue):
        asked = set(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
        given = translations(entry)
        wrong += [entry.msgid for text in given if set(PLACEHOLDER.findall(text)) - asked]
        wrong += [entry.msgid for text in given[-1:] if asked - set(PLACEHOLDER.findall(text))]
    assert wrong == []


@each_catalogue
def test_gettext_compiles_it(catalogue, tmp_path):
    """As `manage.py compilemessages` does; the compiled file is committed, so gettext need not be there."""
    if not (msgfmt := shutil.which("msgfmt")):
        pytest.skip("GNU gettext is not installed")
    words = [msgfmt, "--check-format", "-o", str(tmp_path / "compiled.mo"), str(catalogue.with_suffix(".po"))]

    done = subprocess.run(words, capture_output=True, text=True)

    assert (done.returncode, done.stderr) == (0, "")


@each_catalogue
def test_what_is_compiled_is_what_is_written(catalogue):
    compiled = polib.mofile(str(catalogue.with_suffix(".mo")))

    assert {(e.msgctxt, e.msgid): translations(e) for e in compiled} == {
        (e.msgctxt, e.msgid): translations(e) for e in entries(catalogue)
    }


@each_catalogue
def test_it_is_set_as_a_printer_would(catalogue):
    """«Quotes», a dash that is none of the hyphens, three dots that are one sign, no doubled space."""

    def is_wrong(text):
        plain = TAG.sub("", text)
        return re.search(r'["“”„]|\'\w[^\']*\'| - |\.\.\.|(?<=\S)  (?=\S)|№\w|№ ', plain)

    assert wrong(catalogue, is_wrong) == []


@each_catalogue
def test_a_number_is_not_parted_from_its_unit(catalogue):
    """No-break spaces: 100 %, 5 МБ, № 7."""
    assert (
        wrong(catalogue, lambda text: re.search(r"(\d|\)[sd]|\}) (%(?!\()|[КМГТП]Б\b|га\b|км\b|м²)", text))
        == []
    )


@each_catalogue
def test_a_sentence_ends_with_a_stop_and_a_label_with_none(catalogue):
    """An abbreviation (г., ж., чел.) ends with a dot of its own."""
    unlike = []
    for entry in entries(catalogue):
        is_sentence = (entry.msgid_plural or entry.msgid).strip().rstrip(")”").endswith((".", "!", "?"))
        for text in translations(entry):
            last = text.strip().rstrip(")»")
            stops = last.endswith((".", "?", "!", "…", ":"))
            is_abbreviation = len(re.split(r"[\s(]", last)[-1]) <= 5
            if (is_sentence and not stops) or (
                not is_sentence and last.endswith(".") and not is_abbreviation
            ):
                unlike.append((entry.msgid, text))
    assert [pair for pair in unlike if pair[0] not in TIMES] == []


#: Hours of a clock that has twelve.
TIMES = {"6 a.m.", "6 p.m."}


@pytest.mark.parametrize("catalogue", [path for path in CATALOGUES if "kk" in path.parts], ids=str)
def test_kazakh_has_no_plural_after_a_number(catalogue):
    counted = [entry for entry in entries(catalogue) if entry.msgid_plural]

    assert counted
    assert [entry.msgid for entry in counted if len(set(translations(entry))) > 1] == []


def test_kazakh_names_of_models_have_one_form():
    """The admin puts a number before the name of the many: «17 жоба». Tables that only join have no name."""
    with translation.override("kk"):
        forms = [
            (str(model._meta.verbose_name), str(model._meta.verbose_name_plural))
            for app in ("core", "accounts", "districts", "investors", "tasks")
            for model in apps.get_app_config(app).get_models()
            if "verbose_name" in model._meta.original_attrs
        ]

    assert [pair for pair in forms if pair[0] != pair[1]] == []


def test_russian_has_no_kazakh_letters():
    names = re.compile("Қазақстан|Қазақша|«құрылыс»")
    for catalogue in CATALOGUES[1::2]:
        assert wrong(catalogue, lambda text: KAZAKH & set(names.sub("", text))) == []


@each_catalogue
def test_nothing_is_left_in_english(catalogue):
    """A translation that is the message itself is a name or a code."""
    same = {entry.msgid for entry in entries(catalogue) if entry.msgid in translations(entry)}

    assert {text for text in same if re.search(r"[a-z]{2}", PLACEHOLDER.sub("", TAG.sub("", text)))} <= NAMES


NAMES = {"IPv4", "IPv6", "Alatau City", "Creative Commons Attribution 4.0 International"}


def test_what_differs_is_called_differently():
    """Words that stand side by side on a page and must not be taken for one another."""
    for catalogue in (OWN, OWN_RU):
        said = {(entry.msgctxt, entry.msgid): entry.msgstr for entry in entries(catalogue)}
        assert said[None, "cancelled"].casefold() not in said[None, "Suspended"].casefold()
        assert said["unit", "floors"] != said[None, "floors"]


def test_no_message_of_the_code_is_missing():
    """Every literal given to gettext in the portal's own code and templates stands in the catalogues."""
    known = {entry.msgid for catalogue in (OWN, LIBRARY) for entry in entries(catalogue)}
    asked = set()
    for app in ("alatau_portal", "accounts", "core", "districts", "investors", "tasks"):
        for file in (ROOT / app).rglob("*.py"):
            asked |= set(CALL.findall(file.read_text()))
    for file in (ROOT / "templates").rglob("*.*"):
        asked |= {message for _quote, message in TRANSLATE.findall(file.read_text())}
    assert {text for text in asked - known if "\\" not in text} == set()


CALL = re.compile(r'(?<![\w.])(?:_|gettext|gettext_lazy)\(\s*"((?:[^"\\]|\\.)+)"\s*[,)]')
TRANSLATE = re.compile(r"""(?:\{%-?\s*translate\s+|_\()(["'])(.+?)\1""")
