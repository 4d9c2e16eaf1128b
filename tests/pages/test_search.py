"""Search over everything: found however it is typed, ranked, marked, and nothing in it that is hidden."""

import re
from html import unescape
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from alatau_portal.pages.search.words import Query, excerpt, marked, marked_text
from core.text import Text
from districts.models import Figure, Place, Project
from tasks.models import Instruction
from tests import factories
from tests.pages.words import project_page

pytestmark = pytest.mark.django_db
SHOWN = {"visibility": "public"}


@pytest.fixture
def search(city, read):
    """search("words") is what stands on the page of results, as text."""

    def find(typed, user=None, language="kk", **more):
        query = "&".join(f"{name}={quote(value)}" for name, value in {"q": typed, **more}.items())
        page = read(f"/{language}/search/?{query}", user)
        return " ".join(unescape(re.sub(r"<[^>]+>", "", page.split("<main")[1].split("</main>")[0])).split())

    return find


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("курылыс", "құрылысын жеделдету"),
        ("ҚҰРЫЛЫС", "құрылысын жеделдету"),
        ("  алматы   жетіген ", "Жетіген"),
        ("Снек зауыты", "PepsiCo"),
        ("завод снеков", "Завод снеков PepsiCo"),  # in Russian, on a Kazakh page
        ("snack plant", "PepsiCo snack plant"),
        ("жарлық 1015", "Алатау қаласын дамытудың кейбір мәселелері туралы"),
        ("№ 175-р", "кеңес туралы ережені"),
        ("S35", "[S35]"),
        ("Gate аумағы", "4 000"),
        ("площадь gate", "4 000"),
        ("population gate", "15 000"),
        ("rhenus", "Rhenus Logistics"),
        ("CRDI", "CRDI"),
        ("Caspian Group", "Caspian Group"),
        ("тұрақтылығын қамтамасыз", "Жобалық офис отырысы"),  # on the agenda of the meeting
        ("деректер туралы", "Деректер туралы"),
    ],
)
def test_it_is_found_as_people_type_it(search, typed, found):
    text = search(typed).replace("\xa0", " ")

    assert "Ештеңе табылмады" not in text
    assert found in text


def test_every_kind_is_found_with_its_number_and_leads_to_its_place(city, read):
    page = read("/en/search/?q=alatau")

    groups = dict(re.findall(r'<h2 id="(\w+)">[^<]+</h2><p class="muted tabular">(\d+)', page))
    assert {"projects", "organisations", "figures", "acts", "statements", "sources", "meetings"} <= set(
        groups
    )
    assert all(int(number) > 0 for number in groups.values())
    more = re.search(r'href="(/en/search/\?q=alatau&amp;kind=sources)">Sources: show all (\d+)', page)
    assert more[2] == groups["sources"]
    alone = read(unescape(more[1]))
    assert alone.count('class="hit-title"') == int(groups["sources"])
    assert '<h2 id="projects">' not in alone


def test_links_lead_to_pages_that_are_there(city, client):
    addresses = set()
    for typed in ("alatau", "gate", "pepsico", "ALT-I-0001", "жетіген", "1015", "conditions", "rhenus"):
        page = client.get(f"/en/search/?q={typed}").content.decode()
        addresses |= set(re.findall(r'class="hit-title"><a href="([^"]+)"', page))

    assert len(addresses) > 25
    for address in addresses:
        path, _hash, anchor = address.partition("#")
        response = client.get(path)
        assert response.status_code == 200, address
        assert not anchor or f'id="{anchor}"' in response.content.decode(), address


def test_the_name_comes_before_the_text(city, search):
    exact = factories.ProjectFactory(name_kk="Зорғы", name_ru="Зоргы", name_en="Zorgy", **SHOWN)
    factories.ProjectFactory(name_kk="Үлкен Зорғы саябағы", name_ru="Парк", **SHOWN)
    factories.ProjectFactory(name_kk="Бассейн", name_ru="Бассейн", purpose_kk="Зорғы жанында", **SHOWN)

    text = search("зоргы", kind="projects")

    assert text.index(exact.public_id) < text.index("Үлкен Зорғы") < text.index("Бассейн")


