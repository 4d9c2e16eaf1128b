"""Filters of organisations, for pages and the API."""

from django_filters import ChoiceFilter, FilterSet

from accounts.choices import OrganisationKind
from core.filters import Search


class OrganisationFilter(FilterSet):
    q = Search()
    kind = ChoiceFilter(choices=OrganisationKind.choices)
