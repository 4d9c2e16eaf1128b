"""Tags and filters of every page: numbers, sums and dates in its language, the menu, the schematic map."""

import json
from collections.abc import Callable
from functools import lru_cache
from types import SimpleNamespace
from typing import Any, NamedTuple

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from alatau_portal import schematic
from alatau_portal.pages.language import in_language
from core import formats

register = template.Library()

#: Code, what the switch shows of the language's name of itself, and the rest of it, for screen readers.
LANGUAGES = [("kk", "Қаз", "ақша"), ("ru", "Рус", "ский"), ("en", "Eng", "lish")]


class LanguageLink(NamedTuple):
    code: str
    short: str
    rest: str
    href: str
    current: bool


@register.filter
def number(value: Any) -> str:
    """`31730.5|number` → «31 730,5»; nothing for None."""
    return "" if value is None else formats.number(value, get_language())


@register.filter
def money(amount: Any, currency: str) -> str:
    """`368000000|money:"USD"` → «368 000 000 USD», exact."""
    return "" if amount is None else formats.money(amount, currency, get_language())


@register.filter
def money_short(amount: Any, currency: str) -> str:
    """`88800000000|money_short:"KZT"` → «88,8 млрд теңге», but never by rounding."""
    return "" if amount is None else formats.money_short(amount, currency, get_language())


@register.filter
def qualified(written: str, qualifier: str) -> str:
    """`jobs|number|qualified:"about"` → «шамамен 900», the word marked up; as it is when exact or empty."""
    before, after = formats.qualifier_words(qualifier, get_language())
    if not written or not before + after:
        return written
    word = format_html('<span class="qualifier">{}</span>', before or after)
    return format_html("{} {}", *((word, written) if before else (written, word)))


@register.filter
def partial_date(date: Any) -> str:
    """An object with `day`, `precision` and `text`, as exactly as it is known: «2027 ж. күз»."""
    return _written(formats.partial_date, date)


@register.filter
def as_of(date: Any) -> str:
    """The same, or a plain date, as the date of a figure: «2025 ж. 22 қыркүйектегі дерек»."""
    return _written(formats.as_of, date)


def _written(write: Callable[..., str], date: Any) -> str:
    if hasattr(date, "precision"):
        return write(date.day, date.precision, date.text, get_language())
    return write(date or None, "day", "", get_language())


@register.simple_tag(takes_context=True)
def nav_current(context: template.Context, name: str, code: str = "") -> SafeString | str:
    """aria-current of a menu item: "page" on that page itself, "true" on the pages below it."""
    request = context.get("request")
    match = getattr(request, "resolver_match", None)
    if match is None or (code and code not in (match.kwargs.get("code"), *match.args)):
        return ""
    here = match.url_name or ""
    if here in (name, f"{name}-list") and not (match.kwargs and not code):
        return format_html(' aria-current="{}"', "page")
    return format_html(' aria-current="{}"', "true") if here.startswith(name) else ""


@register.inclusion_tag("components/language_links.html", takes_context=True)
def language_links(context: template.Context) -> dict[str, list[LanguageLink]]:
    """The switch: this very page, with its query, in the three languages."""
    request, active = context.get("request"), (get_language() or "kk")[:2]
    here = request.get_full_path() if request else "/"
    links = [
        LanguageLink(*language, in_language(here, language[0]), language[0] == active)
        for language in LANGUAGES
    ]
    return {"links": links}


@register.inclusion_tag("components/schematic_map.html")
def schematic_map(
    districts: Any, places: Any = (), current: str = "", near: bool = False, plots: Any = ()
) -> dict[str, schematic.Map]:
    """Of `districts` (code, name, url, geometry), `places` (name, kind, geometry) and `plots` (number, state,
    geometry); `current` is a code, and `near` shows no more than what lies around it."""
    outlines = [
        {"code": d.code, "name": str(d.name), "url": str(d.url), "geometry": d.geometry} for d in districts
    ]
    marks = [{"name": str(place.name), "kind": place.kind, "geometry": place.geometry} for place in places]
    spots = [
        {"number": plot.number, "state": str(plot.state), "geometry": plot.geometry} for plot in plots or ()
    ]
    return {"map": _drawn(json.dumps(outlines), json.dumps(marks), json.dumps(spots), current, near)}


@lru_cache(maxsize=64)
def _drawn(outlines: str, marks: str, spots: str, current: str, near: bool) -> schematic.Map:
    """To find room for the labels takes a tenth of a second, and the same map is asked for all day."""
    districts, places, plots = (
        [SimpleNamespace(**one) for one in json.loads(many)] for many in (outlines, marks, spots)
    )
    return schematic.draw(districts, places, plots, current=current, near=near)
