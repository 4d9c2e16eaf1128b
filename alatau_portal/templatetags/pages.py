"""Tags and filters of the public pages: values with units, states with shapes, links that stay in the past."""

import re
from datetime import datetime, time
from typing import Any
from urllib.parse import urlsplit

from django import template
from django.utils import timezone
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from alatau_portal.pages.frame import link
from alatau_portal.templatetags.portal import partial_date, qualified
from core import formats, ledger
from core.choices import Basis
from core.countries import COUNTRIES
from districts.choices import MilestoneStatus, ProjectStatus, Sector, Unit
from districts.plot_choices import Availability, UtilityState
from investors.choices import InvestorStage, OpportunityState
from investors.matching import Verdict
from tasks.choices import InstructionState

register = template.Library()

#: Units that the name of the measure says already.
SAID_BY_THE_MEASURE = {Unit.JOB, Unit.PROJECT, Unit.FLOOR, Unit.PERSON_PER_YEAR}

#: The space inside «88 000».
THOUSANDS = re.compile(r"\b(\d{1,3}) (?=\d{3}\b)")

#: The shape and colour of a state, as of components/tag.html.
SHAPES = {
    ProjectStatus.IDENTIFICATION: "plan",
    ProjectStatus.PREPARATION: "plan",
    ProjectStatus.IMPLEMENTATION: "active",
    ProjectStatus.COMPLETION: "active",
    ProjectStatus.MAINTENANCE: "ok",
    ProjectStatus.CANCELLED: "bad",
    MilestoneStatus.SCHEDULED: "plan",
    MilestoneStatus.MET: "ok",
    MilestoneStatus.NOT_MET: "bad",
    MilestoneStatus.PARTIALLY_MET: "warn",
    InvestorStage.PROSPECT: "plan",
    InvestorStage.IN_TALKS: "plan",
    InvestorStage.COMMITTED: "active",
    InvestorStage.BUILDING: "active",
    InvestorStage.OPERATING: "ok",
    InstructionState.REGISTERED: "plan",
    InstructionState.ON_CONTROL: "active",
    InstructionState.IN_EXECUTION: "active",
    InstructionState.REPORTED: "active",
    InstructionState.RETURNED: "warn",
    InstructionState.EXECUTED: "ok",
    Availability.FREE: "ok",
    Availability.RESERVED: "warn",
    UtilityState.READY: "ok",
    UtilityState.UNDER_CONSTRUCTION: "active",
    UtilityState.PLANNED: "plan",
    OpportunityState.DRAFT: "plan",
    OpportunityState.OPEN: "ok",
    OpportunityState.MATCHED: "active",
    Verdict.FITS: "ok",
    Verdict.UNKNOWN: "plan",
    Verdict.NO: "bad",
}


@register.filter
def text(words: Any) -> SafeString:
    """A trilingual text as HTML: a missing translation is shown in the language there is, and marked.

    A number keeps its thousands together: no line ends between 88 and 000.
    """
    return SafeString(THOUSANDS.sub(rf"\1{formats.NBSP}", conditional_escape(words)))


@register.filter
def shape(state: str) -> str:
    return SHAPES.get(state, "idle")  # type: ignore[call-overload]


@register.filter
def measured(figure: Any) -> SafeString | str:
    """The value of a figure with its unit and qualifier: «шамамен 900», «4 000 га дерлік», «368 млн USD»."""
    return qualified(_amount(figure), figure.qualifier)


@register.filter
def signed(difference: Any) -> SafeString | str:
    """What was added or taken away, with its sign: «+368 млн USD», «−12»; a range of differences has two signs."""
    written = measured(difference)
    return format_html("+{}", written) if difference.is_above else written


def _amount(figure: Any) -> SafeString | str:
    language = get_language()
    if figure.unit == Unit.MONEY:
        low = formats.money_short(figure.value, figure.currency, language)
        return (
            low
            if figure.value_max is None
            else f"{low} – {formats.money_short(figure.value_max, figure.currency, language)}"
        )
    if figure.value_max is None:
        written = formats.number(figure.value, language)
    else:
        written = formats.number_range(figure.value, figure.value_max, language)
    if figure.unit in SAID_BY_THE_MEASURE:
        return written
    return format_html("{}\u00a0<small>{}</small>", written, figure.get_unit_display())


@register.filter
def is_ours(row: Any) -> bool:
    """The words that the reader sees are our translation, not those of the source."""
    _words, language = row.text.shown()
    return getattr(row, f"basis_{language}") == Basis.OURS


@register.filter
def country(code: str) -> str:
    return str(COUNTRIES.get(code, code))


@register.filter
def sector(code: str) -> str:
    return str(Sector(code).label)


@register.filter
def site(address: str) -> str:
    """The host of a web address; nothing for what is not one, so that it never becomes a link."""
    try:
        parts = urlsplit(address)
        return (parts.hostname or "").removeprefix("www.") if parts.scheme in {"http", "https"} else ""
    except ValueError:
        return ""


@register.simple_tag(takes_context=True)
def page(context: template.Context, name: str, *args: Any) -> str:
    """The address of a page, in the time that this page shows."""
    return link(context.get("request"), name, *args)


@register.simple_tag(takes_context=True)
def cite(context: template.Context, sources: Any) -> SafeString:
    """A source, or several, as links into the list of sources: «BAQ.KZ, 2025 ж. 29 қыркүйек [SEED]»."""
    listed = link(context.get("request"), "about-data")
    several = sources if isinstance(sources, list) else [sources]
    return format_html_join(
        "; ",
        '<a href="{}#{}">{}, {} <span class="nowrap">[{}]</span></a>',
        ((listed, one.code, one.publisher, partial_date(one.published), one.code) for one in several),
    )


@register.simple_tag
def past() -> str:
    """The instant of the past that this page shows, in words; nothing in the present."""
    instant = ledger.instant.get()
    if instant is None:
        return ""
    local = timezone.localtime(instant)
    day = formats.day_text(local.date(), get_language())
    return day if _is_end_of_day(local) else f"{day}, {local:%H:%M}"


def _is_end_of_day(local: datetime) -> bool:
    return local.time() == time.max
