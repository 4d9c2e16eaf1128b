"""A small city for the API, and a client that holds every answer against the OpenAPI file."""

import json
import re
from collections.abc import Callable
from functools import cache
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from jsonschema import Draft202012Validator

from accounts.models import Organisation
from core.api.schema import openapi
from districts.models import District, Project
from tests.factories import (
    SQUARE,
    AgendaItemFactory,
    AttendanceFactory,
    ClaimFactory,
    ClaimSourceFactory,
    DistrictFactory,
    DocumentFactory,
    ExecutorFactory,
    FigureFactory,
    FigureSourceFactory,
    InstructionFactory,
    InstructionSourceFactory,
    InvestorFactory,
    LandPlotFactory,
    LegalActFactory,
    LegalActSourceFactory,
    LegalActStageFactory,
    MeetingDistrictFactory,
    MeetingFactory,
    MilestoneFactory,
    OpportunityPlotFactory,
    OrganisationFactory,
    OrganisationSourceFactory,
    PlaceBoundFactory,
    PlaceFactory,
    PlotUtilityFactory,
    ProjectFactory,
    ProjectPartyFactory,
    ProjectSourceFactory,
    ProtocolFactory,
    ProtocolItemFactory,
    PublishedFigureFactory,
    PublishedFigureSourceFactory,
    ReportingPeriodFactory,
    SourceFactory,
    allocation_in,
    opportunity_in,
)

#: Every register, and what one of its objects in the small city is called.
REGISTERS = (
    "districts",
    "projects",
    "investors",
    "organisations",
    "meetings",
    "instructions",
    "sources",
    "legal-acts",
    "figures",
    "claims",
    "published-figures",
    "documents",
    "reporting-periods",
    "plots",
    "opportunities",
)
#: Those of which nothing is public.
INNER = ("extensions", "figure-disputes", "progress-reports")
#: Receipts rather than a register: nothing that a table is made of.
RECEIPTS = ("uploads", "requests", "webhooks")
#: The addresses of whole registers.
EXPORTS = [
    *(f"/api/v1/{register}.{suffix}" for register in (*REGISTERS, *INNER) for suffix in ("csv", "xlsx")),
    "/api/v1/districts.geojson",
    "/api/v1/projects.geojson",
    "/api/v1/plots.geojson",
]

PRICE = {"price_amount": 1500000, "price_currency": "KZT", "price_basis": "per_ha_year"}


def path_of(register: str, *rest: str) -> str:
    return "/".join(["/api/v1", register, *rest, ""])


def populate(number: int = 1) -> None:
    """So many of everything, published, each with its parts."""
    for _ in range(number):
        act = LegalActFactory()
        source, company = SourceFactory(), OrganisationFactory(visibility="public", legal_basis=act)
        OrganisationSourceFactory(organisation=company)
        district = District.objects.first() or DistrictFactory(code="gate")
        _project(district, company)
        InvestorFactory(organisation=company, visibility="public", sectors=["transport"], source=source)
        _event(district, company)
        LegalActSourceFactory(act=act)
        LegalActStageFactory(act=act)
        ReportingPeriodFactory()
        said = PublishedFigureFactory(visibility="public", organisation=company, source=source)
        PublishedFigureSourceFactory(published_figure=said)
        DocumentFactory(visibility="public", project=Project.objects.last(), source=source)
        _land(district)


def _project(district: District, company: Organisation) -> Project:
    project = ProjectFactory(visibility="public", district=district, sectors=["transport"])
    ProjectSourceFactory(project=project)
    ProjectPartyFactory(project=project, organisation=company)
    MilestoneFactory(project=project, source=SourceFactory())
    figure = FigureFactory(project=project, chosen=True, visibility="public")
    FigureSourceFactory(figure=figure)
    ClaimSourceFactory(claim=ClaimFactory(project=project, chosen=True, visibility="public"))
    return project


def _land(district: District) -> None:
    """A plot that is allocated to a project, and an opportunity on it."""
    plot = LandPlotFactory(
        district=district, visibility="public", geometry=SQUARE, sectors=["transport"], **PRICE
    )
    PlotUtilityFactory(plot=plot, source=SourceFactory())
    allocation_in("allocated", plot=plot, project=Project.objects.last())
    opportunity = opportunity_in("open", district=district, sectors=["transport"])
    OpportunityPlotFactory(opportunity=opportunity, plot=plot)


