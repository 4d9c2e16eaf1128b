"""Terms: the last day of what is known of one, how far two lie apart, and what pages say of milestones."""

from datetime import date

import pytest
import time_machine
from django.utils import translation

from alatau_portal.milestone_chart import NARROW, SIZE, WIDE, Words, draw
from alatau_portal.pages import milestones
from alatau_portal.pages.frame import latest
from alatau_portal.pages.terms import last_day, slip
from core.dates import PartialDate
from districts.models import Project
from tests import factories
from tests.pages.words import project_page

TODAY = date(2026, 11, 22)


def at(printed):
    return PartialDate.parse(printed)


@pytest.mark.parametrize(
    ("printed", "last"),
    [
        ("2026-03-15", "2026-03-15"),
        ("2026-02", "2026-02-28"),
        ("2028-02", "2028-02-29"),
        ("2026-12", "2026-12-31"),
        ("2027 autumn", "2027-11-30"),
        ("2027 winter", "2028-02-29"),
        ("2029", "2029-12-31"),
    ],
)
def test_a_period_ends_with_its_last_day(printed, last):
    assert last_day(at(printed)).isoformat() == last


def test_a_year_does_not_pass_for_the_newest_day():
    dates = [at(printed) for printed in ("2025-11-21", "2026", "2025-12", "", "soon")]

    assert latest(dates).text == "2025-12"
    assert latest([at("2026"), None]).text == "2026"
    assert latest([None]) is None


@pytest.mark.parametrize(
    ("first", "now", "words"),
    [
        ("2026-03-15", "2026-03-16", "1 day later than first planned"),
        ("2026-03-15", "2026-03-10", "5 days earlier than first planned"),
        ("2026-03", "2026-06", "3 months later than first planned"),
        ("2027 autumn", "2028 spring", "6 months later than first planned"),
        ("2029", "2028", "1 year earlier than first planned"),
        ("2029", "2029", "as first planned"),
        ("2026-03", "2027", "later than first planned; by how much is not known exactly"),
        ("2027", "2026-12", "earlier than first planned; by how much is not known exactly"),
        ("2027", "2027 autumn", "the dates are not exact enough to be compared"),
        ("2026-03-15", "2026", "the dates are not exact enough to be compared"),
        ("", "2026", ""),
        ("2026", "soon", ""),
    ],
)
def test_a_slip_is_counted_only_between_dates_of_one_precision(first, now, words):
    with translation.override("en"):
        assert slip(at(first), at(now)) == words


@pytest.mark.parametrize(
    ("language", "words"),
    [("kk", "бастапқы жоспардан 3 ай кеш"), ("ru", "на 3 месяца позже первоначального срока")],
)
def test_a_slip_is_said_in_the_language_of_the_page(language, words):
    with translation.override(language):
        assert slip(at("2026-03"), at("2026-06")) == words


class Due:
    """A milestone as the chart knows it."""

    def __init__(self, when, baseline="", *, silent=False, status="scheduled"):
        self.when, self.baseline, self.silent, self.status = at(when), at(baseline), silent, status


def drawn(*dues, shape=WIDE):
    return draw(list(dues), [Words("Іске қосу", due.when.text) for due in dues], TODAY, shape, "#0b6e8a")


def test_a_partial_date_is_drawn_as_all_of_it():
    year, season, month, day = drawn(Due("2027"), Due("2027 autumn"), Due("2027-09"), Due("2027-09-01")).bars

    assert year.width > season.width > month.width > day.width > 0
    assert year.x < season.x == month.x
    assert season.x + season.width < year.x + year.width


def test_what_was_planned_otherwise_stands_beside_what_is_expected():
    planned, expected = drawn(Due("2028", "2027")).bars
    (kept,) = drawn(Due("2028", "2028")).bars

    assert planned.x < expected.x
    assert (planned.fill, planned.dash) == ("none", "3 3")
    assert kept.height > expected.height


def test_a_term_that_passed_without_word_is_hollow():
    (silent,), (met,) = drawn(Due("2026-03", silent=True)).bars, drawn(Due("2026-03", status="met")).bars

    assert (silent.fill, bool(silent.dash)) == ("#fff", True)
    assert (met.fill, met.dash) == ("#1b6e3c", "")


@pytest.mark.parametrize("shape", [WIDE, NARROW])
@pytest.mark.parametrize("terms", [["2020-01-01", "2049-12-31"], ["2026-12-31"], ["2026-01-01", "2027"]])
def test_everything_is_on_the_paper(shape, terms):
    chart = drawn(*(Due(term) for term in terms), shape=shape)

    assert all(shape.names <= bar.x and bar.x + bar.width <= shape.width for bar in chart.bars)
    assert all(bar.y + bar.height < chart.height for bar in chart.bars)
    assert shape.names <= chart.today <= shape.width
    assert any(year.number for year in chart.years)


