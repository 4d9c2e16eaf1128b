"""The filter of requests, for the API."""

from django.utils.translation import gettext_lazy as _
from django_filters import FilterSet

from core.filters import OneOf, Order, Ordering, VisibleCode, updated
from investors.request_choices import RequestKind, RequestState, Side


class RequestFilter(FilterSet):
    state = OneOf(RequestState.choices, label=_("State"))
    kind = OneOf(RequestKind.choices, label=_("Kind"))
    holder = OneOf(Side.choices, label=_("Who has to move"))
    organisation = VisibleCode("organisation", label=_("Organisation"))
    ordering = Ordering(
        {"public_id": Order(_("Register number"), "pk"), "updated_at": updated()}, default="-public_id"
    )
