"""What pages and papers say of an S-curve: names and values in the language of the page."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy, pgettext
from django.utils.translation import gettext as _

from alatau_portal.s_curve import Words
from core import formats
from core.choices import Precision
from tasks.curve import CENT, Curve, Why
from tasks.reporting_choices import Mark, Metric

TENTH = Decimal("0.1")
TITLES = {
    Metric.PHYSICAL_PROGRESS: gettext_lazy("Physical progress: plan, accepted values, forecast"),
    Metric.FINANCIAL_PROGRESS: gettext_lazy("Financial progress: plan, accepted values, forecast"),
}
WHY = {
    Why.NO_PLAN: gettext_lazy("none: the plan has no two periods"),
    Why.PLAN_FALLS: gettext_lazy("none: the plan falls at some place"),
    Why.NOTHING_ACCEPTED: gettext_lazy("none: nothing was accepted yet"),
    Why.BEFORE_PLAN: gettext_lazy("none: the plan begins later"),
    Why.NOTHING_DONE: gettext_lazy("none: nothing is done yet"),
    Why.PLAN_REACHED: gettext_lazy("none: all that is planned is reached"),
    Why.TOO_SLOW: gettext_lazy(
        "none: at the pace so far it would take more than five times the planned time"
    ),
    Why.CANCELLED: gettext_lazy("none: the project is cancelled"),
}


def title(metric: Metric) -> str:
    return str(TITLES[metric])


def title_of_many(counted: int, number: int) -> str:
    """Of how many of the projects the curve is."""
    words = _(
        "Physical progress of the projects that have a plan, by their weights: %(counted)s of %(number)s"
    )
    return words % {"counted": counted, "number": number}


def legend() -> Words:
    return Words(
        pgettext("S-curve", "plan"), pgettext("S-curve", "accepted values"), _("forecast at the pace so far")
    )


def heads() -> tuple[str, ...]:
    """Of the table: the period, then what is said of it."""
    return (
        _("Period"),
        pgettext("S-curve", "Plan"),
        pgettext("S-curve", "Accepted"),
        pgettext("S-curve", "Difference"),
        pgettext("S-curve", "Forecast"),
    )


def nothing(told: Curve) -> str:
    """What is missing for a curve; empty where nothing is."""
    if told.plan and told.last:
        return ""
    if told.plan:
        return _("No report was accepted yet.")
    return (
        _("No plan is published.")
        if told.last
        else _("No plan is published, and no report was accepted yet.")
    )


def facts(told: Curve, accepted_on: Mapping[date, date]) -> list[tuple[str, str]]:
    """How far, against the plan, until when. `accepted_on`: by the last day of the period."""
    found = _so_far(told, accepted_on)
    if not told.plan:
        return found
    end = next(span for span in told.plan if span.value == told.plan[-1].value)
    found.append((_("Plan reaches %(percent)s") % {"percent": percent(end.value)}, month(end.ends)))
    if told.forecast:
        found.append((_("At the pace so far"), month(told.forecast.finish)))
        found.append((_("Pace: planned time to actual time"), number(told.forecast.pace)))
    elif told.why:
        found.append((pgettext("S-curve", "Forecast"), str(WHY[told.why])))
    return found


def _so_far(told: Curve, accepted_on: Mapping[date, date]) -> list[tuple[str, str]]:
    last = told.last
    if last is None:
        return []
    since = accepted_on.get(last.ends)
    when = period(last.starts, last.ends)
    stands = ", ".join(filter(None, (when, since and _("accepted on %(day)s") % {"day": day(since)})))
    found = [(_("Accepted last"), f"{percent(last.value)} ({stands})")]
    planned = next((span.value for span in told.plan if span.ends == last.ends), None)
    if planned is not None:
        found.append((_("Planned by then"), percent(planned)))
        found.append((pgettext("S-curve", "Difference"), difference(planned, last.value)))
    if told.ratio is not None:
        found.append((_("Accepted to planned"), number(told.ratio.quantize(CENT))))
    return found


def answer(one: Any) -> str:
    """An accepted answer as a value with its unit."""
    if one.value is None:
        return str(one.mark.label)
    if one.metric in TITLES:
        return percent(one.value)
    return formats.money(one.value, one.currency, get_language()) if one.currency else number(one.value)


def named(metric: Metric) -> str:
    """“Physical progress”: the unit stands beside the number."""
    return capfirst(str(metric.label).removesuffix(", %"))


def source(one: Any) -> str:
    """Of which period, accepted when, and whether it took the place of another value."""
    accepted = _("accepted on %(day)s") % {"day": day(one.accepted_on)}
    corrected = _("a correction") if one.corrected else ""
    return ", ".join(filter(None, (period(one.starts, one.ends), accepted, corrected)))


def missing(mark: Mark | None) -> str:
    return "" if mark in (None, Mark.VALUE) else str(Mark(mark).label)


def percent(value: Decimal | None) -> str:
    return "" if value is None else f"{number(value.quantize(TENTH))}{formats.NBSP}%"


def difference(planned: Decimal | None, accepted: Decimal | None) -> str:
    """In percentage points, with its sign: nought has none."""
    if planned is None or accepted is None:
        return ""
    apart = (accepted - planned).quantize(TENTH)
    sign = "+" if apart > 0 else ""
    return _("%(number)s p.p.") % {"number": sign + number(apart)}


def period(starts: date, ends: date) -> str:
    """“September 2026”, or both ends of a quarter."""
    months = dict.fromkeys(month(day) for day in (starts, ends))
    return " – ".join(months)


def month(day: date) -> str:
    return formats.partial_date(day, Precision.MONTH, "", get_language())


def day(value: date) -> str:
    return formats.day_text(value, get_language())


def number(value: Decimal) -> str:
    return formats.number(value, get_language())
