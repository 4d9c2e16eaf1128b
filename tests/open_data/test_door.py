"""The files as programs fetch them: types, hashes, caching, other sites; and the page about them."""

import json
import re
from hashlib import sha256

import pytest
from django.test import Client

from alatau_portal.open_data import files
from alatau_portal.open_data.checks.profile import PROJECT
from core.text import LANGUAGES
from districts.models import Project

pytestmark = pytest.mark.django_db


@pytest.fixture
def fetch(client, published):
    return lambda name, **headers: client.get(f"/open-data/{name}", headers=headers)


@pytest.mark.parametrize("name", files.NAMES)
def test_every_file_has_its_type_its_hash_and_is_open_to_other_sites(fetch, made, name):
    answer = fetch(name)

    assert answer.content == made[name]
    assert answer["Content-Type"] == files.TYPES[name]
    assert answer["ETag"].strip('W/"') == sha256(made[name]).hexdigest()[:32]
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "no-cache" in answer["Cache-Control"]


def test_whoever_has_it_already_gets_nothing_again(fetch, django_assert_num_queries):
    first = fetch("oc4ids.kk.json")
    with django_assert_num_queries(3):  # the edition, what was taken down, the hash: not the body
        by_hash = fetch("oc4ids.kk.json", if_none_match=first["ETag"])
    by_time = fetch("oc4ids.kk.json", if_modified_since=first["Last-Modified"])

    assert (by_hash.status_code, by_hash.content, by_hash["ETag"]) == (304, b"", first["ETag"])
    assert (by_time.status_code, by_time["Access-Control-Allow-Origin"]) == (304, "*")


def test_the_head_says_what_the_body_would(client, published, made):
    head = client.head("/open-data/projects.csv")

    assert (head.status_code, head.content) == (200, b"")
    assert int(head["Content-Length"]) == len(made["projects.csv"])


def test_a_permanent_copy_is_kept_for_ever_by_caches_too(fetch, published, made):
    answer = fetch(f"{published.day}/oc4ids.ru.json")

    assert answer.content == made["oc4ids.ru.json"]
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("name", ["secret.json", "2026-02-30/projects.csv", "1999-01-01/projects.csv"])
def test_there_is_nothing_else(fetch, name):
    assert fetch(name).status_code == 404


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_tells_all_of_it_in_the_language_of_the_reader(client, published, language):
    page = client.get(f"/{language}/open-data/").content.decode()

    for name in files.NAMES:
        assert f'href="/open-data/{name}"' in page
        assert f'href="/open-data/{published.day}/{name}"' in page
    assert "https://creativecommons.org/licenses/by/4.0/" in page
    assert "oc4ids-000000" in page
    assert all(f"<code>{field}</code>" in page for field in PROJECT["properties"])
    assert f"/feeds/changes.{language}.xml" in page


def test_the_page_says_that_the_prefix_is_a_placeholder_until_it_is_none(client, published, settings):
    assert "a placeholder" in client.get("/en/open-data/").content.decode()

    settings.OC4IDS_PREFIX = "oc4ids-abc123"

    assert "a placeholder" not in client.get("/en/open-data/").content.decode()


def test_the_page_tells_search_engines_of_the_data_sets(client, published):
    page = client.get("/en/open-data/").content.decode()
    linked = json.loads(re.search(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', page, re.S)[1])
    graph = linked["@graph"]
    sets = [one for one in graph if one["@type"] == "Dataset"]

    assert len(sets) == 4
    assert {one["license"] for one in sets} == {"https://creativecommons.org/licenses/by/4.0/"}
    assert sum(len(one["distribution"]) for one in sets) == len(files.NAMES) - 1 + 3


def test_the_page_is_found(client, published):
    assert "/kk/open-data/" in client.get("/sitemap.xml").content.decode()
    assert 'href="/kk/open-data/"' in client.get("/kk/").content.decode()


def test_the_page_counts_what_is_missing(client, published):
    before = client.get("/en/open-data/").content.decode()
    undated = Project.objects.filter(visibility="public", sectors=[]).count()
    assert f"without a sector: <b>{undated}</b> of 17" in before

    Project.objects.filter(visibility="public", sectors=[]).update(sectors=["economy"])

    assert "without a sector: <b>0</b> of 17" in client.get("/en/open-data/").content.decode()


def test_the_page_costs_the_same_whatever_it_tells(client, published, django_assert_max_num_queries):
    client.get("/en/open-data/")
    with django_assert_max_num_queries(8):
        client.get("/en/open-data/")


def test_a_file_is_the_same_for_whoever_is_signed_in(published, office, made):
    client = Client()
    client.force_login(office)

    assert client.get("/open-data/projects.geojson").content == made["projects.geojson"]
