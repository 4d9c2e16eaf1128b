"""The pages on the real data: everybody reads them, and they say what is known and what is not."""

import gzip
import re

import pytest

from districts.models import Project
from tests.pages.words import PAGES, project_page

pytestmark = pytest.mark.django_db
PERSONAS = ["office", "leadership", "executor", "investor", "auditor"]


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_everybody_reads_every_page_and_it_is_light(city, client, language, page):
    response = client.get(f"/{language}{page}")

    assert response.status_code == 200
    html = response.content.decode()
    assert f'<html lang="{language}">' in html
    assert html.count("<h1") == 1
    assert len(gzip.compress(response.content, 6)) <= 20 * 1024


@pytest.mark.parametrize("persona", PERSONAS)
def test_a_signed_in_reader_gets_the_same_pages(city, read, request, persona):
    user = request.getfixturevalue(persona)

    for page in PAGES:
        assert "<h1" in read(f"/kk{page}", user)


@pytest.mark.parametrize("page", ["/districts/fifth/", "/projects/ALT-P-9999/", "/projects/pepsico_plant/"])
def test_what_does_not_exist_is_a_page_not_found(city, client, page):
    response = client.get(f"/kk{page}")

    assert response.status_code == 404
    assert "<h1" in response.content.decode()


def test_only_published_areas_are_shown_and_the_others_are_said_to_be_unpublished(city, read):
    growing, green, gate = (read(f"/kk/districts/{code}/") for code in ("growing", "green", "gate"))

    assert growing.count("жарияланбаған") >= 3
    assert "31\u00a0730" in green
    assert "дерлік" in gate


def test_a_project_without_an_investor_or_a_sum_says_so(city, read):
    page = read(project_page("iconic_building_1", "ru"))

    assert "не опубликовано" in page
    assert "срок не установлен" in page.lower()


def test_a_milestone_whose_time_has_passed_claims_nothing(city, read):
    assert "no later report is known" in read(project_page("pepsico_plant", "en"))


def test_every_source_named_anywhere_stands_in_the_list_of_sources(city, read):
    listed = set(re.findall(r'<tr id="([A-Za-z0-9_]+)"', read("/en/about-data/")))
    cited = {
        code
        for page in PAGES
        for code in re.findall(r"/about-data/#([A-Z][A-Za-z0-9_]+)", read(f"/en{page}"))
    }

    assert len(listed) == 90
    assert cited <= listed


def test_links_to_other_sites_are_marked_and_only_web_addresses_are_links(city, read):
    page = read("/en/about-data/")

    outward = re.findall(r'<a href="(https?://[^"]+)"([^>]*)>', page)
    assert outward
    assert all('rel="noopener nofollow external"' in rest for _, rest in outward)
    assert 'href="GitHub' not in page


def test_talks_are_not_a_project_under_way(city, read):
    assert "Rhenus Logistics" in read("/kk/districts/growing/")
    investors = read("/en/investors/")
    talks = investors[investors.index("Rhenus Logistics") :].split("</tr>")[0]
    assert "In talks" in talks
    assert "Building" not in talks


def test_the_home_page_counts_what_is_visible(city, read, office):
    Project.objects.filter(code="new_airport").update(visibility="internal")

    assert '<dd class="counter-value">16</dd>' in read("/kk/")
    assert '<dd class="counter-value">17</dd>' in read("/kk/", office)


def test_the_bar_of_a_district_says_in_words_how_many_projects_stand_where(city, read):
    home, gate = read("/en/"), read("/en/districts/gate/")

    for page in (home, gate):
        assert 'Identification: <b class="tabular">2</b>' in page
        assert 'Implementation: <b class="tabular">3</b>' in page
    assert '<rect class="identification" x="0.0" width="40.0" height="8"/>' in home


def test_the_map_of_a_district_shows_it_near_and_still_links_the_others(city, read):
    home, golden = read("/kk/"), read("/kk/districts/golden/")

    assert 'viewBox="0 0 360 288"' in golden
    assert 'viewBox="0 0 360 572"' in home
    assert 'aria-label="Gate District"' in golden


def test_what_is_not_known_of_a_district_is_said_not_left_out(city, read):
    page = read("/en/districts/growing/")

    assert "The project office answers" in page
    assert page.count("not published") >= 5


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_section_is_one_step_away_from_every_page(city, client, read, language):
    foot = read(f"/{language}/").split("<footer")[1]
    addresses = re.findall(r'href="(/[^"]+)"', foot)

    assert len(addresses) >= 13
    for address in addresses:
        assert client.get(address).status_code == 200, address


def test_the_header_has_at_most_six_entries_and_a_search_that_is_a_form(city, read):
    head = read("/kk/").split("</header>")[0]
    menu = head.split('<nav aria-label="Негізгі">')[-1]

    assert len(re.findall(r"^          <li>", menu, re.MULTILINE)) <= 6
    assert re.search(r'<form class="search"[^>]*action="/kk/search/" method="get"', head)
    assert 'name="q"' in head


def test_open_data_of_a_project_is_linked_and_there(city, client, read):
    page = read(project_page("pepsico_plant", "en"))
    addresses = re.findall(r'href="(/api/[^"]+)"', page.split('id="data"')[1].split("<h2")[0])

    assert len(addresses) == 4
    assert [client.get(address).status_code for address in addresses] == [200] * 4


def test_the_two_instructions_of_the_latest_meeting_are_on_the_home_page(city, read):
    home = read("/kk/")

    assert home.index("құрылысын жеделдету") < home.index("кешенді тәсіл қолдану")
    assert "жауапты орындаушы" in home
