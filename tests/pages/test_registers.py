"""The registers of projects and investors: what a filter and a search keep, and what nobody may learn from them."""

import re
from datetime import date

import pytest
import time_machine

from tests.factories import (
    DistrictFactory,
    FigureFactory,
    InvestorFactory,
    MilestoneFactory,
    OrganisationFactory,
    ProjectFactory,
    ProjectPartyFactory,
    StageChangeFactory,
    move_project,
)
from tests.factories.values import dated
from tests.pages.registers import INVESTORS, PROJECTS, SHOWN, investor, project, status

pytestmark = pytest.mark.django_db


def test_each_filter_of_projects_keeps_what_it_says(listed):
    gate, company = DistrictFactory(code="gate"), OrganisationFactory(code="builder", **SHOWN)
    wanted = project(
        "Wanted", district=gate, kind="social", sectors=["transport.rail"], suspended_since=date(2026, 1, 1),
        suspended_reason="No land.",
    )  # fmt: skip
    move_project(wanted, "preparation")
    ProjectPartyFactory(project=wanted, organisation=company)
    MilestoneFactory(project=wanted, **dated("forecast", date(2031, 5, 1)))
    project("Other")

    for query in (
        {"district": "gate"}, {"kind": "social"}, {"status": "preparation"}, {"sector": "transport.rail"},
        {"sector": "transport"}, {"party": "builder"}, {"year": "2031"}, {"suspended": "true"}, {"q": "wanted"},
        {"schedule": "moved"},
    ):  # fmt: skip
        assert listed(PROJECTS, **query) == ["Wanted"], query
    assert listed(PROJECTS, suspended="false") == ["Other"]
    assert listed(PROJECTS, sector="transport.air") == []
    assert listed(PROJECTS, district="gate", kind="tourism") == []


def test_a_party_that_has_left_is_not_taking_part(listed):
    company = OrganisationFactory(code="builder", name_kk="Құрылысшы", **SHOWN)
    ProjectPartyFactory(project=project("Left"), organisation=company, until=date(2025, 1, 1))

    assert listed(PROJECTS, party="builder") == listed(PROJECTS, q="құрылысшы") == []


def test_the_year_is_that_of_a_term_or_a_stage(listed):
    """A milestone counts once: in the year it was met; until then in the one in which it is now expected."""
    met, moved, staged = project("Met"), project("Moved"), project("Staged")
    MilestoneFactory(
        project=met, status="met", **dated("forecast", date(2030, 1, 1)), **dated("met", date(2029, 2, 1))
    )
    MilestoneFactory(
        project=moved, **dated("baseline", date(2029, 1, 1)), **dated("forecast", date(2031, 1, 1))
    )
    StageChangeFactory(project=staged, from_status="identification", **dated("on", date(2029, 6, 1)))

    assert listed(PROJECTS, year="2029") == ["Met", "Staged"]
    assert listed(PROJECTS, year="2031") == ["Moved"]
    assert listed(PROJECTS, year="2030") == []


def partial(name, day, precision):
    return {f"{name}_day": day, f"{name}_precision": precision}


def test_moved_is_later_than_the_whole_of_the_first_period(listed):
    year = partial("baseline", date(2027, 1, 1), "year")
    inside, after = project("Inside"), project("After")
    MilestoneFactory(project=inside, **year, **partial("forecast", date(2027, 9, 1), "season"))
    MilestoneFactory(project=after, **year, **partial("forecast", date(2028, 1, 1), "month"))

    assert listed(PROJECTS, schedule="moved") == ["After"]


@time_machine.travel("2027-12-01 12:00+05:00")
def test_silent_is_past_the_whole_of_the_period_and_without_word(listed):
    for name, day, precision, facts in (
        ("Year not over", date(2027, 1, 1), "year", {}),
        ("Month over", date(2027, 11, 1), "month", {}),
        ("Today", date(2027, 12, 1), "day", {}),
        ("Yesterday", date(2027, 11, 30), "day", {}),
        ("Autumn over", date(2027, 9, 1), "season", {}),
        ("Met", date(2027, 1, 1), "day", {"status": "met", **dated("met", date(2027, 2, 1))}),
    ):
        MilestoneFactory(project=project(name), **partial("forecast", day, precision), **facts)
    no_date = partial("baseline", None, "unknown") | partial("forecast", None, "unknown")
    MilestoneFactory(project=project("No date"), **no_date)

    assert listed(PROJECTS, schedule="silent") == ["Month over", "Yesterday", "Autumn over"]


