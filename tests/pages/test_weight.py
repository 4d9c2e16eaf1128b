"""A page is light: at most 20 KB of HTML as it goes over the wire, in every language."""

import gzip

import pytest

from alatau_portal.pages.styleguide import SECTIONS
from districts.models import Project
from tests.pages.words import PAGES

pytestmark = pytest.mark.django_db

MOST = 20 * 1024


def weight(client, address):
    return len(gzip.compress(client.get(address).content, mtime=0))


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_pages_are_light(city, client, language):
    pages = [*PAGES, *(f"/projects/{project.public_id}/" for project in Project.objects.all())]
    weights = {page: weight(client, f"/{language}{page}") for page in pages}

    assert {page: bytes for page, bytes in weights.items() if bytes > MOST} == {}


def test_so_is_the_style_guide(client, office):
    client.force_login(office)

    for section in SECTIONS:
        assert weight(client, f"/kk/styleguide/{section}/".replace("//", "/")) <= MOST
