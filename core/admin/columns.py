"""Columns of the admin's lists: codes as coloured words, dates as exactly as they are known."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from core import formats


class Tones(dict[str, str]):
    """Colours by code; a code without one is grey."""

    def __missing__(self, code: str) -> str:
        return ""


VISIBILITY = {"public": "success", "investor": "info"}
CONFIDENCE = {"high": "success", "medium": "warning", "low": "danger"}


def word(name: str, label: Any, tones: Mapping[str, str]) -> Callable[[Any], tuple[str, str]]:
    """A column with choices, as a coloured word."""

    @display(description=label, ordering=name, label=Tones(tones))
    def shown(row: Any) -> tuple[str, str]:
        return getattr(row, name), str(getattr(row, f"get_{name}_display")() or "—")

    shown.__name__ = name
    return shown


def dated(name: str, label: Any) -> Callable[[Any], str]:
    """A column that shows a partial date as exactly as it is known: never 1 January for a year."""

    @display(description=label, ordering=f"{name}_day")
    def shown(row: Any) -> str:
        date = getattr(row, name)
        return formats.partial_date(date.day, date.precision, date.text, get_language())

    shown.__name__ = name
    return shown


@display(description=_("changed"), ordering="updated_at")
def changed(row: Any) -> str:
    return date_format(localtime(row.updated_at), "SHORT_DATE_FORMAT")


visibility = word("visibility", _("visibility"), VISIBILITY)
confidence = word("confidence", _("confidence"), CONFIDENCE)
