"""Filters of organisations, for pages and the API."""

from django.utils.translation import gettext_lazy as _
from django_filters import FilterSet

from accounts.choices import OrganisationKind
from core.filters import Country, OneOf, Order, Ordering, Search, by_name, place_in, updated


class OrganisationFilter(FilterSet):
    q = Search()
    kind = OneOf(OrganisationKind.choices, label=_("Kind"))
    country = Country("country")
    ordering = Ordering(
        {
            **by_name(),
            "kind": Order(
                _("Kind"), "kind_place", "sort_kk", "pk", kind_place=place_in(OrganisationKind.values, "kind")
            ),
            "updated_at": updated(),
        },
        default="name",
    )
