"""A register as a page: its order, its pages, its address, its form, its map, its past."""

import re
from datetime import date
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import timezone

from districts.models import Project
from tests.factories import DistrictFactory, MilestoneFactory, OrganisationFactory, ProjectFactory
from tests.factories.values import dated
from tests.pages.registers import PROJECTS, SHOWN, project, rows

pytestmark = pytest.mark.django_db


def test_a_list_is_sorted_by_the_alphabet_of_its_reader(client):
    for kk, ru in (("Әлем", "Мир"), ("Алатау", "Ястреб"), ("Қала", "Город")):
        ProjectFactory(name_kk=kk, name_ru=ru, **SHOWN)

    assert rows(client.get("/kk/projects/?ordering=name")) == ["Алатау", "Әлем", "Қала"]
    assert rows(client.get("/kk/projects/?ordering=-name")) == ["Қала", "Әлем", "Алатау"]
    assert rows(client.get("/ru/projects/?ordering=name_ru")) == ["Город", "Мир", "Ястреб"]
    assert "ordering=name_ru" in client.get("/ru/projects/").content.decode()


def test_each_order_of_projects(listed):
    south, north = DistrictFactory(code="gate", south_order=1), DistrictFactory(code="green", south_order=4)
    first = project("A", district=north, kind="prospective", status="preparation")
    second = project("B", district=south, kind="anchor")
    project("C")
    MilestoneFactory(project=first, **dated("forecast", date(2029, 1, 1)))
    MilestoneFactory(project=second, **dated("forecast", date(2028, 1, 1)))

    assert listed(PROJECTS) == listed(PROJECTS, ordering="public_id") == ["A", "B", "C"]
    assert listed(PROJECTS, ordering="district") == ["B", "A", "C"]
    assert listed(PROJECTS, ordering="kind") == ["B", "C", "A"]
    assert listed(PROJECTS, ordering="status") == ["B", "C", "A"]
    assert listed(PROJECTS, ordering="expected") == ["B", "A", "C"]
    assert listed(PROJECTS, ordering="-expected") == ["C", "A", "B"]
    assert listed(PROJECTS, ordering="updated_at")[0] in "ABC"


def test_the_head_of_a_column_sorts_and_says_how_it_is_sorted(client):
    project("A")
    head = re.compile(r'<th scope="col"( aria-sort="\w+")?><a class="sort" href="([^"]+)">Атауы</a>')

    for query, sorting, onward in (
        ("", None, "name"), ("?ordering=name", "ascending", "-name"), ("?ordering=-name", "descending", "name")
    ):  # fmt: skip
        said, href = head.search(client.get(PROJECTS + query).content.decode()).groups()
        assert said == (f' aria-sort="{sorting}"' if sorting else None)
        assert parse_qs(urlsplit(href).query)["ordering"] == [onward]


@pytest.mark.parametrize("ordering", ["", "name", "-status", "expected", "-district"])
def test_pages_hold_every_row_once_and_lead_back(client, ordering):
    gate = DistrictFactory(code="gate")
    for number in range(53):
        one = project(f"Жоба {number % 7} {number}", district=gate if number % 3 else None)
        if number % 2:
            MilestoneFactory(project=one, **dated("forecast", date(2028, 1 + number % 5, 1)))
    address, seen = f"{PROJECTS}?ordering={ordering}" if ordering else PROJECTS, []
    while address:
        page = client.get(address)
        assert page.status_code == 200
        seen.append(rows(page))
        address = turn(page, "next")

    assert [len(names) for names in seen] == [25, 25, 3]
    assert len({name for names in seen for name in names}) == 53
    assert rows(client.get(turn(page, "prev"))) == seen[1]


def turn(page, way):
    found = re.search(rf'<a href="([^"]+)" rel="{way}">', page.content.decode())
    return found and unescape(found[1])


@pytest.mark.parametrize("changed", ["&ordering=name", "&kind=anchor", "&q=жоба"])
def test_a_place_in_one_list_is_not_taken_in_another(client, changed):
    for number in range(27):
        project(f"Жоба {number}")
    onward = turn(client.get(PROJECTS), "next")

    answer = client.get(onward + changed)

    assert answer.status_code == 400 and len(rows(answer)) == 25
    assert "басынан" in answer.content.decode()
    assert rows(client.get(onward.replace("/kk/", "/ru/"))) == rows(client.get(onward))


# The address


