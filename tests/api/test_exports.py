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
from shapely.geometry import Polygon, shape

from core.api.exports import safe
from core.text import LANGUAGES
from districts.models import District, Project
from tests.api.conftest import EXPORTS, REGISTERS, path_of, populate
from tests.api.test_errors import problem
from tests.factories import (
    FigureFactory,
    InstructionFactory,
    OrganisationFactory,
    ProjectFactory,
    SourceFactory,
)

#: By what a row of a register is known.
KEYS = {"projects": "public_id", "meetings": "public_id", "instructions": "public_id"}


def body_of(response: Any) -> bytes:
    assert response.status_code == 200, response.content
    return response.getvalue()


def read_csv(client: Any, register: str, **query: str) -> list[dict[str, str]]:
    text = body_of(client.get(f"/api/v1/{register}.csv", query)).decode()
    return list(csv.DictReader(StringIO(text, newline="")))


def read_xlsx(client: Any, register: str, **query: str) -> Any:
    return load_workbook(BytesIO(body_of(client.get(f"/api/v1/{register}.xlsx", query))))


def read_json(client: Any, register: str, **query: str) -> list[dict[str, Any]]:
    return client.get(path_of(register), {**query, "limit": "200"}).json()["results"]


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


def test_a_csv_is_plain(city: None, api: Any) -> None:
    Project.objects.update(name_kk='Зауыт, "Ә"', name_ru="две\nстроки")
    response = api().get("/api/v1/projects.csv", {"fields": "public_id,name,sectors,figures,parties"})
    text = body_of(response).decode()
    project = Project.objects.first()

    assert response["Content-Type"] == "text/csv; charset=utf-8; header=present"
    assert text.startswith("public_id,name_kk,name_ru,name_en,sectors,parties,figures\r\n")
    assert f'{project.public_id},"Зауыт, ""Ә""","две\nстроки",,transport,' in text
    assert ":investor,site_area:20:ha\r\n" in text


def test_a_sum_has_its_currency_beside_it(city: None, api: Any) -> None:
    facts = {"project": Project.objects.first(), "chosen": True, "visibility": "public"}
    FigureFactory(measure="investment", value=368_000_000, unit="money", currency="USD", **facts)

    (row,) = read_csv(api(), "figures", measure="investment", lang="en")
    (project, *_) = read_csv(api(), "projects", fields="figures")

    assert (row["value"], row["value_currency"], row["value_max"], row["value_max_currency"]) == (
        "368000000.00",
        "USD",
        "",
        "",
    )
    assert row["subject_code"] == Project.objects.first().public_id
    assert "investment:368000000.00 USD:money" in project["figures"]


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+7 727", "'+7 727"),
        ("-cmd|' /C calc'!A0", "'-cmd|' /C calc'!A0"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\tx", "'\tx"),
        ("\r=1", "'\r=1"),
        ("-12.5", "-12.5"),
        ("-12.50", "'-12.50"),
        ("зауыт", "зауыт"),
        ("", ""),
        (None, None),
        (-3, -3),
        (True, "true"),
    ],
)
def test_no_cell_is_taken_for_a_formula(cell: Any, written: Any) -> None:
    assert safe(cell) == written


def test_what_would_be_a_formula_is_a_text_in_every_format(city: None, api: Any) -> None:
    Project.objects.update(name_kk="=HYPERLINK(1)", name_ru="https://example.org")

    assert read_csv(api(), "projects")[0]["name_kk"] == "'=HYPERLINK(1)"
    sheet = read_xlsx(api(), "projects", fields="name").worksheets[0]
    cells = sheet[3][:2]
    assert [(cell.value, cell.data_type, cell.hyperlink) for cell in cells] == [
        ("=HYPERLINK(1)", "s", None),
        ("https://example.org", "s", None),
    ]


@pytest.mark.parametrize("register", REGISTERS)
def test_a_workbook_has_the_cells_of_the_csv(city: None, api: Any, register: str) -> None:
    sheet, codes = read_xlsx(api(), register).worksheets
    names, labels, *rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    told = read_csv(api(), register)

    assert names == list(told[0])
    assert all(labels) and len(rows) == len(told)
    for row, plain in zip(rows, told, strict=True):
        assert [_as_csv(cell) for cell in row] == [_trimmed(cell) for cell in plain.values()]
    assert sheet.row_dimensions[1].hidden
    assert sheet.freeze_panes == "B3" and sheet.auto_filter.ref.startswith("A2:")
    assert all(all(cell.value for cell in row) for row in codes.iter_rows())


