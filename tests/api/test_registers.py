"""What each register shows."""

from datetime import date
from typing import Any

import pytest
from django.db.models import F

from districts.models import District, Place, PlaceBound, Project
from investors.models import Investor
from tasks.models import Instruction
from tests.api.conftest import INNER, RECEIPTS, REGISTERS, path_of
from tests.factories import (
    FigureFactory,
    MilestoneFactory,
    PlaceBoundFactory,
    PlaceFactory,
    SourceFactory,
    instruction_in,
)


@pytest.mark.parametrize("register", REGISTERS)
def test_every_object_of_a_list_is_found_at_its_address(
    city: None, get: Any, settings: Any, register: str
) -> None:
    rows = get(path_of(register))["results"]

    assert rows
    for row in rows:
        assert row["url"].startswith(f"{settings.PUBLIC_URL}/api/v1/{register}/")
        assert get(row["url"].removeprefix(settings.PUBLIC_URL)) == row


def test_the_root_names_every_register(db: None, get: Any, settings: Any) -> None:
    root = get("/api/v1/")

    assert set(root) == {*REGISTERS, *INNER, *RECEIPTS, "changes", "figure-differences", "openapi", "docs"}
    assert root["docs"] == f"{settings.PUBLIC_URL}/api/docs/"


def test_there_are_four_districts_from_the_south(city: None, get: Any) -> None:
    districts = get(path_of("districts"))["results"]

    assert [district["code"] for district in districts] == ["gate", "golden", "growing", "green"]
    assert districts[0]["project_count"] == 2
    assert districts[3]["boundary"] is None


def test_places_come_in_the_order_of_the_text(city: None, get: Any) -> None:
    gate = District.objects.get(code="gate")
    PlaceBound.objects.update(order=F("order") + 2)
    first = PlaceFactory(code="first", visibility="public")
    PlaceBoundFactory(place=first, district=gate, order=1)
    PlaceBoundFactory(place=PlaceFactory(code="hidden"), district=gate, order=3)

    places = get(path_of("districts", "gate"))["places"]

    assert [place["code"] for place in places] == ["first", "zhetigen"]
    assert Place.objects.count() == 3


def test_a_figure_is_an_exact_number_or_a_sum_with_its_currency(city: None, get: Any) -> None:
    project = Project.objects.first()
    facts = {"project": project, "chosen": True, "visibility": "public"}
    FigureFactory(measure="area", value="31730.5000", **facts)
    FigureFactory(measure="investment", value=368_000_000, unit="money", currency="USD", **facts)
    FigureFactory(measure="jobs", value=900, value_max=1200, unit="job", qualifier="about", **facts)

    figures = {figure["measure"]: figure for figure in get(path_of("projects", project.public_id))["figures"]}

    assert figures["site_area"]["value"] == "20"
    assert figures["area"]["value"] == "31730.5"
    assert figures["investment"]["value"] == {"amount": "368000000.00", "currency": "USD"}
    assert (figures["jobs"]["value"], figures["jobs"]["value_max"]) == ("900", "1200")
    assert figures["jobs"]["qualifier"] == "about"
    assert figures["area"]["source"]["published_on"] == "2025-09-29"


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("2029", "2029"),
        ("2027 autumn", "2027-23"),
        ("2024-06", "2024-06"),
        ("2025-09-29", "2025-09-29"),
        ("soon", None),
    ],
)
def test_a_date_is_as_precise_as_its_source(city: None, get: Any, printed: str, shown: str | None) -> None:
    milestone = MilestoneFactory.build(project=Project.objects.first(), code="opening")
    milestone.baseline = milestone.forecast = printed
    milestone.save()

    milestones = get(path_of("projects", milestone.project.public_id))["milestones"]

    assert milestones[-1]["baseline"] == milestones[-1]["forecast"] == shown


def test_a_text_has_three_languages_and_a_missing_one_is_null(city: None, get: Any) -> None:
    Project.objects.update(name_kk="Зауыт", name_ru="Завод", name_en="")
    address = path_of("projects", Project.objects.first().public_id)

    assert get(address)["name"] == {"kk": "Зауыт", "ru": "Завод", "en": None}
    assert get(address, lang="ru")["name"] == "Завод"
    assert get(address, lang="en")["name"] is None
    assert get(address, lang="kk")["district"]["name"] == "gate ауданы"


def test_what_is_not_known_is_null(city: None, get: Any) -> None:
    instruction = get(path_of("instructions"))["results"][0]

    assert (
        instruction["number"] is None and instruction["control_kind"] is None and instruction["due"] is None
    )
    assert instruction["confidence"] is None and instruction["source"] is None
    assert instruction["text"]["en"] is None


def test_an_instant_carries_the_offset_of_almaty(city: None, get: Any) -> None:
    assert get(path_of("sources"))["results"][0]["updated_at"].endswith("+05:00")


def test_an_instruction_names_who_executes_a_group_as_it_is_written(city: None, get: Any) -> None:
    executors = get(path_of("instructions"))["results"][0]["executors"]

    assert executors[0]["organisation"]["code"] and executors[0]["role"] == "co"
    assert executors[1]["organisation"] is None and executors[1]["group"]["kk"] == "инвесторлар"


def test_a_meeting_shows_its_protocol_and_what_it_instructed(city: None, get: Any) -> None:
    instruction = get(path_of("instructions"))["results"][0]
    meeting = get(path_of("meetings", instruction["meeting"]["public_id"]))

    assert meeting["instructions"] == [{"public_id": instruction["public_id"], "url": instruction["url"]}]
    assert meeting["protocols"][0]["items"][0]["instructions"] == meeting["instructions"]
    assert meeting["chair_post"]["code"] == "deputy_prime_minister"
    assert meeting["agenda"][0]["title"]["kk"] == "Көлік"


def test_an_investor_shows_the_projects_it_takes_part_in(city: None, get: Any) -> None:
    code = Investor.objects.first().organisation.code
    (part,) = get(path_of("investors", code))["projects"]

    assert part["role"] == "investor"
    assert part["project"]["public_id"].startswith("ALT-P-")


def test_overdue_is_computed_for_today(office: Any, get: Any, time_machine: Any) -> None:
    instruction = instruction_in("in_execution", due=date(2026, 3, 1))
    Instruction.objects.filter(pk=instruction.pk).update(visibility="public", text_ru="x")
    address = path_of("instructions", instruction.public_id)

    time_machine.move_to("2026-03-01T18:59:00Z")  # still the first of March in Almaty
    assert get(address)["overdue"] is False
    time_machine.move_to("2026-03-01T19:01:00Z")
    assert get(address)["overdue"] is True


def test_a_source_tells_its_date_as_printed_where_it_is_not_one(db: None, get: Any) -> None:
    source = SourceFactory.build(code="S10")
    source.published = "undated (before May)"
    source.save()

    shown = get(path_of("sources", "S10"))

    assert shown["published_on"] is None
    assert shown["published_on_text"] == "undated (before May)"
