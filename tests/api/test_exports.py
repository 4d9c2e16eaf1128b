"""Whole registers as files: the same rows, visibility, filters and order as in JSON."""

import csv
import json
from collections.abc import Iterable
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from core.api.exports import safe
from core.text import LANGUAGES
from districts.models import Project
from tests.api.conftest import EXPORTS, REGISTERS, populate
from tests.api.files import body_of, read_csv, read_json
from tests.api.test_errors import problem
from tests.factories import (
    FigureFactory,
    InstructionFactory,
    OrganisationFactory,
    ProjectFactory,
)

#: By what a row of a register is known.
KEYS = {"projects": "public_id", "meetings": "public_id", "instructions": "public_id"}


def flat(row: dict[str, Any], columns: Iterable[str]) -> dict[str, str]:
    """What of a row of JSON stands as it is in the CSV: its own values, and those of what it names."""
    cells: dict[str, Any] = {}
    for name, value in row.items():
        if isinstance(value, dict) and set(value) == set(LANGUAGES):
            cells |= {f"{name}_{language}": text for language, text in value.items()}
        elif isinstance(value, dict) and "code" in value:
            cells[f"{name}_code"] = value["code"]
        elif value is None and name not in columns:
            cells |= {column: None for column in columns if column.startswith(f"{name}_")}
        elif not isinstance(value, dict | list) and name not in {"geometry", "boundary"}:
            cells[name] = value
    return {name: "" if cell is None else str(safe(cell)) for name, cell in cells.items()}


@pytest.mark.parametrize("persona", [None, "office", "investor"])
@pytest.mark.parametrize("register", REGISTERS)
def test_a_file_holds_row_for_row_what_json_says(
    request: pytest.FixtureRequest, city: None, api: Any, persona: str | None, register: str
) -> None:
    client = api(persona and request.getfixturevalue(persona))
    ProjectFactory(), InstructionFactory(), OrganisationFactory(), FigureFactory()  # only the house sees them
    rows = read_json(client, register)
    cells = read_csv(client, register)

    assert rows and len(cells) == len(rows)
    for row, told in zip(rows, cells, strict=True):
        assert flat(row, told).items() <= told.items()
    pairs = zip(read_json(client, register, lang="ru"), read_csv(client, register, lang="ru"), strict=True)
    assert all(flat(row, told).items() <= told.items() for row, told in pairs)


@pytest.mark.parametrize("persona", [None, "office"])
@pytest.mark.parametrize(
    ("register", "query"),
    [
        ("projects", {"q": "курылыс"}),
        ("projects", {"q": "мектеп"}),
        ("projects", {"kind": "social", "ordering": "-name"}),
        ("projects", {"district": "gate", "ordering": "-public_id"}),
        ("organisations", {"q": "КОМПАНИЯ", "ordering": "-name"}),
        ("instructions", {"overdue": "false"}),
        ("figures", {"measure": "site_area", "chosen": "true"}),
        ("sources", {"ordering": "-added"}),
    ],
)
def test_a_file_obeys_the_filters_the_search_and_the_order_of_the_list(
    request: pytest.FixtureRequest,
    city: None,
    api: Any,
    persona: str | None,
    register: str,
    query: dict[str, str],
) -> None:
    client = api(persona and request.getfixturevalue(persona))
    ProjectFactory(name_kk="Мектеп")
    ProjectFactory(kind="social", visibility="public")
    ProjectFactory(kind="social", visibility="public")
    key = KEYS.get(register, "url")

    rows = read_json(client, register, **query)

    assert [row[key] for row in rows] == [row[key] for row in read_csv(client, register, **query)]


@pytest.mark.parametrize("address", EXPORTS)
def test_a_file_is_named_after_what_it_holds_and_when(city: None, api: Any, address: str) -> None:
    name, suffix = Path(address).stem, Path(address).suffix
    response, head = api().get(address), api().head(address)

    assert response["Content-Disposition"] == f'attachment; filename="{name}-{timezone.localdate()}{suffix}"'
    assert (head.status_code, b"".join(head.streaming_content)) == (200, b"")
    assert "Content-Length" not in head  # it would have to be that of the file
    for header in ("Content-Type", "Content-Disposition", "Vary", "Cache-Control", "Content-Language"):
        assert head[header] == response[header]


