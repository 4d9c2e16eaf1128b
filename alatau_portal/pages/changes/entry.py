"""A row of the ledger as what tells of it reads it."""

from collections.abc import Mapping
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.html import format_html
from django.utils.safestring import SafeString

from alatau_portal.pages.changes.rows import TOLD
from alatau_portal.templatetags.portal import partial_date
from core.choices import Operation
from core.dates import PartialDate
from core.text import LANGUAGES, Text


class Entry:
    """A row of the ledger with what its sentence needs: the row before and after, and what may be said of it."""

    def __init__(self, change: Any) -> None:
        self.new: Mapping[str, Any] = change.new or change.old or {}
        self.changed: Mapping[str, Any] = (change.old or {}) if change.op == Operation.CHANGED else {}
        self.old: Mapping[str, Any] = {**self.new, **self.changed}
        self.op, self.model = change.op, TOLD[change.relation].model
        self.about: Mapping[str, Any] = change.about or {}
        self.instead: Mapping[str, Any] | None = change.instead

    @property
    def name(self) -> Text:
        return text_of(self.about, "name") or next(
            (found for found in (text_of(self.new, n) for n in ("name", "title", "text", "about")) if found),
            Text(),
        )

    @property
    def part(self) -> Text:
        return text_of(self.about, "part")

    @property
    def is_news(self) -> bool:
        """It became public, or it is new: nothing may be said of what it was before."""
        return self.op == Operation.CREATED or "visibility" in self.changed

    def date(self, name: str, row: Mapping[str, Any] | None = None) -> str:
        row = self.new if row is None else row
        day = parse_date(row[f"{name}_day"]) if row.get(f"{name}_day") else None
        return partial_date(PartialDate(day, row.get(f"{name}_precision", ""), row.get(f"{name}_text", "")))


def text_of(row: Mapping[str, Any], name: str) -> Text:
    return Text(*(row.get(f"{name}_{language}") or "" for language in LANGUAGES))


def say(sentence: str, **words: Any) -> SafeString:
    """The sentence with its words put in, escaped; a text that is not translated is marked as everywhere."""
    return format_html(sentence.replace("%(", "{").replace(")s", "}"), **words)


def choice(choices: Any, code: str) -> str:
    return str(dict(choices.choices).get(code, code))