WRONG = [
    ("year", "next"), ("year", "1999"), ("year", "٢٠٢٧"), ("kind", "factory"), ("district", "Gate"), ("status", "done"),
    ("sector", "gold"), ("schedule", "late"), ("suspended", "1"), ("party", "x" * 61), ("q", "a\x00b"),
    ("q", "a" * 201), ("ordering", "money"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_a_wrong_value_is_said_at_its_field(client, name, value):
    project("A")

    answer = client.get(PROJECTS, {name: value})
    html = answer.content.decode()

    assert answer.status_code == 400
    assert re.search(rf'<div class="field invalid">\s*<label for="id_{name}">', html)
    assert f'href="#id_{name}"' in html and rows(answer) == []
    assert 'class="filters" open' in html and html.count("field invalid") == 1


@pytest.mark.parametrize("query", ["cursor=nonsense", "view=3d", "kind=social&kind=tourism", "cursor=a%00b"])
def test_an_address_that_has_no_sense_is_refused_in_words(client, query):
    answer = client.get(f"{PROJECTS}?{query}")

    assert answer.status_code == 400 and 'role="alert"' in answer.content.decode()


def test_a_mark_of_an_advertiser_is_named_and_does_no_harm(client):
    project("A")

    answer = client.get(PROJECTS, {"utm_source": "mail"})

    assert answer.status_code == 200 and rows(answer) == ["A"]
    assert "utm_source" in answer.content.decode()


def test_the_form_without_javascript_leads_to_a_clean_address(client):
    answer = client.get(PROJECTS, {"q": " мост ", "kind": "", "year": "", "ordering": "public_id"})

    assert (answer.status_code, answer["Location"]) == (302, f"{PROJECTS}?q=%D0%BC%D0%BE%D1%81%D1%82")


@pytest.mark.parametrize(
    ("before", "header", "value"),
    [
        (PROJECTS, "HX-Push-Url", f"{PROJECTS}?q=abc"),
        (f"{PROJECTS}?q=ab", "HX-Replace-Url", f"{PROJECTS}?q=abc"),
        (f"{PROJECTS}?q=ab&kind=social", "HX-Push-Url", f"{PROJECTS}?q=abc"),
        (f"{PROJECTS}?q=abc", "HX-Push-Url", "false"),
    ],
)
def test_back_leads_over_filters_not_over_letters(client, before, header, value):
    headers = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{before}"}

    answer = client.get(PROJECTS, {"q": "abc", "kind": ""}, headers=headers)

    assert answer[header] == value and answer.status_code == 200


def test_a_filter_that_holds_is_a_chip_that_removes_it(client):
    project("A", kind="social")
    OrganisationFactory(code="nobody", **SHOWN)

    html = client.get(PROJECTS, {"kind": "social", "q": "a", "ordering": "name"}).content.decode()

    chips = re.findall(r'<a class="chip" href="([^"]+)"><span>([^<]+)</span>', html)
    assert [(unescape(href), words) for href, words in chips] == [
        (f"{PROJECTS}?kind=social&ordering=name", "Іздеу: a"),
        (f"{PROJECTS}?q=a&ordering=name", "Түрі: Әлеуметтік нысан"),
    ]
    assert f'href="{PROJECTS}?ordering=name">Бәрін алып тастау' in html


def test_an_empty_list_says_what_to_relax(client):
    html = client.get(PROJECTS, {"kind": "social", "status": "cancelled"}).content.decode()

    assert html.count("сүзгісінсіз") == 2 and f'href="{PROJECTS}">Тізімді толық көрсету' in html


def test_downloads_are_of_the_same_list(client):
    project("A", kind="social")
    project("B")
    html = client.get(PROJECTS, {"kind": "social", "ordering": "-name", "view": "map"}).content.decode()

    address = unescape(re.search(r'href="([^"]+\.csv[^"]*)"', html)[1])
    assert parse_qs(urlsplit(address).query) == {"lang": ["kk"], "kind": ["social"], "ordering": ["-name"]}
    answer = client.get(address)
    assert answer.status_code == 200
    assert len(b"".join(answer.streaming_content).decode().strip().splitlines()) == 2
    for kind in ("xlsx", "geojson"):
        assert re.search(rf'href="/api/v1/projects\.{kind}\?', html)


def test_the_map_counts_the_list_and_leads_to_its_parts(client):
    gate = DistrictFactory(code="gate")
    for number in range(3):
        project(f"In {number}", district=gate, kind="social")
    project("Out", district=gate)
    project("Nowhere", kind="social")

    html = client.get(PROJECTS, {"kind": "social", "view": "map"}).content.decode()

    part = f"{PROJECTS}?district=gate&amp;kind=social&amp;view=map"
    assert f'<a class="district-name swatch" data-district="gate" href="{part}">' in html
    assert re.findall(r'<td class="tabular">(\d+)</td>', html) == ["3", "1"]
    assert "Nowhere" in html and "Out" not in html


@pytest.mark.django_db(transaction=True)
def test_the_past_has_its_own_list(client, office):
    project("Old name", code="renamed")
    then = timezone.now()
    Project.objects.filter(code="renamed").update(name_kk="New name", name_ru="New name")
    client.force_login(office)

    answer = client.get(PROJECTS, {"as_of": then.isoformat(), "q": "old"})

    assert rows(answer) == ["Old name"] and rows(client.get(PROJECTS, {"q": "old"})) == []
    assert "as_of=" in re.search(r'<a class="sort" href="([^"]+)"', answer.content.decode())[1]
    assert 'type="hidden" name="as_of"' in answer.content.decode()
