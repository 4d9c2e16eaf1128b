"""Three languages: how one is chosen and kept, and what is shown where a translation is missing."""

import re
from html import unescape
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.http import QueryDict

from districts.models import Project
from tests.pages.words import PAGES, project_page

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("cookie", "accepted", "goal"),
    [
        ("", "", "/kk/"),
        ("", "ru-RU,ru;q=0.9,en;q=0.8", "/ru/"),
        ("", "de,en;q=0.5", "/en/"),
        ("", "fr", "/kk/"),
        ("kk", "ru", "/kk/"),
        ("en", "", "/en/"),
        ("xx", "ru", "/ru/"),
    ],
)
def test_the_bare_address_leads_by_cookie_then_browser_then_kazakh(client, cookie, accepted, goal):
    if cookie:
        client.cookies["django_language"] = cookie

    response = client.get("/?utm_source=qr&x=1", headers={"accept-language": accepted})

    assert response.status_code == 302
    assert response["Location"] == f"{goal}?utm_source=qr&x=1"
    assert {"Cookie", "Accept-Language"} <= {name.strip() for name in response["Vary"].split(",")}


def test_a_page_in_another_language_than_the_browser_asks_for_is_remembered(city, client):
    client.get("/en/projects/", headers={"accept-language": "ru"})

    assert client.get("/", headers={"accept-language": "ru"})["Location"] == "/en/"


def test_a_page_in_the_language_of_the_browser_leaves_no_cookie(city, client):
    response = client.get("/ru/projects/", headers={"accept-language": "ru"})

    assert "django_language" not in response.cookies


def links(html):
    """(hreflang or “canonical”) → address without the host."""
    found = re.findall(r'<link rel="(alternate|canonical)"(?: hreflang="([^"]+)")? href="([^"]+)">', html)
    return {code or rel: unescape(href.removeprefix(settings.PUBLIC_URL)) for rel, code, href in found}


def switch(html):
    return {code: unescape(href) for href, code in re.findall(r'<a href="([^"]+)" lang="(kk|ru|en)"', html)}


PLACES = [page for page in PAGES if "?" not in page]
QUERIES = [
    "",
    "?q=%D2%9B%D2%B1%D1%80&district=golden",
    "?a=1&b=2&b=3",
    "?limit=5&after=abc",
    "?q=%3Cb%3E&q=%22x%22",
]


@pytest.mark.parametrize(
    ("place", "query"),
    [
        *((place, QUERIES[2]) for place in [*PLACES, "/projects/ALT-P-0006/", "/accounts/login/"]),
        *(("/projects/", query) for query in QUERIES),
    ],
)
def test_the_switch_keeps_the_object_and_the_query(city, client, place, query):
    """Also where the page does not know what to do with it, and says so."""
    html = client.get(f"/kk{place}{query}").content.decode()

    asked = dict.fromkeys(("kk", "ru", "en"), QueryDict(query[1:]))
    assert {code: QueryDict(urlsplit(href).query) for code, href in switch(html).items()} == asked
    assert {code: urlsplit(href).path for code, href in switch(html).items()} == {
        code: f"/{code}{place}" for code in asked
    }


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("place", PLACES)
def test_a_page_names_itself_and_its_translations(city, read, place, language):
    html = read(f"/{language}{place}")

    default = "/" if place == "/" else f"/kk{place}"
    translations = {code: f"/{code}{place}" for code in ("kk", "ru", "en")}
    assert links(html) == {**translations, "x-default": default, "canonical": f"/{language}{place}"}
    assert f'<html lang="{language}"' in html


def test_what_the_page_shows_is_in_its_canonical_address_and_where_the_reader_came_from_is_not(city, read):
    html = read("/ru/about-data/?utm_source=qr&q=%D2%9B%D0%B0&status=&fbclid=x&utm_medium=print")

    assert set(links(html).values()) == {f"/{code}/about-data/?q=%D2%9B%D0%B0" for code in ("kk", "ru", "en")}
    assert "utm_source=qr" in switch(html)["kk"]


def test_the_switch_keeps_the_day_looked_back_to(city, read, office):
    html = read("/kk/projects/?as_of=2026-01-01", office)

    assert {code: urlsplit(href).query for code, href in switch(html).items()} == dict.fromkeys(
        ("kk", "ru", "en"), "as_of=2026-01-01"
    )


@pytest.mark.parametrize("address", ["/kk/nothing/?q=1", "/ru/projects/ALT-P-9999/"])
def test_an_error_has_a_switch_and_no_canonical_address(city, client, address):
    html = client.get(address).content.decode()

    assert links(html) == {}
    assert switch(html) == {code: f"/{code}{address[3:]}" for code in ("kk", "ru", "en")}


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_an_answer_says_its_language(city, client, language):
    assert client.get(f"/{language}/")["Content-Language"] == language
    assert client.get(f"/{language}/nothing/")["Content-Language"] == language
    api = client.get("/api/v1/nothing/", headers={"accept-language": language})
    assert api["Content-Language"] == language


def test_a_missing_translation_is_shown_in_its_own_language_and_marked(city, read):
    Project.objects.filter(code="k_park").update(name_en="")

    for page in (project_page("k_park", "en"), "/en/projects/", "/en/districts/golden/"):
        html = read(page)
        assert '<span lang="kk">K-Park мәдени-бизнес кешені</span>' in html
        assert "not translated yet" in html


def test_a_text_of_the_data_is_escaped(city, read):
    Project.objects.filter(code="k_park").update(name_kk="<script>alert(1)</script>", name_en="")

    for page in (project_page("k_park", "kk"), project_page("k_park", "en")):
        assert "<script>alert" not in read(page)


@pytest.mark.parametrize(
    ("language", "words"), [("kk", ["17 жоба", "7 ұйым"]), ("ru", ["17 проектов", "7 организаций"])]
)
def test_numbers_take_the_right_word(city, read, language, words):
    for page, word in zip(("projects", "investors"), words, strict=True):
        assert word in read(f"/{language}/{page}/")