@pytest.mark.parametrize("suffix", ["pdf", "json", "CSV", "csv/", "csvx", "csv%0A", "geojson%00"])
def test_a_format_that_there_is_not_is_not_found(anonymous: Any, db: None, suffix: str) -> None:
    problem(anonymous.get(f"/api/v1/projects.{suffix}"), 404)


def test_not_everything_lies_on_a_map(anonymous: Any, db: None) -> None:
    problem(anonymous.get("/api/v1/sources.geojson"), 404)


@pytest.mark.parametrize("name", ["limit", "cursor", "count", "colour"])
@pytest.mark.parametrize("method", ["get", "head"])
def test_a_file_has_no_pages(anonymous: Any, db: None, name: str, method: str) -> None:
    response = getattr(anonymous, method)("/api/v1/projects.csv", {name: "1"})

    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("address", EXPORTS)
def test_many_rows_cost_no_more_queries_than_few(db: None, api: Any, address: str) -> None:
    client, costs = api(), []
    for number in (2, 4):
        populate(number)
        with CaptureQueriesContext(connection) as spent:
            body_of(client.get(address))
        costs.append(len(spent))

    assert costs[0] == costs[1] <= 8


def test_a_failure_on_the_way_is_a_problem_and_not_half_a_file(
    anonymous: Any, city: None, monkeypatch: Any
) -> None:
    from districts.api.serializers import ProjectSerializer

    told = iter([{}])
    monkeypatch.setattr(ProjectSerializer, "to_representation", lambda *_args: next(told))

    problem(anonymous.get("/api/v1/projects.csv?fields=url"), 500)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("suffix", ["csv", "xlsx", "geojson"])
def test_a_file_shows_how_it_stood(api: Any, suffix: str) -> None:
    from tests.factories import UserFactory

    client = api(UserFactory(role="auditor"))
    project = ProjectFactory(name_kk="Зауыт")
    then = timezone.now()
    Project.objects.filter(pk=project.pk).update(name_kk="Фабрика")
    address = f"/api/v1/projects.{suffix}"

    past, now = client.get(address, {"as_of": then.isoformat()}), client.get(address)

    assert _names(body_of(past), suffix) == ["Зауыт"] and _names(body_of(now), suffix) == ["Фабрика"]
    assert f"projects-{timezone.localdate(then)}.{suffix}" in past["Content-Disposition"]


def _names(body: bytes, suffix: str) -> list[str]:
    if suffix == "geojson":
        return [feature["properties"]["name_kk"] for feature in json.loads(body)["features"]]
    if suffix == "csv":
        return [row["name_kk"] for row in csv.DictReader(StringIO(body.decode()))]
    sheet = load_workbook(BytesIO(body)).worksheets[0]
    return [row[2] for row in sheet.iter_rows(min_row=3, values_only=True)]


@pytest.mark.django_db
def test_where_semicolons_part_cells_none_is_a_formula(api: Any, office: Any) -> None:
    """Excel in Kazakh and Russian does not heed the quotes of a file that is parted by commas."""
    said = "Тексеру;=2+5;+7;-8;@9\n=10\n-11\n- тізім;\t=12"
    project = ProjectFactory(purpose_kk=said)
    content = body_of(api(office).get("/api/v1/projects.csv")).decode()

    cells = [cell for line in content.splitlines() for cell in line.split(";")]
    assert not [cell for cell in cells[1:] if cell[:1] in {"=", "+", "@", "\t="} or cell[:3] == "-11"]
    told = next(row for row in read_csv(api(office), "projects") if row["public_id"] == project.public_id)
    assert told["purpose_kk"].replace("'", "") == said and "\n- тізім" in told["purpose_kk"]
