"""How values are written in a package: exact days as instants, everything less exact in words."""

from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from core import formats
from core.choices import Precision, Qualifier

#: Asia/Almaty since 1 March 2024; dates of terms are dates there (core.dates).
OFFSET = "+05:00"


def kept(value: Any) -> Any:
    """Without what is empty: the standard knows no null, no empty text and no empty list."""
    if isinstance(value, dict):
        pairs = ((name, kept(one)) for name, one in value.items())
        return {name: one for name, one in pairs if one not in (None, "", [], {})}
    if isinstance(value, list):
        return [one for one in map(kept, value) if one not in (None, "", [], {})]
    return value


def instant(day: date | None) -> str | None:
    return day and f"{day.isoformat()}T00:00:00{OFFSET}"


def exact(when: Any) -> str | None:
    """A partial date that is known to the day; None of any other."""
    return instant(when.day) if when.precision == Precision.DAY else None


def in_words(when: Any, language: str) -> str:
    return formats.partial_date(when.day, when.precision, when.text, language)


def number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def cited(source: Any) -> str:
    """“Source: Kazinform [S44]”."""
    return f"{_('Source')}: {source.publisher} [{source.code}]" if source else ""


def of_figure(figure: Any, language: str) -> str:
    """What a number alone does not say: how exact it is, as of when, from whom."""
    about = "" if figure.qualifier == Qualifier.EXACT else _qualified(figure, language)
    as_of = formats.as_of(figure.as_of.day, figure.as_of.precision, figure.as_of.text, language)
    return sentences(about, as_of, cited(figure.source), getattr(figure.note, language))


def _qualified(figure: Any, language: str) -> str:
    """“Up to 1,000”."""
    write = formats.number if not figure.currency else partial(formats.money, currency=figure.currency)
    written = write(figure.value, lang=language)
    if figure.value_max is not None:
        written += f" – {write(figure.value_max, lang=language)}"
    return formats.qualified(written, figure.qualifier, language)


def sentences(*parts: str) -> str:
    """The parts that there are, each with a capital letter and a full stop."""
    told = (part.strip() for part in parts if part and part.strip())
    return " ".join(
        part[0].upper() + part[1:] + ("" if part.endswith((".", "!", "?", "…")) else ".") for part in told
    )
