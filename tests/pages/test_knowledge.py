"""How figures are made, legal acts, the timeline, what the portal says of itself, feeds and the map of the site."""

import re
from xml.etree import ElementTree

import pytest
import time_machine
from django.conf import settings

from accounts.models import Organisation
from core.models import LegalAct, Source
from districts import services
from districts.models import Project
from tasks.models import Instruction, Meeting
from tests import factories
from tests.pages.words import PAGES, project_page

pytestmark = pytest.mark.django_db
SHOWN = {"visibility": "public"}
ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def text_of(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page.split("<main")[1].split("</main>")[0]).split()).replace(
        "\xa0", " "
    )


class TestAboutTheData:
    def test_sources_are_filtered_and_keep_their_anchors(self, city, read):
        page = read("/kk/about-data/?q=курылыс")

        found = re.findall(r'<tr id="([A-Za-z0-9_]+)"', page)
        assert 0 < len(found) < 10
        assert all("құрылыс" in str(source.about).lower() for source in Source.objects.filter(code__in=found))
        assert 'value="курылыс"' in page

    def test_nothing_found_and_a_wrong_query_are_told(self, city, client):
        assert "Нет источника" in client.get("/ru/about-data/?q=zzzzz").content.decode()
        for wrong in ("a" * 300, "\x00"):
            response = client.get("/ru/about-data/", {"q": wrong})
            assert response.status_code == 200
            assert 'role="alert"' in response.content.decode()

    def test_it_lists_what_is_not_known_and_leads_to_it(self, city, client, read):
        page = read("/en/about-data/")
        listed = page.split('id="unknown"')[1].split("</details>")[0]

        measures = re.findall(r'href="(/en/figures/[^"]+)"', listed)
        k_park = Project.objects.get(code="k_park").public_id
        assert {"/en/figures/golden/area/", f"/en/figures/{k_park}/jobs/"} <= set(measures)
        assert "/en/figures/gate/area/" not in measures
        for address in measures:
            assert "No value is shown for this measure" in client.get(address).content.decode()

    def test_a_hidden_project_is_not_listed_as_unknown(self, city, read, office):
        project = factories.ProjectFactory(name_en="Hidden works")

        assert "Hidden works" not in read("/en/about-data/")
        assert project.public_id in read("/en/about-data/", office)

    def test_statuses_stand_with_their_codes(self, city, read):
        for code in ("identification", "implementation", "cancelled"):
            assert f"<code>{code}</code>" in read("/kk/about-data/")


class TestLegalActs:
    def test_an_act_stands_as_issued_with_its_language(self, city, read):
        page = read("/kk/legal-acts/")

        assert "О создании Проектного офиса" in page
        assert re.search(r'<h2 lang="ru">О создании Проектного офиса', page)
        assert re.search(r'<p lang="ru">О Генеральном плане', page)
        assert "аударма біздікі" in page

    def test_stages_say_whether_they_apply_on_this_day(self, city, read):
        with time_machine.travel("2026-12-01"):
            before = text_of(read("/en/legal-acts/"))
        with time_machine.travel("2027-01-02"):
            after = text_of(read("/en/legal-acts/"))

        assert "Will apply 1 January 2027 : stage 2" in before
        assert "Applies 1 January 2027 : stage 2" in after
        assert "Will apply 1 July 2027 : in full" in after

    def test_each_act_has_its_address_and_its_sources(self, city, read):
        page = read("/kk/legal-acts/")

        for act in LegalAct.objects.all():
            assert f'id="{act.code}"' in page
            assert f"#{act.source.code}" in page

    def test_without_acts_it_says_so(self, city, read):
        Organisation.objects.update(legal_basis=None)
        LegalAct.objects.all().delete()

        assert "No legal act is in the register yet" in read("/en/legal-acts/")


