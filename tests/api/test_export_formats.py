"""What stands in a file: CSV, workbook and GeoJSON as their readers take them."""

import json
from typing import Any

import pytest
from shapely.geometry import Polygon, shape

from core.api.exports import safe
from districts.models import District, Project
from tests.api.conftest import REGISTERS
from tests.api.files import body_of, read_csv, read_xlsx
from tests.factories import (
    FigureFactory,
    SourceFactory,
)


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


def test_a_long_text_fits_into_a_cell(city: None, api: Any) -> None:
    SourceFactory(code="LONG", publisher="a", addresses=["https://example.org/" + "a" * 40_000])

    sheet = read_xlsx(api(), "sources", q="LONG").worksheets[0]
    (cell,) = [cell.value for cell in sheet[3] if str(cell.value).startswith("https://example.org")]
    assert len(cell) == 32_767 and cell.endswith("…")