def _as_csv(cell: Any) -> str:
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, int | float):
        return f"{cell:g}"
    return "" if cell is None else str(cell).removesuffix(" 00:00:00")


def _trimmed(cell: str) -> str:
    return f"{float(cell):g}" if cell.replace(".", "").isdigit() else cell


def test_a_workbook_speaks_the_language_of_its_reader(city: None, api: Any) -> None:
    in_kazakh = read_xlsx(api(), "projects", lang="kk")
    in_english = read_xlsx(api(), "projects", lang="en", fields="status,name")

    assert in_kazakh.worksheets[0]["B2"].value == "Жария нөмірі"
    assert [cell.value for cell in in_english.worksheets[0][2]] == ["Name", "Status"]
    assert ("Status", "identification", "Identification") in list(
        in_english.worksheets[1].iter_rows(values_only=True)
    )


def test_letters_of_kazakh_come_through(city: None, api: Any) -> None:
    Project.objects.update(name_kk="ӘҒҚҢӨҰҮҺІ әғқңөұүһі")

    assert read_csv(api(), "projects")[0]["name_kk"] == "ӘҒҚҢӨҰҮҺІ әғқңөұүһі"
    sheet = read_xlsx(api(), "projects", fields="name", lang="kk").worksheets[0]
    assert sheet["A3"].value == "ӘҒҚҢӨҰҮҺІ әғқңөұүһі"


RING = [[77.0, 43.4], [77.0, 43.5], [77.1, 43.5], [77.0, 43.4]]  # with the clock


def test_geojson_is_what_rfc_7946_says(city: None, api: Any) -> None:
    District.objects.filter(code="gate").update(boundary={"type": "Polygon", "coordinates": [RING]})
    Project.objects.filter(pk=Project.objects.first().pk).update(
        geometry={"type": "Point", "coordinates": [77.05, 43.45]}
    )
    response = api().get("/api/v1/districts.geojson", {"lang": "en"})
    districts = json.loads(body_of(response))
    projects = json.loads(body_of(api().get("/api/v1/projects.geojson")))

    assert response["Content-Type"] == "application/geo+json"
    assert (districts["type"], len(districts["features"])) == ("FeatureCollection", 4)
    gate = districts["features"][0]
    assert (gate["type"], gate["id"], gate["properties"]["boundary_schematic"]) == ("Feature", "gate", True)
    assert gate["properties"]["source_code"] and gate["properties"]["name"] == "gate District"
    assert "boundary" not in gate["properties"]
    outline = shape(gate["geometry"])
    assert isinstance(outline, Polygon) and outline.exterior.is_ccw
    assert [district["geometry"] for district in districts["features"][1:]] == [None] * 3
    assert [project["geometry"] and project["geometry"]["type"] for project in projects["features"]] == [
        "Point",
        None,
    ]


def test_geojson_with_few_fields_keeps_its_geometry(city: None, api: Any) -> None:
    District.objects.update(boundary={"type": "Polygon", "coordinates": [RING]})

    (gate, *_) = json.loads(body_of(api().get("/api/v1/districts.geojson?fields=profile")))["features"]

    assert gate["id"] == "gate" and gate["geometry"]["type"] == "Polygon"
    assert list(gate["properties"]) == ["profile_kk", "profile_ru", "profile_en"]


@pytest.mark.parametrize("address", EXPORTS)
def test_a_file_is_named_after_what_it_holds_and_when(city: None, api: Any, address: str) -> None:
    name, suffix = Path(address).stem, Path(address).suffix
    response, head = api().get(address), api().head(address)

    assert response["Content-Disposition"] == f'attachment; filename="{name}-{timezone.localdate()}{suffix}"'
    assert (head.status_code, head.content) == (200, b"")
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


def test_a_long_text_fits_into_a_cell(city: None, api: Any) -> None:
    SourceFactory(code="LONG", publisher="a", addresses=["https://example.org/" + "a" * 40_000])

    sheet = read_xlsx(api(), "sources", q="LONG").worksheets[0]
    (cell,) = [cell.value for cell in sheet[3] if str(cell.value).startswith("https://example.org")]
    assert len(cell) == 32_767 and cell.endswith("…")
