"""Orders, filters and search of the lists, and cursors that belong to one of them."""

from datetime import date
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.test import Client

from core.api.schema import openapi
from tests.api.conftest import path_of
from tests.api.test_errors import problem
from tests.factories import (
    DistrictFactory,
    InstructionFactory,
    InvestorFactory,
    LegalActFactory,
    LegalActStageFactory,
    MeetingFactory,
    MilestoneFactory,
    OrganisationFactory,
    ProjectFactory,
    ProjectPartyFactory,
    ProtocolFactory,
    ProtocolItemFactory,
    SourceFactory,
    instruction_in,
)
from tests.factories.values import dated

SHOWN = {"visibility": "public"}
#: Register → the order that holds where none is asked for.
ORDERS = {
    "projects": "public_id",
    "investors": "stage",
    "organisations": "name",
    "meetings": "-held_on",
    "instructions": "-issued_on",
    "sources": "added",
    "legal-acts": "signed_on",
}


def parameter(register: str, name: str) -> Any:
    parameters = openapi()["paths"][path_of(register)]["get"]["parameters"]
    return next(one for one in parameters if one.get("name") == name)


@pytest.mark.parametrize(("register", "default"), ORDERS.items())
def test_every_order_is_described_and_turns_around(city: None, get: Any, register: str, default: str) -> None:
    described = parameter(register, "ordering")["schema"]
    named = [row["url"] for row in get(path_of(register))["results"]]

    assert described["default"] == default and default in described["enum"]
    assert [row["url"] for row in get(path_of(register), ordering=default)["results"]] == named
    for order in described["enum"]:
        rows = [row["url"] for row in get(path_of(register), ordering=order)["results"]]
        other = order.removeprefix("-") if order.startswith("-") else f"-{order}"
        assert [row["url"] for row in get(path_of(register), ordering=other)["results"]] == rows[::-1]
        assert other in described["enum"] and sorted(rows) == sorted(named)


@pytest.mark.parametrize("register", ORDERS)
@pytest.mark.parametrize("wrong", ["money", "-", "name,pk", "--updated_at", "pk"])
def test_an_unknown_order_is_refused_with_those_there_are(
    anonymous: Client, db: None, register: str, wrong: str
) -> None:
    (error,) = problem(anonymous.get(path_of(register), {"ordering": wrong}), 400)["errors"]

    assert (error["parameter"], error["code"]) == ("ordering", "invalid_choice")
    assert all(order in error["detail"] for order in parameter(register, "ordering")["schema"]["enum"])


@pytest.mark.parametrize("register", ORDERS)
@pytest.mark.parametrize("way", ["", "-"])
def test_every_order_pages_through_everything_once(city: None, get: Any, register: str, way: str) -> None:
    for order in parameter(register, "ordering")["schema"]["enum"]:
        if order.startswith("-") == bool(way):
            everything = [row["url"] for row in get(path_of(register), ordering=order)["results"]]
            page, found = get(path_of(register), ordering=order, limit=1), []
            while page["next"]:
                found += page["results"]
                page = get(path_of(register), **dict(parse_qsl(urlsplit(page["next"]).query)))
            assert [row["url"] for row in found + page["results"]] == everything, order


def cursor(get: Any, register: str, **query: Any) -> str:
    return dict(parse_qsl(urlsplit(get(path_of(register), limit=1, **query)["next"]).query))["cursor"]


@pytest.mark.parametrize(
    "other",
    [
        {},
        {"ordering": "-name", "kind": "anchor"},
        {"ordering": "name"},
        {"ordering": "name", "kind": "social"},
        {"ordering": "name", "kind": "anchor", "q": "құрылыс"},
    ],
)
def test_a_cursor_belongs_to_its_order_and_filters(
    city: None, get: Any, anonymous: Client, other: Any
) -> None:
    asked = {"ordering": "name", "kind": "anchor"}
    taken = cursor(get, "projects", **asked)

    (error,) = problem(anonymous.get(path_of("projects"), {"cursor": taken, **other}), 400)["errors"]

    assert (error["parameter"], error["code"]) == ("cursor", "invalid")
    assert get(path_of("projects"), cursor=taken, limit=10, count=1, **asked)["count"] == 2
    problem(anonymous.get(path_of("organisations"), {"cursor": taken}), 400)


