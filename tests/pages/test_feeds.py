"""What the portal says of itself, the feed of changes, and what it tells robots."""

import re
from xml.etree import ElementTree

import pytest
from django.conf import settings

from districts import services
from districts.models import Project
from tests import factories
from tests.pages.test_knowledge import text_of
from tests.pages.words import PAGES, project_page

pytestmark = pytest.mark.django_db
SHOWN = {"visibility": "public"}
ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


class TestStatements:
    @pytest.mark.parametrize("language", ["kk", "ru", "en"])
    def test_they_say_the_same_in_each_language(self, city, read, language):
        privacy, accessibility = (read(f"/{language}/{name}/") for name in ("privacy", "accessibility"))

        for cookie in (
            settings.SESSION_COOKIE_NAME,
            settings.CSRF_COOKIE_NAME,
            settings.KNOWN_COOKIE_NAME,
            settings.LANGUAGE_COOKIE_NAME,
        ):
            assert f"<code>{cookie}</code>" in privacy
        assert [page.count("<h2>") for page in (privacy, accessibility)] == [
            read(f"/kk/{name}/").count("<h2>") for name in ("privacy", "accessibility")
        ]
        assert accessibility.count("<li>") == read("/kk/accessibility/").count("<li>")
        assert "WCAG 2.2" in accessibility
        assert "2191-2023" in accessibility
        assert "@" not in text_of(privacy) + text_of(accessibility)  # no contact is made up

    def test_reading_leaves_no_cookie(self, city, client):
        for page in PAGES:
            response = client.get(f"/kk{page}", headers={"accept-language": "kk"})
            assert not response.cookies, page


class TestFeed:
    def test_what_xml_cannot_hold_does_not_take_it_down(self, city, client):
        Project.objects.update(name_kk="Зауыт \x0b\x01\ufffe<b>", name_ru="Завод \x1b")

        answer = client.get("/feeds/changes.kk.xml")

        assert answer.status_code == 200
        assert ElementTree.fromstring(answer.content).tag == f"{ATOM}feed"

    @pytest.mark.parametrize("language", ["kk", "ru", "en"])
    def test_it_is_atom_and_says_what_the_page_says(self, city, client, office, language):
        project = Project.objects.get(code="iconic_building_1")
        services.change_stage(project, "preparation", by=office, basis="a secret memo", source=project.source)

        response = client.get(f"/feeds/changes.{language}.xml")

        assert response["Content-Type"].startswith("application/atom+xml")
        root = ElementTree.fromstring(response.content)
        first, second = root.findall(f"{ATOM}entry")
        assert str(getattr(project.name, language)) in first.findtext(f"{ATOM}title")
        assert (
            first.find(f"{ATOM}link")
            .get("href")
            .endswith(project_page("iconic_building_1", language) + "#stages")
        )
        assert "#" in second.findtext(f"{ATOM}id")
        assert "a secret memo" not in response.content.decode()

    def test_it_is_sent_again_only_where_it_has_changed(self, city, client):
        address = "/feeds/changes.kk.xml"
        first = client.get(address)
        unchanged = client.get(address, headers={"if-none-match": first["ETag"]})
        Project.objects.filter(code="iconic_building_1").update(visibility="internal")
        changed = client.get(address, headers={"if-none-match": first["ETag"]})

        assert "Last-Modified" not in first
        assert (unchanged.status_code, unchanged.content) == (304, b"")
        assert not {"Content-Length", "Content-Language", "Content-Type"} & set(unchanged.headers)
        assert (changed.status_code, changed["ETag"] != first["ETag"]) == (200, True)

    def test_staff_get_the_public_feed_too(self, city, client, office):
        factories.MeetingFactory(title_kk="Жасырын отырыс")
        client.force_login(office)

        assert "Жасырын" not in client.get("/feeds/changes.kk.xml").content.decode()

    def test_pages_name_it_in_their_head(self, city, read):
        assert re.search(
            r'<link rel="alternate" type="application/atom\+xml"[^>]+href="/feeds/changes.ru.xml">',
            read("/ru/"),
        )

    def test_there_is_none_in_another_language(self, client):
        assert client.get("/feeds/changes.de.xml").status_code == 404


class TestRobots:
    def test_they_are_shown_the_map_and_kept_from_accounts(self, client):
        text = client.get("/robots.txt").content.decode()

        assert "Disallow: /admin/" in text
        assert "/sitemap.xml" in text

    def test_the_map_names_every_public_page_in_three_languages_and_nothing_hidden(
        self, city, client, office
    ):
        hidden = factories.ProjectFactory()
        client.force_login(office)

        response = client.get("/sitemap.xml")

        root = ElementTree.fromstring(response.content)
        addresses = [url.findtext(f"{MAP}loc").split("/", 3)[3] for url in root]
        k_park = Project.objects.get(code="k_park").public_id
        for language in ("kk", "ru", "en"):
            for page in (
                "",
                "districts/gate/",
                f"projects/{k_park}/",
                "investors/pepsico/",
                "figures/gate/area/",
                "timeline/",
            ):
                assert f"{language}/{page}" in addresses
        assert not any(hidden.public_id in address for address in addresses)
        assert len(addresses) == len(set(addresses))
        alternates = root[0].findall("{http://www.w3.org/1999/xhtml}link")
        assert {link.get("hreflang") for link in alternates} == {"kk", "ru", "en", "x-default"}

    def test_every_address_of_the_map_answers(self, city, client):
        root = ElementTree.fromstring(client.get("/sitemap.xml").content)
        addresses = ["/" + url.findtext(f"{MAP}loc").split("/", 3)[3] for url in root]

        for address in [one for one in addresses if one.startswith("/kk/")]:
            assert client.get(address).status_code == 200, address
