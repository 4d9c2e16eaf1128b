"""What will go says so: in its answers, with a link to where it is told, and in the description."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.urls import include, path
from drf_spectacular.generators import SchemaGenerator
from rest_framework.response import Response

from alatau_portal import urls
from core.api.deprecation import NOTICE, Deprecated
from core.api.resources import RESOURCES
from core.api.routers import PortalRouter
from core.api.views import PortalView
from districts.api.views import ProjectRegister
from tests.api.conftest import path_of

pytestmark = pytest.mark.django_db

GOING = Deprecated(date(2027, 1, 15), date(2027, 9, 1), "figures/")
EARLIER = Deprecated(date(2026, 1, 15), date(2026, 9, 1), "sector")


class Old(ProjectRegister):
    """An old register."""

    deprecated = GOING
    deprecated_parameters = {"district": EARLIER}


class OldView(PortalView):
    deprecated = GOING
    known_parameters = ("lang",)

    def get(self, request: Any) -> Response:
        return Response({}, headers={"Link": '<https://alatau.example/>; rel="up"'})


known = dict(RESOURCES)
router = PortalRouter()
router.register("old", Old, basename="old")
RESOURCES.clear()
RESOURCES.update(known)
urlpatterns = [
    path("api/v1/old-view/", OldView.as_view()),
    path("api/v1/", include(router.urls)),
    *urls.urlpatterns,
]


@pytest.fixture(autouse=True)
def _with_old_addresses(settings: Any) -> None:
    settings.ROOT_URLCONF = __name__
    settings.PUBLIC_URL = "https://alatau.example"


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


@pytest.mark.parametrize(
    "address", ["/api/v1/old/", "/api/v1/old.csv", "/api/v1/old/none/", "/api/v1/old-view/"]
)
def test_an_address_that_will_go_says_when_and_where_it_is_told(anonymous: Any, address: str) -> None:
    """A refusal too: whoever meets it is told as well."""
    answer = anonymous.get(address)

    since = datetime.fromtimestamp(int(answer["Deprecation"].removeprefix("@")), UTC)
    assert since == datetime(2027, 1, 14, 19, tzinfo=UTC)  # midnight in Almaty
    assert answer["Sunset"] == "Tue, 31 Aug 2027 19:00:00 GMT"
    assert '<https://alatau.example/api/docs/changelog.md>; rel="deprecation"' in answer["Link"]
    assert ('rel="up"' in answer["Link"]) == address.endswith("view/")


def test_a_parameter_that_will_go_is_told_where_it_is_used(anonymous: Any) -> None:
    """The first day that matters is told."""
    used = anonymous.get("/api/v1/old/", {"district": "gate"})

    assert used["Sunset"] == "Mon, 31 Aug 2026 19:00:00 GMT"
    assert used["Deprecation"] == f"@{int(datetime(2026, 1, 14, 19, tzinfo=UTC).timestamp())}"


def test_what_stays_says_nothing(anonymous: Any) -> None:
    answer = anonymous.get(path_of("projects"))

    assert not {"Deprecation", "Sunset", "Link"} & set(answer.headers)


def test_the_description_marks_it() -> None:
    described = SchemaGenerator(patterns=[path("api/v1/", include(router.urls))]).get_schema(public=True)
    operation = described["paths"]["/api/v1/old/"]["get"]

    marked = {one["name"] for one in operation["parameters"] if one.get("deprecated")}
    assert operation["deprecated"] is True
    assert marked == {"district"}
    assert "there until 2027-09-01. Use figures/ instead." in operation["description"]


def test_nothing_goes_before_half_a_year_has_passed() -> None:
    """As the guide promises, of whatever is declared anywhere."""
    for resource in RESOURCES.values():
        view = resource.viewset
        for going in filter(None, (view.deprecated, *view.deprecated_parameters.values())):
            assert going.until - going.since >= NOTICE
