"""The registers that everything cites: sources and legal acts."""

from typing import Any

from django.db.models import FETCH_RAISE
from rest_framework.routers import SimpleRouter

from core.api.serializers import LegalActSerializer, SourceSerializer
from core.api.views import CODE, Register
from core.models import LegalAct, Source
from core.register_filters import LegalActFilter, SourceFilter


class SourceRegister(Register):
    """The public texts that the portal's facts come from."""

    serializer_class = SourceSerializer
    filterset_class = SourceFilter
    lookup_field, lookup_value_regex = "code", CODE
    queryset = Source.objects.order_by("pk").fetch_mode(FETCH_RAISE)

    def get_queryset(self) -> Any:
        return super().get_queryset().visible_to(self.request.user)


class LegalActRegister(Register):
    """The acts that found and shape the city."""

    serializer_class = LegalActSerializer
    filterset_class = LegalActFilter
    lookup_field, lookup_value_regex = "code", CODE
    parts = ("source", "other_sources", "stages")
    queryset = (
        LegalAct.objects.select_related("source")
        .prefetch_related("other_sources", "stages")
        .order_by("signed_on", "pk")
        .fetch_mode(FETCH_RAISE)
    )

    def get_queryset(self) -> Any:
        return super().get_queryset().visible_to(self.request.user)


def register(router: SimpleRouter) -> None:
    router.register("sources", SourceRegister, basename="source")
    router.register("legal-acts", LegalActRegister, basename="legal-act")