def test_each_filter_of_investors_keeps_what_it_says(listed):
    gate = DistrictFactory(code="gate")
    wanted = investor(
        "Каспий құрылыс", company={"country": "KZ", "aliases": ["KSP Holding"]}, stage="building", sectors=["health"]
    )  # fmt: skip
    ProjectPartyFactory(project=project("Plant", district=gate), organisation=wanted.organisation)
    hidden = investor("Other")
    ProjectPartyFactory(project=ProjectFactory(district=gate), organisation=hidden.organisation)

    for query in (
        {"stage": "building"}, {"sector": "health"}, {"country": "KZ"}, {"district": "gate"}, {"q": "КУРЫЛЫС"},
        {"q": "ksp"},
    ):  # fmt: skip
        assert listed(INVESTORS, **query) == ["Каспий құрылыс"], query
    assert listed(INVESTORS, country="DE") == []


# Search


@pytest.mark.parametrize(
    "query", ["курылыс", "ҚҰРЫЛЫС", "зауыт курылыс", "онеркасип", "казына", "{public_id}"]
)
def test_search_finds_names_purposes_parties_and_numbers(listed, query):
    wanted = project("Зауыт құрылысы", purpose_kk="өнеркәсіп аймағында")
    ProjectPartyFactory(project=wanted, organisation=OrganisationFactory(name_kk="Қазына қоры", **SHOWN))
    project("Мектеп")

    assert listed(PROJECTS, q=query.format(public_id=wanted.public_id)) == ["Зауыт құрылысы"]


def test_every_word_of_a_search_must_be_found_anywhere(listed):
    wanted = project("Зауыт")
    ProjectPartyFactory(project=wanted, organisation=OrganisationFactory(name_kk="Қазына қоры", **SHOWN))

    assert listed(PROJECTS, q="казына зауыт") == ["Зауыт"]
    assert listed(PROJECTS, q="казына мектеп") == []


# What is hidden


@pytest.fixture
def secrets():
    """A hidden project, a hidden party of a shown one, and hidden figures."""
    gate = DistrictFactory(code="gate")
    shown, hidden = project("Shown", district=gate), project("Hidden", district=gate, visibility="internal")
    company = OrganisationFactory(code="hidden-company", name_kk="Құпия компания")
    ProjectPartyFactory(project=shown, organisation=company)
    money = {"measure": "investment", "unit": "money", "currency": "KZT", "chosen": True}
    FigureFactory(project=hidden, value=7_000_000, **money, **SHOWN)
    FigureFactory(project=shown, value=5_000_000, **money)
    InvestorFactory(organisation=company, **SHOWN)
    return shown


def test_what_is_hidden_is_not_found_not_counted_and_in_no_sum(client, listed, secrets):
    assert listed(PROJECTS) == ["Shown"]
    assert listed(PROJECTS, q="құпия") == listed(PROJECTS, party="hidden-company") == []
    assert status(client, PROJECTS).startswith("1 жоба") and "KZT" not in status(client, PROJECTS)
    assert "Құпия компания" not in client.get(PROJECTS).content.decode()
    on_the_map = client.get(PROJECTS, {"view": "map"}).content.decode()
    assert re.findall(r'<td class="tabular">(\d+)</td>', on_the_map) == ["1"]
    assert listed(INVESTORS) == listed(INVESTORS, q="құпия") == []


def test_the_house_finds_what_is_hidden_but_sums_only_what_is_published(client, listed, secrets, office):
    client.force_login(office)

    assert listed(PROJECTS) == ["Shown", "Hidden"]
    assert listed(PROJECTS, q="құпия") == ["Shown"]
    assert "2 жобаның ішінен 1 жоба бойынша жарияланған: 7 млн теңге" in status(client, PROJECTS)


def test_an_investor_that_is_not_published_has_no_page(client, office, secrets):
    addresses = [
        f"{INVESTORS}{InvestorFactory(organisation=OrganisationFactory(**SHOWN)).organisation.code}/",
        f"{INVESTORS}hidden-company/",
        f"{INVESTORS}{OrganisationFactory(**SHOWN).code}/",
    ]

    assert [client.get(address).status_code for address in addresses] == [404, 404, 404]
    client.force_login(office)
    assert [client.get(address).status_code for address in addresses] == [200, 200, 404]


# Counts and sums


def test_sums_are_by_currency_and_say_of_how_many(client):
    for value, high, currency in (
        (368_000_000, None, "USD"),
        (1_000_000, 2_000_000, "KZT"),
        (3_000_000, None, "KZT"),
    ):
        FigureFactory(
            project=project("Built"), measure="investment", unit="money", value=value, value_max=high,
            currency=currency, chosen=True, **SHOWN,
        )  # fmt: skip
    project("Unknown")

    told = status(client, PROJECTS)
    assert "4 жоба" in told
    sums = "4 жобаның ішінен 3 жоба бойынша жарияланған: 4 млн теңге – 5 млн теңге (2), 368 млн USD (1)"
    assert sums in told.replace(" ,", ",")
    assert "2025 ж. 29 қыркүйек" in told
    assert "млн" not in status(client, PROJECTS, q="unknown")
