"""How figures are made, legal acts, the timeline, what the portal says of itself, feeds and the map of the site."""

import re

import pytest
import time_machine

from accounts.models import Organisation
from core.models import LegalAct, Source
from districts import services
from districts.models import Project
from tasks.models import Instruction, Meeting
from tests import factories

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
