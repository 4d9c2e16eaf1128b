"""Pages of visitors go packed; what is somebody's own, and the API, go as they are."""

import gzip

import pytest

pytestmark = pytest.mark.django_db

TAKES = {"accept-encoding": "gzip"}


def test_a_visitor_gets_the_page_packed(client):
    plain, packed = client.get("/kk/about-data/"), client.get("/kk/about-data/", headers=TAKES)

    assert packed["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed["Vary"]
    assert gzip.decompress(packed.content) == plain.content
    assert not plain.has_header("Content-Encoding")


def test_one_who_is_signed_in_gets_it_as_it_is(client, office):
    client.force_login(office)

    assert not client.get("/kk/about-data/", headers=TAKES).has_header("Content-Encoding")


def test_so_does_a_program(client):
    assert not client.get("/api/v1/openapi.json", headers=TAKES).has_header("Content-Encoding")
