"""The runbook as docs/runbook*.md has it: for whoever reads the repository, and for the page beside the alarms.

## code: title
**What you see.** One paragraph each, `commands` in backticks.
"""

import re
from functools import cache
from typing import NamedTuple

from django.conf import settings
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

_ENTRY = re.compile(r"^## (\w+): (.+)$", re.MULTILINE)
_PART = re.compile(r"^\*\*(.+?)\.\*\* (.+)$", re.MULTILINE)
_CODE = re.compile(r"`([^`]+)`")


class Entry(NamedTuple):
    code: str
    title: str
    parts: tuple[tuple[str, SafeString], ...]


@cache
def entries(language: str | None) -> tuple[Entry, ...]:
    """In the order of the file; in English where the language has none."""
    name = f"runbook.{language}.md" if language in {"kk", "ru"} else "runbook.md"
    _intro, *pieces = _ENTRY.split((settings.BASE_DIR / "docs" / name).read_text())
    groups = zip(pieces[::3], pieces[1::3], pieces[2::3], strict=True)
    return tuple(Entry(code, title, tuple(_parts(text))) for code, title, text in groups)


def _parts(text: str) -> list[tuple[str, SafeString]]:
    return [(word, _written(sentence)) for word, sentence in _PART.findall(text)]


def _written(sentence: str) -> SafeString:
    return mark_safe(_CODE.sub(r"<code>\1</code>", escape(sentence)))
