"""What the API is measured against: the same page of projects the ordinary way, by ModelSerializers and prefetches."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from rest_framework.generics import ListAPIView
from rest_framework.pagination import LimitOffsetPagination
from rest_framework.permissions import AllowAny
from rest_framework.serializers import ModelSerializer

from accounts.models import Organisation
from core.models import Source
from districts.models import District, Figure, Milestone, Project, ProjectParty

DATED = ("as_of_day", "as_of_precision")


def texts(*names: str) -> list[str]:
    return [f"{name}_{language}" for name in names for language in ("kk", "ru", "en")]


def plain(of: Any, *columns: str, **nested: ModelSerializer) -> type[ModelSerializer]:
    """A serializer of these columns of the model, and of what is nested in it."""
    meta = type("Meta", (), {"model": of, "fields": [*columns, *nested]})
    return type(f"Plain{of.__name__}", (ModelSerializer,), {"Meta": meta, **nested})


OfSource = plain(Source, "code", "publisher", "addresses", "published_day", "published_precision")
OfOrganisation = plain(Organisation, "code", *texts("name"))
OfParty = plain(
    ProjectParty, "role", "share", "since", "until", *texts("note"), organisation=OfOrganisation()
)
OfMilestone = plain(
    Milestone,
    *("code", "milestone_code", "type", "status", *texts("name"), *DATED),
    *(f"{term}_{part}" for term in ("baseline", "forecast", "met") for part in ("day", "precision")),
    source=OfSource(),
)
OfFigure = plain(
    Figure,
    *("id", "measure", "value", "value_max", "currency", "qualifier", "unit", "confidence"),
    *(*DATED, *texts("note")),
    source=OfSource(),
)
OfProject = plain(
    Project,
    *("public_id", "kind", "type", "sectors", "status", "suspended_since", "geometry", "confidence"),
    *("is_demo", "updated_at", "version", *texts("name", "purpose", "note")),
    district=plain(District, "code", *texts("name"))(),
    source=OfSource(),
    parties=OfParty(many=True),
    milestones=OfMilestone(many=True),
    figures=OfFigure(many=True),
    other_sources=OfSource(many=True),
)


class ManyBytes:
    """`/plain/bytes?150000`: so many constant bytes, as early as `/health/live` answers its six."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.bytes = b"x" * 1_000_000

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path == "/plain/bytes":
            return HttpResponse(self.bytes[: int(request.META["QUERY_STRING"])], content_type="text/plain")
        return self.get_response(request)


class PlainProjects(ListAPIView):
    """`/plain/projects/?limit=50`: the same facts, column by column."""

    permission_classes, filter_backends = (AllowAny,), ()
    pagination_class = LimitOffsetPagination
    serializer_class = OfProject
    queryset = (
        Project.objects.filter(visibility="public")
        .select_related("district", "source")
        .prefetch_related("parties__organisation", "milestones__source", "figures__source", "other_sources")
        .order_by("pk")
    )
