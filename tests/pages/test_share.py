"""What those elsewhere read of a page: its head, the picture beside the link, and what it is about."""

import html
import json
import re
from io import BytesIO
from urllib.parse import urlsplit

import pytest
from PIL import Image

from alatau_portal.share_picture import HEIGHT, WIDTH, Picture, draw
from districts.models import District, Project
from tests.factories import (
    FigureFactory,
    LandPlotFactory,
    OpportunityFactory,
    ProjectFactory,
    opportunity_in,
)

pytestmark = pytest.mark.django_db

PUBLIC = {"visibility": "public"}


def head(page):
    found = re.findall(r'<meta (?:property|name)="((?:og|twitter):[^"]+)" content="([^"]*)"', page)
    return {name: html.unescape(value) for name, value in found}


def linked(page):
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return json.loads(found[1])["@graph"] if found else []


@pytest.mark.parametrize(("language", "locale"), [("kk", "kk_KZ"), ("ru", "ru_RU"), ("en", "en_GB")])
def test_the_head_of_a_page_says_what_a_shared_link_shows(city, client, settings, language, locale):
    page = client.get(f"/{language}/districts/green/").content.decode()
    told = head(page)

    title = html.unescape(re.search(r"<title>(.*?)</title>", page)[1])
    assert title.startswith(told["og:title"])
    assert told["og:description"] == html.unescape(
        re.search(r'name="description" content="([^"]*)"', page)[1]
    )
    assert told["og:image"] == f"{settings.PUBLIC_URL}/share/district/green.{language}.png"
    assert told["og:url"] == f"{settings.PUBLIC_URL}/{language}/districts/green/"
    assert told["og:locale"] == locale
    assert len(re.findall('og:locale:alternate" content="([a-zA-Z_]+)"', page)) == 2
    assert told["twitter:card"] == "summary_large_image"
    assert client.get(urlsplit(told["og:image"]).path).status_code == 200


def test_every_other_page_has_the_picture_of_the_city(city, client, settings):
    for address in ("/kk/", "/kk/projects/", "/kk/about-data/", "/kk/privacy/"):
        assert (
            head(client.get(address).content.decode())["og:image"]
            == f"{settings.PUBLIC_URL}/share/home/city.kk.png"
        )


@pytest.mark.parametrize("kind", ["home/city", "district/gate", "district/green"])
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_picture_is_of_the_size_that_others_ask_for(city, client, kind, language):
    response = client.get(f"/share/{kind}.{language}.png")

    assert response["Content-Type"] == "image/png"
    assert Image.open(BytesIO(response.content)).size == (WIDTH, HEIGHT)
    assert len(response.content) < 100 * 1024
    assert response["Cache-Control"] == "public, max-age=60"
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_of_each_kind_only_what_is_published_has_one(client, office):
    shown = {
        "project": ProjectFactory(**PUBLIC),
        "plot": LandPlotFactory(**PUBLIC),
        "opportunity": opportunity_in("open"),
    }
    hidden = {"project": ProjectFactory(), "plot": LandPlotFactory(), "opportunity": OpportunityFactory()}
    client.force_login(office)  # whoever asks, a picture is what a visitor may read

    for kind, row in shown.items():
        assert client.get(f"/share/{kind}/{row.public_id}.kk.png").status_code == 200, kind
    for kind, row in hidden.items():
        assert client.get(f"/share/{kind}/{row.public_id}.kk.png").status_code == 404, kind
    for absent in ("project/ALT-P-9999", "district/fifth", "home/town", "plot/1", "opportunity/x"):
        assert client.get(f"/share/{absent}.kk.png").status_code == 404, absent


def test_nobody_keeps_the_answer_that_there_is_none(client):
    response = client.get(f"/share/project/{ProjectFactory().public_id}.kk.png")

    assert response.status_code == 404
    assert "max-age=60" not in response["Cache-Control"]


def test_what_waits_for_its_hour_has_no_picture(client):
    project = ProjectFactory(**PUBLIC)
    Project.objects.filter(pk=project.pk).update(published_at="2099-01-01T00:00Z")

    assert client.get(f"/share/project/{project.public_id}.kk.png").status_code == 404


def test_a_picture_changes_with_what_it_says(client):
    project = ProjectFactory(**PUBLIC)
    address = f"/share/project/{project.public_id}.kk.png"
    before = client.get(address).content
    assert client.get(address).content == before

    FigureFactory(
        project=project, measure="investment", unit="money", currency="USD", value=5_000_000, chosen=True
    )
    assert client.get(address).content == before  # not published

    Project.objects.filter(pk=project.pk).update(name_kk="Басқа атау")
    assert client.get(address).content != before


def test_long_titles_and_strange_signs_are_set_all_the_same():
    for title in ("ұ" * 400, "Сөз " * 300, "<b>&\u202e\U0001f600", "", "Алатау"):
        draw(Picture(title, eyebrow=title, lines=(title, title), foot=title[:90], mark="Үлгі"))


def test_the_home_page_says_whose_portal_this_is(city, client):
    things = {thing["@type"]: thing for thing in linked(client.get("/en/").content.decode())}

    assert things["GovernmentOrganization"]["name"].startswith("Project Office")
    assert things["WebSite"]["inLanguage"] == "en"


def test_a_district_is_a_place_in_the_city_with_no_outline(city, client):
    things = {thing["@type"]: thing for thing in linked(client.get("/ru/districts/green/").content.decode())}

    assert things["Place"]["containedInPlace"]["@type"] == "City"
    assert "geo" not in things["Place"]
    trail = things["BreadcrumbList"]["itemListElement"]
    assert [step["position"] for step in trail] == [1, 2]
    assert trail[-1]["item"].endswith("/ru/districts/green/")


def test_the_registers_are_data_sets_with_files_that_are_there(city, client, settings):
    things = linked(client.get("/en/about-data/").content.decode())

    files = [file for thing in things for file in thing.get("distribution", [])]
    assert len(files) > 5
    for file in files:
        path = file["contentUrl"].removeprefix(settings.PUBLIC_URL)
        assert client.get(path).status_code == 200, path


def test_no_word_of_a_text_ends_the_data_or_an_attribute(city, client):
    evil = '"><script>alert(1)</script>'
    District.objects.filter(code="gate").update(name_kk=evil, profile_kk=evil, location_kk=f"</script>{evil}")

    page = client.get("/kk/districts/gate/").content.decode()

    assert "<script>alert" not in page
    place = next(thing for thing in linked(page) if thing["@type"] == "Place")
    assert place["name"] == evil


def test_of_a_project_that_is_not_published_nothing_is_told_to_machines(client, office):
    client.force_login(office)

    page = client.get(f"/kk/projects/{ProjectFactory().public_id}/").content.decode()

    assert linked(page) == []
