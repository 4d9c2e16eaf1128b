"""Three languages: how one is chosen and kept, and what is shown where a translation is missing."""

import re

import pytest

from districts.models import Project
from tests.pages.words import project_page

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


def test_the_switch_keeps_the_object_and_the_query(city, read):
    page = project_page("k_park", "kk")
    html = read(f"{page}?a=1&b=2")

    for language in ("kk", "ru", "en"):
        address = page.replace("/kk/", f"/{language}/", 1)
        assert f'<a href="{address}?a=1&amp;b=2" lang="{language}"' in html
        assert re.search(rf'<link rel="alternate" hreflang="{language}" href="[^"]+{address}">', html)
    assert re.search(rf'<link rel="canonical" href="[^"]+{page}">', html)


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
