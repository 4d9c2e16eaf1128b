"""Registers go out as tables and come in again: all of a file or nothing, and named in the ledger."""

import csv
import io
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Organisation
from core.models import CalendarDay, Change, Source
from districts.models import Place
from tests import factories as make
from tests.admin.rows import LOOKED_AT, ROWS, address

pytestmark = pytest.mark.django_db

XLSX, CSV = "0", "1"
PEOPLE = {"accounts.User", "accounts.Invitation", "accounts.ApiClient", "accounts.Substitution"}
#: Who owes what is changed by its verbs, and told by the matrix of reports.
REGISTERS = sorted(ROWS.keys() - PEOPLE - LOOKED_AT - {"tasks.ReportingDuty"})


def exported(client: Any, model: str, query: str = "", kind: str = CSV) -> Any:
    response = client.post(f"{address(model, 'changelist')}export/{query}", {"format": kind, "resource": "0"})
    assert response.status_code == 200
    if kind == CSV:
        return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def table(*rows: list[Any], kind: str = CSV) -> SimpleUploadedFile:
    if kind == CSV:
        text = io.StringIO()
        csv.writer(text, delimiter=";").writerows(rows)
        return SimpleUploadedFile("table.csv", text.getvalue().encode("utf-8-sig"))
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return SimpleUploadedFile("table.xlsx", file.getvalue())


def tried(client: Any, model: str, *rows: list[Any], kind: str = CSV) -> Any:
    answer = {"import_file": table(*rows, kind=kind), "format": kind, "resource": "0", "why": "decree 7"}
    return client.post(f"{address(model, 'changelist')}import/", answer)


def done(client: Any, model: str, *rows: list[Any], kind: str = CSV) -> Any:
    """Tried, and confirmed as the page offers it."""
    page = tried(client, model, *rows, kind=kind)
    form = page.context["confirm_form"]
    answer = {name: form[name].value() for name in form.fields}
    return client.post(f"{address(model, 'changelist')}process_import/", answer)


def said(response: Any) -> str:
    result = response.context["result"]
    rows = [text for row in result.invalid_rows for text in row.error.messages]
    base = [str(error.error) for error in result.base_errors]
    return " ".join(
        rows + base + [str(error.error) for _n, errors in result.row_errors() for error in errors]
    )


DAYS = [
    ["date", "kind", "name_kk", "name_ru", "moved_from", "act"],
    ["2027-03-09", "off", "Ауыстырылған демалыс", "Перенос", "2027-03-06", "№ 7"],
    ["06.03.2027", "working day", "Жұмыс сенбісі", "Рабочая суббота", "", "№ 7"],
]


@pytest.mark.parametrize("model", REGISTERS)
@pytest.mark.parametrize("kind", [XLSX, CSV])
def test_every_register_goes_out(browse, office, model, kind):
    ROWS[model]()
    count = type(ROWS[model]())._base_manager.count()

    assert len(exported(browse(office), model, kind=kind)) == count + 1


@pytest.mark.parametrize("model", sorted(PEOPLE))
def test_people_do_not(browse, office, model):
    ROWS[model]()

    assert browse(office).get(f"{address(model, 'changelist')}export/").status_code == 403


def test_the_list_goes_out_as_it_is_filtered(browse, auditor):
    make.PlaceFactory(code="here", name_kk="Қапшағай")
    make.PlaceFactory(code="there", confidence="low")
    client = browse(auditor)

    assert [row[0] for row in exported(client, "districts.Place", "?q=капшагай")] == ["Code", "here"]
    assert [row[0] for row in exported(client, "districts.Place", "?confidence__exact=low")] == [
        "Code",
        "there",
    ]


def test_codes_are_written_in_words_and_references_by_their_code(browse, office):
    project = make.ProjectFactory(district=make.DistrictFactory(code="gate"), sectors=["economy"])

    headers, row = exported(browse(office), "districts.Project")
    told = dict(zip(headers, row, strict=True))

    assert (told["Public id"], told["District"]) == (project.public_id, "gate")
    assert (told["Status"], told["Sectors"]) == ("identification", "economy")
    assert told["Source"] == project.source.code


@pytest.mark.parametrize("evil", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x")'])
def test_no_cell_is_a_formula(browse, office, evil):
    make.PlaceFactory(name_kk=evil)
    client = browse(office)

    in_csv = [cell for row in exported(client, "districts.Place") for cell in row]
    book = client.post(
        f"{address('districts.Place', 'changelist')}export/", {"format": XLSX, "resource": "0"}
    )
    cells = [cell for row in openpyxl.load_workbook(io.BytesIO(book.content)).active.rows for cell in row]

    assert f"'{evil}" in in_csv
    assert [cell.data_type for cell in cells if cell.value == evil] == ["s"]


def test_nothing_personal_and_no_secret_goes_out(browse, office):
    instruction = make.InstructionFactory(controller=make.UserFactory(full_name="Secret Name"))

    rows = exported(browse(office), "tasks.Instruction")

    assert "Secret Name" not in str(rows)
    assert str(instruction.controller.password) not in str(rows)


@pytest.mark.parametrize("kind", [XLSX, CSV])
def test_days_off_come_in_from_a_table(browse, office, kind):
    client = browse(office)

    page = tried(client, "core.CalendarDay", *DAYS, kind=kind)
    assert not CalendarDay.objects.exists(), "a trial writes nothing"
    assert page.context["result"].totals["new"] == 2
    response = done(client, "core.CalendarDay", *DAYS, kind=kind)

    assert response.status_code == 302
    day = CalendarDay.objects.get(date=date(2027, 3, 9))
    assert (day.kind, day.name_kk, day.moved_from) == ("off", "Ауыстырылған демалыс", date(2027, 3, 6))
    assert CalendarDay.objects.get(date=date(2027, 3, 6)).kind == "work"
    change = Change.objects.of(day).get()
    assert (change.actor, change.verb, change.note) == (f"user:{office.pk}", "import", "decree 7")


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (["2027-03-10", "holiday", "а", "б", "", ""], "“holiday” is none of"),
        (["2027-02-30", "off", "а", "б", "", ""], "There is no such day"),
        (["2027-03-10", "off", "а", "б", "2027-03-10", ""], "moved_elsewhere"),
        (["", "off", "а", "б", "", ""], "Date: "),
        (["2027-03-10", "", "а", "б", "", ""], "“” is none of"),
    ],
)
def test_a_bad_row_is_said_and_nothing_of_the_file_is_written(browse, office, row, words):
    page = tried(browse(office), "core.CalendarDay", *DAYS, row)

    assert page.status_code == 200
    assert words in said(page)
    assert "confirm_form" not in page.context
    assert [one.number for one in page.context["result"].invalid_rows] == [3]
    assert not CalendarDay.objects.exists()