def _event(district: District, company: Organisation) -> None:
    post = OrganisationFactory(code="deputy_prime_minister", kind="state_body", visibility="public")
    meeting = MeetingFactory(visibility="public", chair_post=post)
    MeetingDistrictFactory(meeting=meeting, district=district)
    AgendaItemFactory(meeting=meeting)
    AttendanceFactory(meeting=meeting, organisation=company)
    item = ProtocolItemFactory(
        protocol=ProtocolFactory(kind="press_release", meeting=meeting, source=SourceFactory())
    )
    instruction = InstructionFactory(
        visibility="public", source_item=item, issuer=post, district=district, project=Project.objects.last()
    )
    ExecutorFactory(instruction=instruction, organisation=company)
    ExecutorFactory(instruction=instruction, organisation=None, group_kk="инвесторлар")
    InstructionSourceFactory(instruction=instruction)


@pytest.fixture
def city(db: None) -> None:
    """Two of everything, and the four districts with a place that bounds one."""
    for code in ("gate", "golden", "growing", "green"):
        DistrictFactory(code=code)
    place = PlaceFactory(code="zhetigen", visibility="public")
    PlaceBoundFactory(place=place, district=District.objects.get(code="gate"))
    populate(2)


@pytest.fixture
def get(api: Callable[..., Any]) -> Callable[..., Any]:
    """get(path, user) is the JSON of an answer 200 that is as the OpenAPI file says."""

    def answer(path: str, user: Any = None, **query: Any) -> Any:
        response = api(user).get(path, query)
        assert response.status_code == 200, response.content
        body = response.json()
        assert not faults(path, body)
        if "fields" not in query:
            assert not [missing for row in body.get("results", [body]) for missing in _absent(path, row)]
        return body

    return answer


def faults(path: str, body: Any, status: str = "200", method: str = "get") -> list[str]:
    """What is wrong with an answer by the description of its address."""
    described = openapi()
    name = (
        path if path in described["paths"] else next(name for name in described["paths"] if _same(name, path))
    )
    answer = described["paths"][name][method]["responses"][status]
    if "$ref" in answer:
        answer = described["components"]["responses"][answer["$ref"].rpartition("/")[2]]
    (content,) = answer["content"].values()
    return [fault.message for fault in checker(json.dumps(content["schema"])).iter_errors(body)]


def _absent(path: str, row: Any) -> set[str]:
    """What a row lacks of its description; only `fields` may leave something out."""
    component = _component(path.removeprefix("/api/v1/").partition("/")[0])
    return set(openapi()["components"]["schemas"][component]["properties"] if component else ()) - set(row)


def _component(register: str) -> str:
    if register not in (*REGISTERS, *INNER):
        return ""
    answer = openapi()["paths"][f"/api/v1/{register}/"]["get"]["responses"]["200"]
    page = answer["content"]["application/json"]["schema"]["$ref"]
    return page.rpartition("/")[2].removesuffix("Page")


@cache
def checker(described: str) -> Draft202012Validator:
    schema = json.loads(described) | {"components": openapi()["components"]}
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


def _same(described: str, path: str) -> bool:
    steps, taken = described.split("/"), path.split("/")
    return len(steps) == len(taken) and all(
        a == b or a.startswith("{") for a, b in zip(steps, taken, strict=True)
    )


def tag(client: Any, address: str) -> str:
    """Of the object at this address, or of the one that a verb of this address is about, as this client reads it."""
    owner = re.fullmatch(r"(/api/v1/[^/]+/[^/?]+/).*", address)
    return client.get(owner[1]).get("ETag", "") if owner else ""


def having_read(client: Any, address: str, headers: Any = None) -> dict[str, str]:
    """The headers of somebody who has just read what he changes; of what he may not read there is nothing to say."""
    said = {name.lower(): value for name, value in (headers or {}).items()}
    if "if-match" not in said and (read := tag(client, address)):
        said["if-match"] = read
    return said


@pytest.fixture
def ask(api: Callable[..., Any]) -> Callable[..., Any]:
    """ask(user, address, body) is an answer to POST that is as the OpenAPI file says; who asks has read the object."""

    def answer(user: Any, address: str, body: Any = None, headers: Any = None, **how: Any) -> Any:
        client = api(user)
        how |= {"headers": having_read(client, address, headers)}
        response = client.post(address, {} if body is None else body, **{"format": "json", **how})
        if response.status_code == 204:
            assert response.content == b""
        else:
            assert not faults(address.partition("?")[0], response.json(), str(response.status_code), "post")
        assert ("Location" in response) == (response.status_code == 201)
        return response

    return answer


@pytest.fixture
def own_cache(settings: Any) -> None:
    """What is counted here is not counted together with what other workers ask at the same time."""
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": uuid4().hex}
    }


@pytest.fixture
def anonymous() -> Client:
    """A visitor whose failures come back as answers."""
    return Client(raise_request_exception=False)
