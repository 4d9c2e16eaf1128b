"""Plots that a reader chose. The address holds them, so that a list needs no cookie and can be sent to somebody."""

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from alatau_portal.pages.frame import today
from districts.models import LandPlot

#: Side by side on one page, and in a list of one's own.
COMPARED, LISTED = 3, 30
NUMBER = re.compile(r"ALT-L-\d{4,9}")
PLOT = "plot"


class Chosen(NamedTuple):
    """The plots in the order of the address; how many of it are not there to see, and which did not fit in."""

    plots: list[Any]
    missing: int
    beyond: list[str]

    @property
    def numbers(self) -> list[str]:
        return [plot.public_id for plot in self.plots]

    def address(self, name: str, without: str = "") -> str:
        """A page of these plots, perhaps without one of them."""
        return address(name, (number for number in self.numbers if number != without))


def address(name: str, numbers: Iterable[str]) -> str:
    query = urlencode([(PLOT, number) for number in numbers])
    return f"{reverse(name)}?{query}" if query else reverse(name)


def asked(request: HttpRequest) -> list[str]:
    """The numbers that the address gives, each once."""
    given = (number.strip().upper() for number in request.GET.getlist(PLOT))
    return list(dict.fromkeys(number for number in given if NUMBER.fullmatch(number)))


def choose(request: HttpRequest, most: int) -> Chosen:
    """A plot that is hidden and one that never was are missing alike."""
    numbers = asked(request)
    kept, beyond = numbers[:most], numbers[most:]
    rows = LandPlot.objects.visible_to(request.user).for_display(request.user, today())
    found = {plot.public_id: plot for plot in rows.filter(public_id__in=kept)} if kept else {}
    return Chosen([found[number] for number in kept if number in found], len(kept) - len(found), beyond)
