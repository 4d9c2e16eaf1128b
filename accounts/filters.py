"""Filters of organisations, for pages and the API; of webhooks, for the API."""

from django.utils.translation import gettext_lazy as _
from django_filters import FilterSet

from accounts.choices import DeliveryState, OrganisationKind, WebhookState
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


class WebhookFilter(FilterSet):
    state = OneOf(WebhookState.choices, label=_("State"))
    ordering = Ordering(
        {"public_id": Order(_("Register number"), "pk"), "updated_at": updated()}, default="-public_id"
    )


class DeliveryFilter(FilterSet):
    state = OneOf(DeliveryState.choices, label=_("State"))
