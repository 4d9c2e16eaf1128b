"""Trilingual text, forgiving search and the Kazakh alphabet: one place for Python, its twin in sql/text.sql."""

from typing import NamedTuple

from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _

LANGUAGES = ("kk", "ru", "en")

#: The Kazakh alphabet in its own order. The embedded PostgreSQL has no ICU, so its order is stored (traps.md 13).
KAZAKH = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
FOLDED_FROM = "әғқңөұүһіё"
FOLDED_TO = "агкноуухие"

_FOLD = str.maketrans(FOLDED_FROM, FOLDED_TO)
_SORT = str.maketrans({letter: chr(0xE001 + place) for place, letter in enumerate(KAZAKH)})


def fold(text: str) -> str:
    """Text as search compares it: «Құрылыс» and «курылыс» are one word. Twin of core_fold()."""
    return text.lower().translate(_FOLD)


def sort_key(text: str) -> str:
    """Text whose byte order is the order of the Kazakh alphabet. Twin of core_sort_kk()."""
    return text.lower().translate(_SORT)


class Text(NamedTuple):
    """One text in three languages. An empty string is a translation that does not exist, and says so."""

    kk: str = ""
    ru: str = ""
    en: str = ""

    @classmethod
    def of(cls, value: "Text | dict[str, str | None] | None") -> "Text":
        if isinstance(value, Text):
            return value
        if unknown := set(value or {}) - set(LANGUAGES):
            raise ValueError(f"a text is in kk, ru or en, not in {', '.join(sorted(unknown))}")
        return cls(**{language: (value or {}).get(language) or "" for language in LANGUAGES})

    def __bool__(self) -> bool:
        return any(self)

    def shown(self, language: str | None = None) -> tuple[str, str]:
        """(text, language it is in): the language asked for, else the first that exists, Kazakh first."""
        wanted = language or (get_language() or "kk")[:2]
        for candidate in (wanted, *LANGUAGES):
            if text := getattr(self, candidate, ""):
                return text, candidate
        return "", wanted

    def __str__(self) -> str:
        text, language = self.shown()
        return text if self._is_wanted(language) or not text else f"{text} [{language}]"

    def __html__(self) -> str:
        text, language = self.shown()
        if self._is_wanted(language) or not text:
            return self._marked(text, language)
        return format_html(
            '<span lang="{}">{}</span> <span class="untranslated">{}</span>',
            language,
            text,
            _("not translated yet"),
        )

    def _marked(self, text: str, language: str) -> str:
        """As it is; text that has a row knows whether it is older than the same in another language."""
        return format_html("{}", text)

    def as_json(self) -> dict[str, str | None]:
        return {language: getattr(self, language) or None for language in LANGUAGES}

    @staticmethod
    def _is_wanted(language: str) -> bool:
        return language == (get_language() or "kk")[:2]


class RowText(Text):
    """The text of a row. `stale`: languages that were not renewed since another one changed."""

    stale: frozenset[str] = frozenset()

    def _marked(self, text: str, language: str) -> str:
        if not text or language not in self.stale:
            return super()._marked(text, language)
        return format_html(
            '{} <span class="untranslated">{}</span>', text, _("older than the text in another language")
        )
