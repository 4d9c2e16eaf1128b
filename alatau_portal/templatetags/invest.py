"""Tags of the pages for investors: facts of a plot in words, and the way to ask about it."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import capfirst

from alatau_portal.pages.invest import words
from districts.plot_choices import Availability, Utility

register = template.Library()

register.filter("hectares", words.hectares)
register.filter("sectors", words.sectors)
register.filter("supply", words.supply)
register.filter("price", words.price)
register.filter("needed", words.needed)
register.filter("there_is", words.there_is)


@register.filter
def availability(state: str) -> str:
    return capfirst(str(Availability(state).label))


@register.filter
def utility(code: str) -> str:
    return capfirst(str(Utility(code).label))


@register.simple_tag
def ask(carried: dict[str, Any] | None = None, **about: Any) -> str:
    """The address of the enquiry, with what it is about filled in."""
    query = urlencode({name: value for name, value in {**about, **(carried or {})}.items() if value})
    address = reverse("enquiry")
    return f"{address}?{query}" if query else address
