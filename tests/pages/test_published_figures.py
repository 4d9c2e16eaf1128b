"""The pages of what was said of the whole, and of how two dates differ: what they tell, to whom, at what cost."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.text import Text
from districts.models import Project
from districts.services import publishing
from tests.factories import (
    DistrictFactory,
    FigureFactory,
    OrganisationFactory,
    ProjectFactory,
    PublishedFigureFactory,
)
from tests.portfolio import PUBLIC, ago, days_pass, invested, superseded

pytestmark = pytest.mark.django_db

SAID, DIFFERENCE = "/en/figures/published/", "/en/figures/difference/"


def words(answer):
    main = re.search(r"<main.*</main>", answer.content.decode(), re.S)[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main)).replace("\u00a0", " ")


def said(day=None, **facts):
    row = PublishedFigureFactory(**PUBLIC, **facts)
    if day:
        row.as_of = row.said_on = day
        row.save()
    return row


def test_it_tells_what_was_said_where_when_and_by_whom(client):
    akimat = OrganisationFactory(name_en="Akimat of Almaty Region", **PUBLIC)
    row = said(
        "2025-11-28",
        measure="investment_projects_sum",
        scope="pool",
        pool_kk="жобалар тізімі",
        pool_ru="список проектов",
        pool_en="list of projects",
        value=1_500_000_000_000,
        unit="money",
        currency="KZT",
        qualifier="about",
        said_by_en="Marat Sultangaziyev, akim",
        organisation=akimat,
        quote="42 проекта на 1,5 трлн тенге",
        quote_language="ru",
    )

    answer = client.get(SAID)

    told = words(answer)
    for part in (
        "Investment projects, sum: about 1.5 tn tenge",
        "list of projects",
        "28 November 2025",
        "Marat Sultangaziyev, akim · Akimat of Almaty Region",
        f"[{row.source.code}]",
        "It did not exist then",
    ):
        assert part in told, part
    assert (
        '<blockquote lang="ru"><p>“42 проекта на 1,5 трлн тенге”</p></blockquote>' in answer.content.decode()
    )


def test_outsiders_read_neither_what_is_internal_nor_who_is(client, office):
    PublishedFigureFactory(said_by_kk="Құпия", said_by_ru="Тайна")
    said(organisation=OrganisationFactory(name_kk="Жасырын мекеме"), said_by_kk="", said_by_ru="")

    told = words(client.get("/kk/figures/published/"))
    client.force_login(office)
    inside = words(client.get("/kk/figures/published/"))

    assert "Құпия" not in told and "Жасырын мекеме" not in told
    assert "Құпия" in inside and "Жасырын мекеме" in inside


def test_beside_it_stands_what_the_register_gave_on_that_day(client, office, at_commit):
    gate = DistrictFactory(code="gate")
    left = invested(7, "2025-09-01", ProjectFactory(**PUBLIC))
    kept = invested(20, "2025-09-01", ProjectFactory(district=gate, **PUBLIC))
    ProjectFactory(**PUBLIC)
    invested(1000, "2025-09-01", ProjectFactory())
    at_commit()
    days_pass(30)
    publishing.take_down(left, by=office, reason=Text("Алынды", "Снято", ""))
    invested(88, "2025-09-01")
    said(ago(20), measure="investment_projects", unit="project", value=44)
    said(ago(20), measure="investment", unit="money", currency="KZT", value=44)
    said(
        ago(20), measure="investment", unit="money", currency="KZT", value=5, scope="district", district=gate
    )
    said(ago(40), measure="investment_projects", unit="project", value=42)
    said(ago(20), measure="height", unit="m", value=42)

    def register():
        page = client.get(SAID).content.decode()
        cells = re.findall(r'data-label="The register on that day">(.*?)</td>', page, re.S)
        return [
            re.sub(r"\s+", " ", re.sub(r"<a .*?</a>|<[^>]+>", " ", cell, flags=re.S)).strip()
            for cell in cells
        ]

    told = [cell.replace("\u00a0", " ") for cell in register()]
    assert told[-1] == "It did not exist then"
    assert set(told[:-1]) == {
        "2 1 more was taken down since",
        "20 USD 1 project has no figure",
        "20 USD",
        "It keeps nothing of the kind",
    }
    client.force_login(office)
    assert {"3", "27 USD 1 project has no figure"} < {cell.replace("\u00a0", " ") for cell in register()}
    assert kept.pk


def test_what_was_internal_on_that_day_is_in_no_sum_even_now_that_it_is_public(client, at_commit):
    invested(20, "2025-09-01")
    late = invested(1000, "2025-09-01", ProjectFactory())
    at_commit()
    days_pass(30)
    Project.objects.filter(pk=late.pk).update(**PUBLIC)
    said(ago(20), measure="investment", unit="money", currency="USD", value=44)

    assert "1,020" in words(client.get(SAID))  # today
    page = client.get(SAID).content.decode()
    (cell,) = re.findall(r'data-label="The register on that day">(.*?)</td>', page, re.S)
    assert "1,020" not in cell and "20" in cell


def test_the_answer_tells_the_parts_their_sums_and_their_sources(client, office):
    changed, new = superseded(office), invested(88, "2026-01-02", qualifier="at_least")
    bare = ProjectFactory(name_en="Nobody knows", name_kk="Белгісіз", **PUBLIC)
    FigureFactory(project=bare, measure="investment", unit="money", currency="KZT", value=9)

    answer = client.get(DIFFERENCE, {"from": "2025-11-01", "to": "2026-02-01", "measure": "investment"})

    told = words(answer)
    for part in (
        "Before, 1 November 2025 160 USD",
        "Added +88 USD",
        "Removed 0 USD",
        "Value changed +208 USD",
        "After, 1 February 2026 456 USD",
        "Difference +296 USD",
        "“at least” (1)",
        "160 USD as of June 2025",
        "368 USD as of 22 December 2025",
        "1 project has no figure",
        "Nobody knows",
    ):
        assert part in told, (part, told)
    assert f"/en/projects/{changed.public_id}/" in answer.content.decode()
    assert f"/en/projects/{new.public_id}/" in answer.content.decode()


@pytest.mark.parametrize(
    ("query", "field", "remedy"),
    [
        ({"from": "yesterday"}, "from", "Give a day such as 2025-11-01."),
        ({"from": "2025-1-1"}, "from", "Give a day such as 2025-11-01."),
        ({"to": ""}, "to", "Give a day such as 2025-11-01."),
        ({"from": "1999-12-31"}, "from", "Give a day from the year 2000 on."),
        ({"to": "2999-01-01"}, "to", "This day is still to come: give today or an earlier one."),
        (
            {"from": "2026-02-01", "to": "2025-11-01"},
            "from",
            "This day comes after the other one: swap the two.",
        ),
        ({"measure": "happiness"}, "measure", "Choose one of these: projects, investment"),
        ({"district": "medeu"}, "district", "Choose one of these: gate"),
        (
            {"by": "register"},
            "by",
            "Only the project office, the leadership and auditors may look into the past.",
        ),
    ],
)
def test_a_wrong_question_is_told_at_its_field_and_kept(client, query, field, remedy):
    DistrictFactory(code="gate")
    asked = {"from": "2025-11-01", "to": "2026-02-01", "measure": "jobs", **query}

    page = client.get(DIFFERENCE, asked)
    told = client.get("/api/v1/figure-differences/", {**asked, "lang": "en"})

    assert page.status_code == 400
    assert remedy in page.content.decode()
    assert f'value="{asked["to"]}"' in page.content.decode()
    if field == "by":
        assert (told.status_code, told.json()["detail"]) == (403, remedy)
    elif query != {"to": ""}:
        assert told.status_code == 400
        (error,) = told.json()["errors"]
        assert error["parameter"] == field and error["detail"].startswith(remedy)


def test_the_past_is_offered_to_the_house_alone(client, auditor):
    outside = client.get(DIFFERENCE).content.decode()
    client.force_login(auditor)
    answer = client.get(DIFFERENCE, {"from": ago(1), "to": ago(0), "measure": "projects", "by": "register"})

    assert 'name="by"' not in outside
    assert answer.status_code == 200
    assert "internal projects included" in words(answer)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_both_pages_speak_three_languages(client, language):
    for page in ("published", "difference"):
        answer = client.get(f"/{language}/figures/{page}/")
        assert answer.status_code == 200
        assert f'<html lang="{language}"' in answer.content.decode()


def test_many_rows_cost_no_more_queries_than_few(client):
    for number in range(3):
        superseded_like(number)
    few = cost(client)
    for number in range(3, 15):
        superseded_like(number)

    assert cost(client) == few
    assert max(few) <= 12


def superseded_like(number):
    project = invested(
        number + 1, "2025-12-01", ProjectFactory(district=DistrictFactory(code="gate"), **PUBLIC)
    )
    said("2025-11-28", measure="jobs", value=number + 1, organisation=OrganisationFactory(**PUBLIC))
    return project


def cost(client):
    found = []
    for address in (SAID, f"{DIFFERENCE}?from=2025-11-01&to=2026-02-01&measure=investment"):
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        found.append(len(queries))
    return found


def test_each_day_of_the_past_costs_the_same(client, at_commit):
    invested(20, "2025-09-01")
    at_commit()
    days_pass(60)
    said(ago(10), measure="jobs")
    one = cost(client)[0]
    for day in (11, 12, 13):
        said(ago(day), measure="jobs")

    assert cost(client)[0] - one == 3 * 6  # a past is entered and left, and two lists are read in it


def test_both_pages_can_be_read_in_the_past(client, office, at_commit):
    invested(20, "2025-09-01")
    at_commit()
    days_pass(30)
    said(ago(20), measure="investment", unit="money", currency="USD", value=44)
    client.force_login(office)

    for address in (SAID, f"{DIFFERENCE}?from={ago(40)}&to={ago(10)}&measure=investment&by=register"):
        separator = "&" if "?" in address else "?"
        answer = client.get(f"{address}{separator}as_of={ago(5)}")
        assert answer.status_code == 200, address
    assert "Added +20 USD" in words(answer)