def test_found_words_are_marked_and_everything_is_escaped(city, read):
    factories.ProjectFactory(name_kk="<b>Құрылыс</b> & Ко", name_ru="Стройка", **SHOWN)

    page = read("/kk/search/?q=курылыс+ко")

    assert "&lt;b&gt;<mark>Құрылыс</mark>&lt;/b&gt; &amp; <mark>Ко</mark>" in page
    assert "<b>Құрылыс" not in page
    assert "<script>" not in read("/kk/search/?q=<script>alert(1)</script>")


def test_what_is_hidden_is_found_only_by_those_who_may_see_it(search, office, investor):
    company = factories.OrganisationFactory(name_kk="Жасырын серіктестік", name_ru="Тайное товарищество")
    factories.ProjectFactory(name_kk="Жасырын жоба", name_ru="Тайный проект")
    factories.MeetingFactory(title_kk="Жасырын отырыс", title_ru="Тайное заседание")
    factories.InstructionFactory(text_kk="Жасырын тапсырма", text_ru="Тайное поручение")
    factories.FigureFactory(printed="жасырын сан", chosen=True)
    factories.ClaimFactory(text_kk="Жасырын мәлімдеме", chosen=True)
    factories.InvestorFactory(organisation=company)
    factories.TalkFactory(organisation=company)
    factories.ProjectPartyFactory(project=Project.objects.get(code="k_park"), organisation=company)

    for reader in (None, investor):
        text = search("жасырын", reader)
        assert "бойынша ештеңе табылмады" in text
        assert "Жасырын" not in text
    for language in ("kk", "en"):
        assert "Жасырын жоба" in search("жасырын жоба", office, language)
    assert "8 нәтиже" in search("жасырын", office)


def test_a_figure_that_was_not_chosen_is_not_found(city, search):
    assert "360" not in search("инвестиция pepsico", language="kk").replace("\xa0", " ")


def test_the_airfield_is_found_by_nobody(search, office):
    airfield = Place.objects.get(kind="airfield")

    for user in (None, office):
        for word in (*airfield.name, *airfield.other_names):
            assert "Орындар" not in search(word, user)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("пепсико", "PepsiCo"), ("k-prak", "K-Park"), ("каспиан груп", "Caspian Group"), ("конаеев", "Қонаев")],
)
def test_a_mistyped_name_is_offered(search, typed, meant):
    text = search(typed)

    assert "бойынша ештеңе табылмады" in text
    assert meant in text[text.index("Мүмкін, мынаны") :]


@pytest.mark.parametrize("typed", ["", " ", "%", "_", "'", '"', "\\", "«»", "\x00", "%%%", "__"])
def test_marks_alone_find_nothing_and_harm_nothing(city, client, typed):
    response = client.get("/kk/search/", {"q": typed})

    assert response.status_code == 200
    assert 'class="hit-title"' not in response.content.decode()


@pytest.mark.parametrize(
    "typed", ["а" * 1000, "а " * 300, "\x00құрылыс\x00", "100%", "o'reilly", "a|b", "(", "[a-z", "\\d"]
)
def test_whatever_is_typed_the_page_stands(city, client, typed):
    response = client.get("/ru/search/", {"q": typed})

    assert response.status_code == 200
    assert response.content.decode().count("<h1") == 1


def test_what_was_left_out_of_a_long_query_is_said(search):
    assert "алғашқы 200 таңба" in search("а" * 1000)
    assert "алғашқы 8 сөз" in search(" ".join("абвгдежзик"))
    assert "әріп те, цифр да жоқ" in search("%%%")


def test_an_unknown_kind_is_told_and_everything_is_searched(search):
    text = search("pepsico", kind="nonsense")

    assert "Мұндай түр жоқ" in text
    assert Project.objects.get(code="pepsico_plant").public_id in text


