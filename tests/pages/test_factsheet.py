"""The fact sheet of a district: one page of A4, in three languages, with the sources of what it says."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from core.paper import pdf
from districts.models import District
from tests.factories import FigureFactory, MilestoneFactory, ProjectFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]

PUBLIC = {"visibility": "public"}


def sheet(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return PdfReader(BytesIO(response.content)), response


def words(reader):
    return " ".join(reader.pages[0].extract_text().split())


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("code", ["gate", "golden", "growing", "green"])
def test_it_is_one_page_of_a4_in_the_language_of_the_address(client, language, code):
    reader, response = sheet(client, f"/{language}/districts/{code}/factsheet.pdf")

    assert len(reader.pages) == 1
    box = reader.pages[0].mediabox
    assert (round(float(box.width)), round(float(box.height))) == (595, 842)
    assert response["Content-Type"] == "application/pdf"
    assert f'"{code}-district-{language}.pdf"' in response["Content-Disposition"]
    assert reader.trailer["/Root"]["/Lang"] == language
    assert "[SEED]" in words(reader)


def test_it_says_what_the_page_says_with_the_date_of_the_data(client):
    text = words(sheet(client, "/en/districts/green/factsheet.pdf")[0])

    for told in (
        "Green District",
        "31,730",
        "not published",
        "Date of the data",
        "Legal regime",
        "1 July 2026",
        "As of",
    ):
        assert told in text, told


def test_what_is_not_published_is_not_on_it(client):
    gate = District.objects.get(code="gate")
    ProjectFactory(district=gate, name_en="Canary")
    FigureFactory(project=None, district=gate, measure="site_area", value=424242, chosen=True)

    text = words(sheet(client, "/en/districts/gate/factsheet.pdf")[0])

    assert "Canary" not in text
    assert "424,242" not in text


def test_however_much_is_built_there_it_stays_one_page(client):
    gate = District.objects.get(code="gate")
    for number in range(30):
        project = ProjectFactory(district=gate, name_en=f"Project {number} with a long name " * 5, **PUBLIC)
        MilestoneFactory(project=project, name_en="A milestone that is told at length " * 3)

    reader, _response = sheet(client, "/en/districts/gate/factsheet.pdf")

    assert len(reader.pages) == 1
    assert "The others are in the register" in words(reader)


def test_there_is_a_docx_as_well(client):
    response = client.get("/kk/districts/gate/factsheet.docx")

    assert response.status_code == 200
    assert response.content.startswith(b"PK")


def test_there_is_none_of_a_fifth_district(client):
    assert client.get("/kk/districts/fifth/factsheet.pdf").status_code == 404


def test_without_pango_the_page_says_so_and_leads_back(client, monkeypatch):
    def off():
        raise pdf.PdfIsOff

    monkeypatch.setattr(pdf, "_library", off)

    response = client.get("/en/districts/gate/factsheet.pdf")

    assert response.status_code == 503
    assert "/en/districts/gate/factsheet.docx" in response.content.decode()
    assert 'href="/en/districts/gate/"' in response.content.decode()