def test_the_words_of_the_chart_stay_as_large_on_the_smallest_phone():
    page = 320 - 2 * 16

    assert SIZE * page / NARROW.width >= 12


def a_city_that_waits():
    met = {"met": at("2026-02-01"), "status": "met"}
    project = factories.ProjectFactory(visibility="public", name_kk="Мектеп", name_ru="Школа")
    for code, name, facts in [
        ("far", "Ашылуы", {"forecast": at("2029")}),
        ("near", "Шатыры", {"baseline": at("2026-12"), "forecast": at("2027-02")}),
        ("old", "Іргетасы", {"baseline": at("2026-03"), "forecast": at("2026-03")}),
        ("none", "Көпірі", {"baseline": at(""), "forecast": at("")}),
        ("met", "Қазығы", met),
    ]:
        factories.MilestoneFactory(
            project=project, code=code, name_kk=name, name_ru=name, name_en=name, **facts
        )
    return project


@pytest.mark.django_db
def test_what_lies_ahead_comes_in_its_order_and_what_passed_in_silence_apart(office):
    a_city_that_waits()
    hidden = factories.ProjectFactory(visibility="internal")
    factories.MilestoneFactory(project=hidden, code="secret", forecast=at("2027"))

    outsider, house = (milestones.ahead(user, TODAY) for user in (None, office))

    assert [one.code for one in outsider.coming] == ["near", "far"]
    assert [one.code for one in outsider.silent] == ["old"]
    assert [one.code for one in house.coming] == ["near", "secret", "far"]


@pytest.mark.django_db
@time_machine.travel("2026-11-22 12:00+05:00", tick=False)
def test_the_page_of_a_project_tells_its_slips_and_draws_its_dates(read):
    project = a_city_that_waits()
    near = project.milestones.get(code="near")
    factories.MilestoneMoveFactory(milestone=near, reason="utilities", old=at("2026-12"), new=at("2027-02"))

    page = read(f"/en/projects/{project.public_id}/")

    assert "2 months later than first planned" in page
    assert "December 2026 → February 2027: utilities" in page
    assert "As first planned" not in page  # a term that is only repeated is not kept
    assert page.count('role="img"') == 2
    assert page.count("no later report is known") >= 1
    assert "<desc" in page
    assert page.index("Іргетасы</p>") < page.index("Шатыры</p>") < page.index("Көпірі</p>")


@pytest.mark.django_db
def test_a_project_without_dates_has_no_chart(read):
    project = factories.ProjectFactory(visibility="public")

    assert 'role="img"' not in read(f"/kk/projects/{project.public_id}/")


@pytest.mark.django_db
def test_home_tells_what_is_expected_and_of_what_nothing_was_reported(city, read):
    with time_machine.travel("2026-11-22 12:00+05:00", tick=False):
        home = read("/en/")

    coming, silent = home.index("What is expected next"), home.index("Terms that passed without word")
    assert coming < home.index("autumn 2027", coming) < home.index("2029", coming) < silent
    assert silent < home.index("June 2026", silent) < home.index("March 2026", silent)


@pytest.mark.django_db
def test_who_takes_part_leads_to_the_investor_where_there_is_one_to_see(city, read):
    there = read(project_page("pepsico_plant", "en"))
    none = read(project_page("iconic_towers", "en"))

    assert '<a href="/en/investors/pepsico/">PepsiCo</a>' in there
    assert "Zaha Hadid" in none
    assert "/en/investors/zaha" not in none


@pytest.mark.django_db
def test_an_investor_that_is_not_published_is_no_link(read):
    project = factories.ProjectFactory(visibility="public")
    company = factories.OrganisationFactory(visibility="public")
    factories.ProjectPartyFactory(project=project, organisation=company)
    factories.InvestorFactory(organisation=company, visibility="internal")

    page = read(f"/kk/projects/{project.public_id}/")

    assert str(company.name) in page
    assert f"/investors/{company.code}/" not in page


@pytest.mark.django_db
def test_every_figure_is_one_step_from_all_that_was_said_of_it(city, read):
    pepsico = Project.objects.get(code="pepsico_plant")

    assert 'href="/kk/figures/city/population/"' in read("/kk/")
    assert 'href="/kk/figures/gate/area/"' in read("/kk/districts/gate/")
    assert f'href="/kk/figures/{pepsico.public_id}/investment/"' in read(project_page("pepsico_plant"))