# Search


def test_everything_is_found_however_its_letters_are_typed(db: None, get: Any) -> None:
    source = SourceFactory(publisher="Қазақ үні")
    act = LegalActFactory(title_kk="Өңірлік даму туралы", number="143-р")
    meeting = MeetingFactory(title_kk="Құрылыс барысы", place_kk="Қонаев", **SHOWN)
    order = InstructionFactory(text_kk="Өткізу жолын жеделдету", **SHOWN)
    company = OrganisationFactory(name_kk="Ғимарат", aliases=["Binokor"], abbreviation_ru="ТОО ГМР", **SHOWN)
    InvestorFactory(organisation=company, **SHOWN)

    for register, query, found in (
        ("sources", "казак уни", source.code),
        ("sources", source.code.lower(), source.code),
        ("legal-acts", "онирлик", act.code),
        ("legal-acts", "143-Р даму", act.code),
        ("meetings", "курылыс конаев", meeting.public_id),
        ("instructions", "откизу ЖЕДЕЛ", order.public_id),
        ("instructions", order.public_id, order.public_id),
        ("organisations", "гимарат binokor", company.code),
        ("organisations", "гмр", company.code),
        ("investors", "BINOKOR", company.code),
    ):
        (row,) = get(path_of(register), q=query)["results"]
        assert found in (row.get("code"), row.get("public_id"), row.get("organisation", {}).get("code")), (
            query
        )
        assert get(path_of(register), q=f"{query} жоқсөз")["results"] == []


def test_a_project_is_found_by_a_party_that_the_reader_may_know(db: None, get: Any, office: Any) -> None:
    project = ProjectFactory(**SHOWN)
    ProjectPartyFactory(project=project, organisation=OrganisationFactory(name_kk="Құпия қор", code="secret"))

    for query in ({"q": "құпия"}, {"party": "secret"}):
        assert get(path_of("projects"), **query)["results"] == []
        (found,) = get(path_of("projects"), office, **query)["results"]
        assert found["public_id"] == project.public_id


# Filters


def test_meetings_and_instructions_are_found_by_their_days(office: Any, get: Any) -> None:
    held = MeetingFactory(**dated("held", date(2025, 9, 29)))
    MeetingFactory(**dated("held", date(2024, 1, 1)))
    item = ProtocolItemFactory(protocol=ProtocolFactory(meeting=held))
    due = instruction_in("on_control", due=date(2026, 3, 1), source_item=item, control_kind="special")
    InstructionFactory(**dated("issued", date(2020, 1, 1)))

    for query in ({"held_from": "2025-09-29"}, {"held_from": "2025-01-01", "held_to": "2025-09-29"}):
        (found,) = get(path_of("meetings"), office, **query)["results"]
        assert found["public_id"] == held.public_id
    for query in (
        {"due_from": "2026-03-01"},
        {"due_to": "2026-03-01"},
        {"issued_from": "2025-01-01"},
        {"meeting": held.public_id},
        {"control_kind": "special"},
    ):
        (found,) = get(path_of("instructions"), office, **query)["results"]
        assert found["public_id"] == due.public_id, query
    assert get(path_of("instructions"), office, issued_to="2021-01-01", count=1)["count"] == 1
    assert get(path_of("instructions"), office, due_from="2026-03-02")["results"] == []


def test_a_hidden_meeting_finds_none_of_its_instructions(db: None, get: Any) -> None:
    item = ProtocolItemFactory(protocol=ProtocolFactory(meeting=MeetingFactory()))
    InstructionFactory(source_item=item, **SHOWN)

    assert get(path_of("instructions"), meeting=item.protocol.meeting.public_id)["results"] == []


