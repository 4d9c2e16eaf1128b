"""Organisations in the API."""

from typing import Any

from rest_framework.routers import SimpleRouter

from accounts.api import webhooks
from accounts.api.serializers import OrganisationSerializer
from accounts.filters import OrganisationFilter
from accounts.models import Organisation
from core.api.views import CODE, Register


class OrganisationRegister(Register):
    """State bodies, akimats, companies, funds: whoever instructs, executes, builds or invests."""

    serializer_class = OrganisationSerializer
    filterset_class = OrganisationFilter
    lookup_field, lookup_value_regex = "code", CODE
    queryset = Organisation.objects.none()
    parts = ("source", "other_sources", "parent", "legal_basis")

    def get_queryset(self) -> Any:
        return Organisation.objects.visible_to(self.request.user).for_display()


def register(router: SimpleRouter) -> None:
    router.register("organisations", OrganisationRegister, basename="organisation")
    webhooks.register(router)
