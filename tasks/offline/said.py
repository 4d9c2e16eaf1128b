"""What was typed, from whatever file it came in: numbers, codes, days and words, or a sentence that says what to do."""

import math
import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from django.db.models import TextChoices
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.dates import PartialDate
from core.text import LANGUAGES
from tasks.offline.shape import plain

#: Characters of what was done, hinders, and so on; and of a note beside an answer.
LONG, SHORT = 20_000, 500
#: What people put between thousands.
SPACES = str.maketrans({" ": None, "\u00a0": None, "\u202f": None, "\u2009": None, "'": None, ",": "."})
#: Years that a milestone of ours may lie in.
FIRST_YEAR, LAST_YEAR = 2000, 2100
#: Digits after the point that a spreadsheet's fractions are good for.
EXACT = 6


class Wrong(Exception):
    """The sentence says what is wrong and what to do."""


def words(value: Any, most: int) -> str:
    """A text without control characters; numbers and days that a spreadsheet made of it are text again."""
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        value = date_format(value, "SHORT_DATE_FORMAT")
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = f"{value:g}" if isinstance(value, float) else str(value)
    if not isinstance(value, str):
        raise Wrong(_("Write a text here."))
    text = value.replace("\r\n", "\n").replace("_x000D_", "").strip()
    if any(unicodedata.category(one) in ("Cc", "Cs") and one not in "\n\t" for one in text):
        raise Wrong(_("There is a character here that cannot be read: type the text again."))
    if len(text) > most:
        raise Wrong(
            _("The text is too long: %(length)s characters, at most %(most)s.")
            % {"length": len(text), "most": most}
        )
    return text


def number(value: Any) -> str | None:
    """As it is typed (1 500 000,50) or counted by a spreadsheet; None where there is nothing."""
    if value is None or value == "":
        return None
    if isinstance(value, datetime | date):
        raise Wrong(
            _("This is a day, not a number: format the cell as a number and write the number once more.")
        )
    if isinstance(value, bool):
        raise Wrong(_("This is “true” or “false”, not a number: write the number."))
    if isinstance(value, float):
        value = str(round(value, EXACT)) if math.isfinite(value) else "NaN"
    if not isinstance(value, int | str):
        raise Wrong(_("Write a number here."))
    typed = str(value).translate(SPACES).strip()
    return _counted(typed) if typed else None


def _counted(typed: str) -> str:
    if not re.fullmatch(r"[+-]?\d{1,30}(\.\d{1,30})?(e[+-]?\d{1,2})?", typed, re.ASCII | re.IGNORECASE):
        raise Wrong(_("This is not a number: write digits alone, or mark that there is none."))
    return plain(Decimal(typed))


def code(value: Any, choices: type[TextChoices]) -> str:
    """The code, written as itself or as people call it in any of our languages; nothing is nothing."""
    typed = words(value, SHORT).casefold()
    if not typed:
        return ""
    if found := _spellings(choices).get(typed):
        return found
    allowed = ", ".join(f"“{choice.label}”" for choice in choices)
    raise Wrong(
        _("“%(value)s” is not known here: choose one of %(allowed)s.")
        % {"value": typed[:60], "allowed": allowed}
    )


@cache
def _spellings(choices: type[TextChoices]) -> dict[str, str]:
    found: dict[str, str] = {}
    for language in LANGUAGES:
        with override(language):
            found |= {str(choice.label).casefold(): str(choice.value) for choice in choices}
    return found | {str(choice.value): str(choice.value) for choice in choices}


def currency(value: Any) -> str:
    typed = words(value, SHORT).upper()
    if typed and not re.fullmatch(r"[A-Z]{3}", typed, re.ASCII):
        raise Wrong(_("A currency has three capital letters, such as KZT."))
    return typed


def day(value: Any) -> str:
    """A day or only a month or a year, as text: 2026-09-30, 2026-09, 2026."""
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        value = value.isoformat()
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = f"{value:g}"
    typed = words(value, SHORT)
    if match := re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", typed, re.ASCII):
        typed = f"{match[3]}-{int(match[2]):02d}-{int(match[1]):02d}"
    try:
        found = PartialDate.parse(typed)
    except ValueError:
        raise Wrong(_("There is no such day: write one such as 2026-03-15.")) from None
    if typed and found.day is None:
        raise Wrong(_("Write a day such as 2026-03-15, or a month such as 2026-03."))
    if found.day and not FIRST_YEAR <= found.day.year <= LAST_YEAR:
        raise Wrong(
            _("The year lies between %(first)s and %(last)s: look at it again.")
            % {"first": FIRST_YEAR, "last": LAST_YEAR}
        )
    return typed
