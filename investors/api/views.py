"""Investors in the API."""

from typing import Any

from rest_framework.routers import SimpleRouter

from core.api.views import CODE, Register
from core.filters import today
from investors.api.requests import RequestRegister
from investors.api.serializers import InvestorSerializer, OpportunitySerializer
from investors.filters import InvestorFilter
from investors.models import Investor, Opportunity
from investors.opportunity_filters import OpportunityFilter


class InvestorRegister(Register):
    """Who invests or may, and how far it has come. An object is addressed by the code of its organisation."""

    serializer_class = InvestorSerializer
    filterset_class = InvestorFilter
    lookup_field, lookup_url_kwarg, lookup_value_regex = "organisation__code", "code", CODE
    queryset = Investor.objects.none()
    parts = (
        *("source", "organisation__project_parts__project__parties"),
        *("organisation__project_parts__project__district",),
    )

    def get_queryset(self) -> Any:
        user = self.request.user
        return Investor.objects.visible_to(user).for_display(user)


class OpportunityRegister(Register):
    """What the districts offer to investors."""

    serializer_class = OpportunitySerializer
    filterset_class = OpportunityFilter
    lookup_field, lookup_value_regex = "public_id", CODE
    queryset = Opportunity.objects.none()
    parts = ("district", "source", "plots__allocations__project__parties")

    def get_queryset(self) -> Any:
        user = self.request.user
        return Opportunity.objects.visible_to(user).for_display(user, today())


def register(router: SimpleRouter) -> None:
    router.register("requests", RequestRegister, basename="request")
    router.register("investors", InvestorRegister, basename="investor")
    router.register("opportunities", OpportunityRegister, basename="opportunity")
