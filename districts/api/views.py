"""Districts, projects and what is said of them in the API."""

from typing import Any

from rest_framework.routers import SimpleRouter

from core.api.views import CODE, Register
from districts.api.documents import DocumentRegister
from districts.api.plots import PlotRegister
from districts.api.published_figures import PublishedFigureRegister
from districts.api.serializers import DistrictSerializer, ProjectSerializer
from districts.api.statements import ClaimRegister, FigureRegister
from districts.filters import ProjectFilter
from districts.models import District, Project


class DistrictRegister(Register):
    """The four districts of the city, from the south."""

    serializer_class = DistrictSerializer
    formats, geometry = ("csv", "xlsx", "geojson"), "boundary"
    lookup_field, lookup_value_regex = "code", CODE
    queryset = District.objects.none()
    parts = ("source", "places", "figures__source", "projects__parties")

    def get_queryset(self) -> Any:
        user = self.request.user
        districts = District.objects.visible_to(user).for_display(user)
        return districts.with_places(user).with_project_count(user)


class ProjectRegister(Register):
    """What is built, where, by whom, how far it is, and what sources say of it."""

    serializer_class = ProjectSerializer
    filterset_class = ProjectFilter
    formats, geometry = ("csv", "xlsx", "geojson"), "geometry"
    lookup_field, lookup_value_regex = "public_id", CODE
    queryset = Project.objects.none()
    is_built = True
    parts = (
        *("district", "source", "other_sources", "parties__organisation"),
        *("milestones__source", "figures__source"),
    )

    @staticmethod
    def rows(user: Any) -> Any:
        return Project.objects.visible_to(user).for_display(user)

    def get_queryset(self) -> Any:
        return self.rows(self.request.user)


def register(router: SimpleRouter) -> None:
    router.register("districts", DistrictRegister, basename="district")
    router.register("projects", ProjectRegister, basename="project")
    router.register("plots", PlotRegister, basename="plot")
    router.register("figures", FigureRegister, basename="figure")
    router.register("published-figures", PublishedFigureRegister, basename="published-figure")
    router.register("claims", ClaimRegister, basename="claim")
    router.register("documents", DocumentRegister, basename="document")