class TestTimeline:
    def test_years_have_anchors_and_today_stands_between_past_and_future(self, city, read):
        with time_machine.travel("2026-11-22"):
            page = read("/en/timeline/")

        years = re.findall(r'<h2 id="y(\d{4})">', page)
        assert years == sorted(years)
        assert {"2024", "2025", "2026", "2027", "2029"} <= set(years)
        text = text_of(page)
        assert text.index("8 May 2026") < text.index("Today, 22 November 2026") < text.index("1 January 2027")

    def test_what_is_known_as_a_year_stays_a_year_and_comes_after_what_is_known_better(self, city, read):
        project = Project.objects.get(code="k_park")
        factories.MilestoneFactory(project=project, name_en="By year", forecast="2031", baseline="2031")
        factories.MilestoneFactory(
            project=project, name_en="By day", forecast="2031-05-05", baseline="2031-05-05"
        )

        text = text_of(read("/en/timeline/"))

        assert "2031 · expected Milestone" in text
        assert text.index("By day") < text.index("By year")

    def test_a_term_that_passed_in_silence_claims_nothing(self, city, read):
        project = Project.objects.get(code="k_park")
        factories.MilestoneFactory(
            project=project, name_en="Long ago", forecast="2025-01", baseline="2025-01"
        )

        text = text_of(read("/en/timeline/"))

        assert "January 2025 no later report is known Milestone: K-Park" in text

    def test_it_is_narrowed_to_a_district(self, city, read):
        gate = text_of(read("/en/timeline/?district=gate"))

        assert "PepsiCo" in gate
        assert "K-Park" not in gate
        assert "Decree of the President" not in gate
        assert "Acts concern the whole city" in gate

    def test_a_wrong_district_is_told(self, city, client):
        response = client.get("/ru/timeline/?district=fifth")

        assert response.status_code == 200
        assert 'role="alert"' in response.content.decode()

    def test_meetings_and_instructions_have_an_address_there(self, city, read):
        page = read("/kk/timeline/")

        for row in (*Meeting.objects.all(), *Instruction.objects.all()):
            assert f'id="{row.public_id}"' in page

    def test_what_is_hidden_is_not_there(self, city, read, office, investor):
        project = factories.ProjectFactory(name_en="Hidden works")
        factories.MilestoneFactory(project=project, name_en="Hidden opening")
        factories.MeetingFactory(title_en="Hidden meeting")
        factories.InstructionFactory(text_en="Hidden instruction", project=project)
        factories.TalkFactory(subject_en="Hidden talk")

        for user in (None, investor):
            assert "Hidden" not in read("/en/timeline/", user)
        page = read("/en/timeline/", office)
        for what in ("works", "opening", "meeting", "instruction", "talk"):
            assert f"Hidden {what}" in page

    def test_an_open_instruction_on_a_hidden_project_does_not_name_it(self, city, read):
        project = factories.ProjectFactory()
        factories.InstructionFactory(text_en="Open words", project=project, **SHOWN)

        page = read("/en/timeline/")

        assert "Open words" in page
        assert project.public_id not in page

    def test_a_change_of_stage_stands_on_its_day(self, city, read, office):
        project = Project.objects.get(code="iconic_building_1")
        services.change_stage(
            project, "preparation", by=office, basis="memo", on="2026-02-02", source=project.source
        )

        assert "2 February 2026 Status of a project" in text_of(read("/en/timeline/"))

    def test_what_has_no_date_stands_at_the_end(self, city, read):
        factories.MeetingFactory(
            title_en="Some day", held_day=None, held_precision="unknown", held_text="", **SHOWN
        )

        page = read("/en/timeline/")

        assert page.index('id="undated"') > page.index('id="y2029"')
        assert "Some day" in page.split('id="undated"')[1]

    def test_an_act_in_force_tomorrow_is_expected_today(self, city, read):
        with time_machine.travel("2026-12-31"):
            text = text_of(read("/en/timeline/"))

        assert "1 January 2027 · expected Entry into force:" in text


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
