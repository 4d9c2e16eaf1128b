"""Facts of a plot as words in the language of the reader; an empty string is what nobody has published."""

from typing import Any

from django.utils.text import capfirst
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from core import formats
from core.dates import PartialDate
from districts.choices import Sector
from districts.plot_choices import Availability, UtilityState, UtilityUnit
from investors.matching import Criterion, Finding, Why


def hectares(value: Any) -> str:
    return _amount(value, "ha")


def day(when: PartialDate | None) -> str:
    return formats.partial_date(when.day, when.precision, when.text, get_language()) if when else ""


def price(plot: Any) -> str:
    """«12 000 000 теңге, 1 гектар үшін»: never without its currency and what it is for."""
    if plot.price_amount is None:
        return ""
    amount = formats.money_short(plot.price_amount, plot.price_currency, get_language())
    return f"{amount}, {plot.get_price_basis_display()}"


def sectors(codes: Any) -> str:
    return capfirst(", ".join(str(Sector(code).label) for code in codes))


def supply(utility: Any) -> str:
    """«35 МВт, салынуда, 2027 ж. күз»: how much, whether it is there, from when, how far away."""
    if utility is None:
        return ""
    told = [_capacity(utility), str(utility.get_state_display())]
    if utility.state != UtilityState.READY:
        told.append(day(utility.ready_on))
    if utility.distance_m is not None:
        metres = formats.number(utility.distance_m, get_language())
        told.append(pgettext("distance", "%(metres)s m away") % {"metres": metres})
    return capfirst(", ".join(part for part in told if part))


def needed(finding: Finding) -> str:
    """What the investor asked for: «20 МВт», «2027 ж. 1 маусымға дейін»."""
    match finding.criterion:
        case Criterion.AVAILABLE:
            return capfirst(str(Availability.FREE.label))
        case Criterion.SECTOR:
            return sectors([finding.asked])
        case Criterion.RAIL:
            return capfirst(_("yes"))
        case Criterion.READY:
            return day(PartialDate.parse(finding.asked))
    return _amount(finding.asked, finding.unit)


def there_is(finding: Finding) -> str:
    """What the plot has of it, and from when; empty where it is not published."""
    if finding.why == Why.NOT_THERE:
        return capfirst(str(UtilityState.NONE.label))
    match finding.criterion:
        case Criterion.AVAILABLE:
            return capfirst(str(Availability(finding.has).label))
        case Criterion.SECTOR:
            return sectors(finding.has or [])
        case Criterion.READY:
            return day(finding.when)
    told = [_amount(finding.has, finding.unit)]
    if finding.state:
        told.append(str(UtilityState(finding.state).label))
    if finding.state in (UtilityState.UNDER_CONSTRUCTION, UtilityState.PLANNED):
        told.append(day(finding.when))
    return capfirst(", ".join(part for part in told if part))


def _amount(value: Any, unit: str) -> str:
    if value is None:
        return ""
    word = _("ha") if unit == "ha" else UtilityUnit(unit).label
    return f"{formats.number(value, get_language())}{formats.NBSP}{word}"


def _capacity(utility: Any) -> str:
    return "" if utility.capacity is None else _amount(utility.capacity, utility.unit)