def test_what_the_database_refuses_is_told_in_words(browse, office):
    rows = [
        ["code", "kind", "name_kk", "confidence", "length_km"],
        ["a", "city", "Алатау", "high", "-1"],
    ]

    page = tried(browse(office), "districts.Place", *rows)

    assert "greater than or equal to 0" in said(page)
    assert not Place.objects.exists()


def test_a_file_that_no_longer_fits_when_it_is_confirmed_writes_nothing(browse, office):
    client = browse(office)
    page = tried(
        client, "accounts.Organisation", ["code", "kind", "name_kk", "bin"], ["b", "company", "Б", BIN]
    )
    form = page.context["confirm_form"]
    make.OrganisationFactory(code="a", bin=BIN)

    response = client.post(
        f"{address('accounts.Organisation', 'changelist')}process_import/",
        {name: form[name].value() for name in form.fields},
        follow=True,
    )

    assert "Nothing was imported" in response.content.decode()
    assert not Organisation.objects.filter(code="b").exists()


BIN = "990440000385"


@pytest.mark.parametrize(
    ("headers", "words"),
    [
        (["date", "kind", "colour"], "Unknown columns: colour"),
        (["date", "kind", "kind"], "The same column twice"),
        (["kind", "act", "name_kk"], "is missing"),
    ],
)
def test_columns_are_looked_at_first(browse, office, headers, words):
    page = tried(browse(office), "core.CalendarDay", headers, ["2027-03-10", "off", "x"])

    assert words in said(page)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00nonsense", b"PK\x03\x04broken", b"a;b\n1;2;3;4\n"])
@pytest.mark.parametrize("kind", [XLSX, CSV])
def test_what_is_no_table_is_refused_with_a_sentence(browse, office, content, kind):
    answer = {
        "import_file": SimpleUploadedFile("x", content),
        "format": kind,
        "resource": "0",
        "why": "because",
    }

    page = browse(office).post(f"{address('core.CalendarDay', 'changelist')}import/", answer)

    assert page.status_code == 200
    assert not CalendarDay.objects.exists()


def test_what_is_there_is_changed_and_what_is_the_same_is_left(browse, office):
    same = make.SourceFactory(
        code="S1", publisher="Үкімет", published_day="2025-09-29", published_precision="day"
    )
    make.SourceFactory(code="S2", publisher="Ескі")
    client = browse(office)
    told = exported(client, "core.Source")
    told[2 if told[1][0] == "S1" else 1][1] = "Жаңа"

    done(client, "core.Source", *told)

    assert Source.objects.get(code="S2").publisher == "Жаңа"
    same.refresh_from_db()
    assert same.version == 1, "nothing of it changed, so the ledger has nothing new"


@pytest.mark.parametrize(
    "model", ["core.Source", "core.CalendarDay", "districts.Place", "accounts.Organisation"]
)
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_what_went_out_in_any_language_comes_in_unchanged(browse, office, model, language):
    rows = [ROWS[model](), ROWS[model]()]
    client = browse(office)
    client.post("/i18n/setlang/", {"language": language, "next": "/admin/"})
    told = exported(client, model, kind=XLSX)
    client.post("/i18n/setlang/", {"language": "en", "next": "/admin/"})

    page = tried(client, model, *told, kind=XLSX)

    assert said(page) == ""
    assert page.context["result"].totals["skip"] == len(rows) + _others(model, rows)


def _others(model: str, rows: list[Any]) -> int:
    return type(rows[0])._base_manager.count() - len(rows)


def test_only_the_office_brings_in(browse, auditor, executor):
    for user in (auditor, executor):
        client = browse(user)
        for page in ("import/", "process_import/"):
            response = client.post(address("core.CalendarDay", "changelist") + page, {})
            assert response.status_code in (302, 403)
            assert not CalendarDay.objects.exists()
    assert "import/" not in browse(auditor).get(address("core.CalendarDay", "changelist")).content.decode()


def test_a_reason_is_needed(browse, office):
    answer = {"import_file": table(*DAYS), "format": CSV, "resource": "0", "why": ""}

    page = browse(office).post(f"{address('core.CalendarDay', 'changelist')}import/", answer)

    assert "why" in page.context["form"].errors
