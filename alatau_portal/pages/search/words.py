"""What was asked for, and the words of it marked where they stand."""

import re
from dataclasses import dataclass, field

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.text import LANGUAGES, Text, fold

LONGEST, MOST_WORDS = 200, 8
#: How much of a long text is shown, and how much of it before the first word that was found.
SHOWN, BEFORE = 220, 60
LATIN = str.maketrans(
    {
        **dict(zip("абвгдезийклмнопрстуфхцыэі", "abvgdezijklmnoprstufhcyei", strict=True)),
        "ж": "zh",
        "ч": "ch",
        "ш": "sh",
        "щ": "sh",
        "ю": "yu",
        "я": "ya",
        "ь": "",
        "ъ": "",
    }
)


@dataclass
class Query:
    """What was typed, the words of it, folded, as they are looked for, and what was left out."""

    typed: str
    phrase: str = ""
    words: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @classmethod
    def parse(cls, typed: str) -> "Query":
        typed = " ".join(re.sub(r"[\x00-\x1f\x7f]", " ", typed).split())
        query = cls(typed[:LONGEST])
        if len(typed) > LONGEST:
            query.notes.append(
                _("Only the first %(number)s characters were searched for.") % {"number": LONGEST}
            )
        words = [word for part in fold(query.typed).split() if (word := re.sub(r"^[\W_]+|[\W_]+$", "", part))]
        query.phrase = " ".join(words[:MOST_WORDS])
        query.words = list(dict.fromkeys(map(_stem, words[:MOST_WORDS])))
        if len(words) > MOST_WORDS:
            query.notes.append(
                _("Only the first %(number)s words were searched for.") % {"number": MOST_WORDS}
            )
        if query.typed and not words:
            query.notes.append(_("There is no letter and no digit in what was typed."))
        return query

    @property
    def in_latin(self) -> str:
        """The phrase in Latin letters: «пепсико» is nearly PepsiCo."""
        return self.phrase.translate(LATIN)


def _stem(word: str) -> str:
    """Without a last letter that changes before an ending: «жарлық» finds «Жарлығы», «участок» finds «участка»."""
    return word[:-1] if len(word) > 4 and word[-1] in "кп" else word


def marked(text: str, words: list[str]) -> SafeString:
    """The text, escaped, with every place marked where one of the words stands."""
    pieces: list[str] = []
    end = 0
    for start, stop in _places(text, words):
        pieces += [text[end:start], format_html("<mark>{}</mark>", text[start:stop])]
        end = stop
    return format_html_join("", "{}", ((piece,) for piece in (*pieces, text[end:])))


def marked_text(text: Text, words: list[str]) -> SafeString:
    """In the reader's language; found only in another, also in that one, named as such."""
    shown, language = text.shown()
    first = _in_language(marked(shown, words), language)
    if _places(shown, words):
        return first
    other = next((other for other in LANGUAGES if _places(getattr(text, other), words)), "")
    if not other:
        return first
    return format_html("{} ({})", first, _in_language(marked(getattr(text, other), words), other))


def excerpt(text: Text, words: list[str]) -> SafeString:
    """The part of a long text in which a word was found; its beginning, if none was."""
    mine = (get_language() or "kk")[:2]
    found = next((one for one in (mine, *LANGUAGES) if _places(getattr(text, one), words)), "")
    language = found or text.shown()[1]
    whole = getattr(text, language)
    places = _places(whole, words)
    start = max(0, places[0][0] - BEFORE) if places else 0
    if start:  # not in the middle of a word
        start = whole.find(" ", start) + 1
    part = whole[start : start + SHOWN]
    if start + SHOWN < len(whole):
        part = part.rpartition(" ")[0] + "…"
    return _in_language(marked(("…" if start else "") + part, words), language)


def _in_language(words: SafeString, language: str) -> SafeString:
    if language == (get_language() or "kk")[:2]:
        return words
    return format_html('<span lang="{}">{}</span>', language, words)


def _places(text: str, words: list[str]) -> list[tuple[int, int]]:
    """Where the words stand, in order, none over another. Folded letter by letter, so that places stay places."""
    folded = "".join(one if len(one := fold(letter)) == 1 else letter for letter in text)
    found = sorted((m.start(), m.end()) for word in words for m in re.finditer(re.escape(word), folded))
    merged: list[tuple[int, int]] = []
    for start, stop in found:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(stop, merged[-1][1]))
        else:
            merged.append((start, stop))
    return merged
