"""Names of countries by their ISO 3166-1 codes: of investors, in words of the interface; of all, to choose from."""

from functools import cache
from pathlib import Path

import yaml
from django.utils.translation import gettext_lazy as _

from core.text import LANGUAGES, sort_key

COUNTRIES = {
    "AE": _("United Arab Emirates"),
    "CN": _("China"),
    "DE": _("Germany"),
    "FR": _("France"),
    "GB": _("United Kingdom"),
    "HK": _("Hong Kong"),
    "IT": _("Italy"),
    "JP": _("Japan"),
    "KG": _("Kyrgyzstan"),
    "KR": _("South Korea"),
    "KZ": _("Kazakhstan"),
    "MY": _("Malaysia"),
    "NL": _("Netherlands"),
    "QA": _("Qatar"),
    "RU": _("Russia"),
    "SA": _("Saudi Arabia"),
    "SG": _("Singapore"),
    "TR": _("Türkiye"),
    "US": _("United States"),
    "UZ": _("Uzbekistan"),
}


@cache
def to_choose(language: str) -> tuple[tuple[str, str], ...]:
    """(code, name) of every country, in the order of the reader's alphabet."""
    names = yaml.safe_load((Path(__file__).parent / "data" / "countries.yaml").read_text(encoding="utf-8"))
    place = LANGUAGES.index(language)
    return tuple(sorted(((code, told[place]) for code, told in names.items()), key=lambda c: sort_key(c[1])))


def country_name(code: str, language: str) -> str:
    """In the language; the code itself where it is of no country that we know."""
    return dict(to_choose(language)).get(code, code)
