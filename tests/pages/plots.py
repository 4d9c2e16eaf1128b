"""What tests of the pages for investors share: plots that are shown, and the cards of a list."""

import re
from html import unescape

from tests.factories import LandPlotFactory, PlotUtilityFactory

INVEST = "/en/invest/"


def plot(name="Plot", **facts):
    return LandPlotFactory(name_kk=name, name_ru=name, name_en=name, **({"visibility": "public"} | facts))


def supplied(row, utility="power", state="ready", capacity=40, unit="mw", **facts):
    return PlotUtilityFactory(plot=row, utility=utility, state=state, capacity=capacity, unit=unit, **facts)


def cards(text):
    """The names of the plots in the list, in its order."""
    found = re.findall(r'<li class="plot"[^>]*>.*?<h3><a [^>]*>(.*?)</a>', text, re.S)
    return [unescape(name) for name in found]


def words(text):
    """What is read on the page."""
    main = text.split("<main")[1].split("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())