def test_sources_acts_and_organisations_are_found_by_what_they_are(db: None, get: Any) -> None:
    both = SourceFactory(language="ru, kk", publisher="Egemen.kz", **dated("published", date(2026, 5, 5)))
    SourceFactory(language="en", **dated("published", date(2020, 5, 5)))
    old, new, unknown = (
        LegalActFactory(code="old"),
        LegalActFactory(code="new"),
        LegalActFactory(code="unknown"),
    )
    LegalActStageFactory(act=old, in_force_on=date(2024, 1, 1))
    LegalActStageFactory(act=old, in_force_on=date(2999, 1, 1))
    LegalActStageFactory(act=new, in_force_on=date(2999, 1, 1))
    OrganisationFactory(code="here", country="KZ", kind="fund", **SHOWN)
    OrganisationFactory(country="DE", **SHOWN)

    for query in ({"language": "kk"}, {"publisher": "egemen.KZ"}, {"published_from": "2026-05-05"}):
        assert [row["code"] for row in get(path_of("sources"), **query)["results"]] == [both.code], query
    assert both.code not in [
        row["code"] for row in get(path_of("sources"), published_to="2026-05-04")["results"]
    ]
    assert [row["code"] for row in get(path_of("legal-acts"), in_force="true")["results"]] == [old.code]
    assert [row["code"] for row in get(path_of("legal-acts"), in_force="false")["results"]] == [new.code]
    assert unknown.code in [row["code"] for row in get(path_of("legal-acts"))["results"]]
    for query in ({"country": "KZ"}, {"kind": "fund"}):
        assert [row["code"] for row in get(path_of("organisations"), **query)["results"]] == ["here"]


def test_projects_and_investors_are_found_as_on_their_pages(db: None, get: Any) -> None:
    gate, company = DistrictFactory(code="gate"), OrganisationFactory(country="KZ", **SHOWN)
    project = ProjectFactory(
        district=gate,
        suspended_since=date(2026, 1, 1),
        suspended_reason="No land.",
        sectors=["transport.air"],
        **SHOWN,
    )
    ProjectFactory(**SHOWN)
    ProjectPartyFactory(project=project, organisation=company)
    MilestoneFactory(project=project, **dated("forecast", date(2031, 1, 1)))
    InvestorFactory(organisation=company, **SHOWN)
    InvestorFactory(organisation=OrganisationFactory(**SHOWN), **SHOWN)

    for query in (
        {"suspended": "true"}, {"year": "2031"}, {"schedule": "moved"}, {"party": company.code},
        {"sector": "transport"},
    ):  # fmt: skip
        (found,) = get(path_of("projects"), **query)["results"]
        assert found["public_id"] == project.public_id, query
    for query in ({"country": "KZ"}, {"district": "gate"}):
        (found,) = get(path_of("investors"), **query)["results"]
        assert found["organisation"]["code"] == company.code


@pytest.mark.parametrize(
    ("register", "name", "value"),
    [
        ("projects", "year", "27"),
        ("projects", "year", "2_27"),
        ("projects", "schedule", "late"),
        ("projects", "suspended", "True"),
        ("projects", "party", "\x00"),
        ("investors", "country", "kz"),
        ("investors", "district", "north"),
        ("organisations", "country", "KAZ"),
        ("instructions", "due_from", "01.03.2026"),
        ("instructions", "due_to", "2026-02-30"),
        ("meetings", "held_from", "soon"),
        ("sources", "language", "Kazakh"),
        ("legal-acts", "in_force", "yes"),
    ],
)
def test_a_wrong_filter_is_named(anonymous: Client, db: None, register: str, name: str, value: str) -> None:
    body = problem(anonymous.get(path_of(register), {name: value}), 400)

    assert [error["parameter"] for error in body["errors"]] == [name]
