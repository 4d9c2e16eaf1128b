"""Lists: pages by key, limits, counts, filters, search."""

from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from tests.api.conftest import path_of
from tests.factories import (
    DistrictFactory,
    InstructionFactory,
    LegalActFactory,
    MeetingDistrictFactory,
    MeetingFactory,
    OrganisationFactory,
    ProjectFactory,
    SourceFactory,
    instruction_in,
)


def _follow(get: Any, address: str, **query: Any) -> Any:
    parts = urlsplit(address)
    return get(parts.path, **dict(parse_qsl(parts.query)), **query)


def _walk(get: Any, register: str, key: str, way: str = "next", **query: Any) -> list[Any]:
    page, found = get(path_of(register), **query), []
    while True:
        found.append([row[key] for row in page["results"]])
        if page[way] is None:
            return found
        page = _follow(get, page[way])


def test_pages_follow_one_another_and_lead_back(db: None, get: Any, settings: Any) -> None:
    for _ in range(5):
        ProjectFactory(visibility="public")
    everything = [row["public_id"] for row in get(path_of("projects"))["results"]]

    first = get(path_of("projects"), limit=2)
    second = _follow(get, first["next"])
    third = _follow(get, second["next"])

    assert [row["public_id"] for page in (first, second, third) for row in page["results"]] == everything
    assert first["previous"] is None and third["next"] is None
    assert _follow(get, third["previous"])["results"] == second["results"]
    assert _follow(get, second["previous"])["results"] == first["results"]
    assert _follow(get, second["previous"])["previous"] is None
    assert first["next"].startswith(f"{settings.PUBLIC_URL}/api/v1/projects/?")


def test_a_page_keeps_its_place_when_rows_come_and_go(db: None, get: Any) -> None:
    projects = [ProjectFactory(visibility="public") for _ in range(4)]
    first = get(path_of("projects"), limit=2)
    type(projects[1]).objects.filter(pk=projects[1].pk).update(visibility="internal")

    assert [row["public_id"] for row in _follow(get, first["next"])["results"]] == [
        project.public_id for project in projects[2:]
    ]


@pytest.mark.parametrize("limit", [1, 2, 3, 7])
def test_rows_without_a_date_are_on_exactly_one_page(db: None, get: Any, limit: int) -> None:
    for day in ("2025-09-29", "2025-09-29", "", "2024-10-03", "", "2026-01-15"):
        meeting = MeetingFactory.build(visibility="public")
        meeting.held = day
        meeting.save()
    everything = [row["public_id"] for row in get(path_of("meetings"))["results"]]

    pages = _walk(get, "meetings", "public_id", limit=limit)

    assert [row for page in pages for row in page] == everything and len(everything) == 6


def test_kazakh_names_stand_in_the_order_of_their_alphabet_across_pages(db: None, get: Any) -> None:
    for name in ("Ядро", "Әлем", "Алатау", "Қала", "Кала"):
        OrganisationFactory(name_kk=name, visibility="public")

    names = [page[0]["kk"] for page in _walk(get, "organisations", "name", limit=1)]

    assert names == ["Алатау", "Әлем", "Кала", "Қала", "Ядро"]


def test_the_count_is_added_on_request(db: None, get: Any) -> None:
    for _ in range(3):
        SourceFactory()

    assert get(path_of("sources"), count=1, limit=1)["count"] == 3
    assert "count" not in get(path_of("sources"))


def test_a_filter_is_kept_on_the_next_page(db: None, get: Any) -> None:
    for _ in range(3):
        ProjectFactory(visibility="public", kind="social")
    ProjectFactory(visibility="public", kind="tourism")

    assert len(_walk(get, "projects", "public_id", kind="social", limit=1)) == 3


def test_filters_narrow_a_list(db: None, get: Any) -> None:
    gate = DistrictFactory(code="gate")
    project = ProjectFactory(
        visibility="public", kind="social", district=gate, sectors=["education", "health"]
    )
    ProjectFactory(visibility="public", status="preparation")

    for query in (
        {"kind": "social"},
        {"district": "gate"},
        {"status": "identification"},
        {"sector": "health"},
    ):
        (found,) = get(path_of("projects"), **query)["results"]
        assert found["public_id"] == project.public_id
    assert get(path_of("projects"), sector="transport")["results"] == []


def test_instructions_are_found_by_whom_and_what_they_concern(office: Any, get: Any) -> None:
    lead, project = OrganisationFactory(code="mic"), ProjectFactory()
    wanted = instruction_in("on_control", lead=lead, project=project, district=DistrictFactory(code="gate"))
    InstructionFactory()

    queries = (
        {"executor": "mic"},
        {"issuer": wanted.issuer.code},
        {"project": project.public_id},
        {"district": "gate"},
    )
    for query in (*queries, {"state": "on_control"}, {"overdue": "true"}):
        (found,) = get(path_of("instructions"), office, **query)["results"]
        assert found["public_id"] == wanted.public_id
    (other,) = get(path_of("instructions"), office, overdue="false")["results"]
    assert other["public_id"] != wanted.public_id


def test_meetings_and_acts_are_found_by_kind(db: None, get: Any) -> None:
    visit = MeetingDistrictFactory(
        meeting__visibility="public", district=DistrictFactory(code="gate"), meeting__kind="field_visit"
    )
    MeetingFactory(visibility="public", kind="council")
    LegalActFactory(kind="pm_order", code="order-143")

    for query in ({"kind": "field_visit"}, {"district": "gate"}):
        (found,) = get(path_of("meetings"), **query)["results"]
        assert found["public_id"] == visit.meeting.public_id
    assert get(path_of("legal-acts"), kind="pm_order")["results"][0]["code"] == "order-143"
    assert get(path_of("legal-acts"), kind="decree")["results"] == []


@pytest.mark.parametrize("query", ["курылыс", "ҚҰРЫЛЫС", "зауыт курылыс", ""])
def test_search_forgives_the_keyboard(db: None, get: Any, query: str) -> None:
    ProjectFactory(visibility="public", name_kk="Зауыт құрылысы")

    assert len(get(path_of("projects"), q=query)["results"]) == 1
    assert get(path_of("projects"), q="мектеп")["results"] == []