def test_it_is_not_for_search_engines_and_costs_three_queries(city, client):
    for typed, most in (("", 1), ("қала", 2), ("zzzzzz", 3)):
        with CaptureQueriesContext(connection) as queries:
            page = client.get("/kk/search/", {"q": typed}).content.decode()
        assert len(queries) <= most
        assert '<meta name="robots" content="noindex">' in page


def test_only_one_line_for_each_measure_of_a_subject(search):
    number = Figure.objects.filter(project__code="pepsico_plant", measure="investment").count()

    assert number > 1
    assert search("инвестиция көлемі pepsico", kind="figures").count("PepsiCo") == 1


def test_words_are_marked_where_they_stand():
    query = Query.parse("«Құрылыс» ҚАЛА, жарлық 1015!")

    assert query.words == ["курылыс", "кала", "жарлы", "1015"]
    assert marked("Қала құрылысы", ["курылыс", "кала"]) == "<mark>Қала</mark> <mark>құрылыс</mark>ы"
    assert marked("ааа", ["аа", "а"]) == "<mark>ааа</mark>"
    assert marked("İstanbul қ", ["к"]) == "İstanbul <mark>қ</mark>"
    assert marked("a<b", ["<"]) == "a<mark>&lt;</mark>b"


def test_a_name_found_in_another_language_stands_beside_the_name():
    with translation.override("kk"):
        name = marked_text(Text("Зауыт", "Завод", "Plant"), ["завод"])

        assert name == 'Зауыт (<span lang="ru"><mark>Завод</mark></span>)'


def test_an_excerpt_begins_near_the_word_and_at_a_word():
    with translation.override("kk"):
        part = excerpt(Text("бірінші " * 40 + "мұнда қала тұр " + "соңғы " * 60), ["кала"])

    assert part.startswith("…бірінші")
    assert "<mark>қала</mark>" in part
    assert part.endswith("…")
    assert len(part) < 300


@pytest.mark.parametrize("change", [str, str.lower])
def test_a_public_id_finds_its_thing(city, read, change):
    project, instruction = Project.objects.get(code="pepsico_plant"), Instruction.objects.first()

    assert f'<a href="{project_page("pepsico_plant")}">' in read(f"/kk/search/?q={change(project.public_id)}")
    assert f"/timeline/#{instruction.public_id}" in read(f"/kk/search/?q={change(instruction.public_id)}")


def test_plots_and_opportunities_are_found(city, search, read, office):
    gate = factories.DistrictFactory(code="gate")
    plot = factories.LandPlotFactory(
        district=gate,
        name_kk="Өзен бойындағы учаске",
        name_ru="Участок у реки",
        cadastral_number="03-045-123-456",
        **SHOWN,
    )
    factories.PlotAllocationFactory(plot=plot)
    factories.LandPlotFactory(district=gate, name_kk="Өзен сыры")
    invented = factories.opportunity_in("open", district=gate, is_demo=True, name_kk="Өзен үлгісі")
    factories.OpportunityFactory(district=gate, name_kk="Өзен нобайы", **SHOWN)

    text = search("озен")
    assert "Өзен бойындағы учаске" in text and plot.public_id in text
    assert "Өзен үлгісі" in text and invented.public_id in text
    assert "сыры" not in text and "нобайы" not in text
    assert "Өзен сыры" in search("озен сыры", office) and "Өзен нобайы" in search("озен нобай", office)
    assert "Өзен бойындағы учаске" in search("03-045-123-456")
    for row in (plot, invented):
        page = read(f"/en/search/?q={row.public_id.lower()}")
        kind = "plots" if row is plot else "opportunities"
        assert f'<a href="/en/invest/{kind}/{row.public_id}/">' in page
    assert "Reserved" in read("/en/search/?q=03-045-123-456")
    assert "Invented, for trying out" in read(f"/en/search/?q={invented.public_id}")
