"""How far two dates lie apart of which one is perhaps known only as a month, a season or a year."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.choices import Precision
from core.dates import PartialDate, last_day


def slip(first: PartialDate, now: PartialDate) -> str:
    """How the date now given lies to the one first given, in words; nothing where one of them is unknown.

    Only dates of one precision are counted out: from “2027” to “autumn 2027” no number of months follows.
    """
    if first.day is None or now.day is None:
        return ""
    if first.precision == now.precision:
        return _counted(first.day, now.day, first.precision)
    if now.day > last_day(first):
        return _("later than first planned; by how much is not known exactly")
    if last_day(now) < first.day:
        return _("earlier than first planned; by how much is not known exactly")
    return _("the dates are not exact enough to be compared")


def _counted(first: date, now: date, precision: str) -> str:
    if first == now:
        return _("as first planned")
    if precision == Precision.DAY:
        return _in_days((now - first).days)
    months = (now.year - first.year) * 12 + now.month - first.month
    return _in_years(months // 12) if precision == Precision.YEAR else _in_months(months)


def _in_days(days: int) -> str:
    number = abs(days)
    if days > 0:
        words = ngettext("%(n)d day later than first planned", "%(n)d days later than first planned", number)
    else:
        words = ngettext(
            "%(n)d day earlier than first planned", "%(n)d days earlier than first planned", number
        )
    return words % {"n": number}


def _in_months(months: int) -> str:
    number = abs(months)
    if months > 0:
        words = ngettext(
            "%(n)d month later than first planned", "%(n)d months later than first planned", number
        )
    else:
        words = ngettext(
            "%(n)d month earlier than first planned", "%(n)d months earlier than first planned", number
        )
    return words % {"n": number}


def _in_years(years: int) -> str:
    number = abs(years)
    if years > 0:
        words = ngettext(
            "%(n)d year later than first planned", "%(n)d years later than first planned", number
        )
    else:
        words = ngettext(
            "%(n)d year earlier than first planned", "%(n)d years earlier than first planned", number
        )
    return words % {"n": number}
