"""Filters of investors, for pages and the API."""

from django_filters import ChoiceFilter, FilterSet

from core.filters import Search
from districts.filters import SectorFilter
from investors.choices import InvestorStage


class InvestorFilter(FilterSet):
    q = Search()
    stage = ChoiceFilter(choices=InvestorStage.choices)
    sector = SectorFilter()
