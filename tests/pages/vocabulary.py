"""Every word that the portal may say in a language: those of its catalogues and those of the data in that language.

A page is read against this closed list. A message without a translation comes out in English, one that somebody wrote
into the code in whatever language he wrote: either is a word that no catalogue of this language has.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import polib
from django.apps import apps
from django.db import models
from django.utils.translation import trans_real

from core import formats
from core.countries import to_choose
from core.text import LANGUAGES
from tests.pages.heard import words

ROOT = Path(__file__).resolve().parents[2]
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}|<[^>]+>|&\w+;")
#: Said in every language: names of things that have one name, units of measure, what a language calls itself.
EVERYWHERE = set(
    """alatau city qaz рус қаз eng қазақша русский english kk ru en km kb kzt usd eur rub cny
    api json csv xlsx pdf geojson svg html oc4ids wcag rk iso utc cc by uuid url ip sha totp qr pin webauthn
    geonames natural earth golos text openapi swagger github gate golden growing green district
    ctrl control enter esc shift tab alt python django ofl ақша ский lish""".split()
)


@cache
def catalogue(language: str) -> list[polib.POEntry]:
    found: list[polib.POEntry] = []
    for place in ("locale", "alatau_portal/library_locale"):
        for domain in ("django", "djangojs"):
            path = ROOT / place / language / "LC_MESSAGES" / f"{domain}.po"
            if path.exists():
                found += [entry for entry in polib.pofile(str(path)) if not entry.obsolete]
    return found


def translations(entry: polib.POEntry) -> list[str]:
    return [*entry.msgstr_plural.values()] if entry.msgid_plural else [entry.msgstr]


def _of_catalogues(language: str) -> Iterator[str]:
    """Ours; in Russian the libraries' own too, which are right. Their Kazakh is neither complete nor correct."""
    texts = [text for entry in catalogue(language) for text in translations(entry)]
    if language == "ru":
        texts += [text for one in trans_real.translation("ru")._catalog._catalogs for text in one.values()]
    yield from (PLACEHOLDER.sub(" ", text) for text in texts if isinstance(text, str))


def _of_templates(language: str) -> Iterator[str]:
    """Long texts are written in each language in a file of its own."""
    for path in (ROOT / "templates").rglob(f"{language}.html"):
        yield re.sub(r"<[^>]+>|\{%.*?%\}|\{\{.*?\}\}|&\w+;", " ", path.read_text(), flags=re.DOTALL)
    yield (ROOT / "docs" / f"runbook.{language}.md").read_text()


def _of_formats(language: str) -> Iterator[str]:
    """Months, seasons, qualifiers and names of currencies are Python (core/formats.py)."""
    tables = [formats.QUALIFIED, formats.CURRENCIES, *(({"": names}) for _size, names in formats.SCALES)]
    yield from (row[language].replace("{}", " ") for table in tables for row in table.values())
    yield from (*formats.MONTHS[language], *formats.SEASONS[language], formats.DATE_NOT_PUBLISHED[language])
    yield {"kk": "ж жылғы дерек", "ru": "г на", "en": "as of"}[language]
    if language == "kk":
        yield from (*formats.MONTHS_KK_LOCATIVE, *formats.SEASONS_KK_LOCATIVE)
    if language == "ru":
        yield from (*formats.MONTHS_RU_GENITIVE, *formats.SEASONS_RU_ACCUSATIVE)


def _columns(model: type[models.Model], languages: Iterable[str], plain: bool) -> Iterator[str]:
    for field in model._meta.concrete_fields:
        if isinstance(field, models.CharField | models.TextField) and not field.choices:
            written = field.name.rpartition("_")[2]
            if written in languages or (plain and written not in LANGUAGES):
                yield field.name


def of_data(languages: Iterable[str], plain: bool = True) -> set[str]:
    """Words of the rows: of their columns in these languages, and of the columns that have none (names, codes)."""
    found: set[str] = set()
    for model in apps.get_models():
        if model._meta.app_label in {"core", "accounts", "districts", "investors", "tasks"}:
            for name in _columns(model, languages, plain):
                texts = model._base_manager.exclude(**{name: ""}).values_list(name, flat=True).distinct()
                found.update(word.casefold() for text in texts if text for word in words(text))
    return found


def known(language: str) -> set[str]:
    countries = (name for _code, name in to_choose(language))
    texts = (*_of_catalogues(language), *_of_templates(language), *_of_formats(language), *countries)
    return EVERYWHERE | {word.casefold() for text in texts for word in words(text)} | of_data([language])


def foreign(language: str) -> set[str]:
    """Whole messages as they are in English and in the other languages, where they are not the same here."""
    here = {text for entry in catalogue(language) for text in translations(entry)}
    others = {
        text
        for other in LANGUAGES
        if other not in (language, "en")
        for e in catalogue(other)
        for text in translations(e)
    }
    others |= {entry.msgid for entry in catalogue(language)}
    return {text for text in others - here if {word.casefold() for word in words(text)} - EVERYWHERE}
