"""All that was ever said of a number: to everybody what is published, to staff all of it."""

import re

import pytest

from core.ledger import acting
from districts import services
from districts.models import District, Figure, Project
from tests import factories

pytestmark = pytest.mark.django_db


def text_of(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page).split()).replace("\xa0", " ")


@pytest.fixture
def pepsico(city):
    return Project.objects.get(code="pepsico_plant")


def test_the_chosen_figure_stands_with_value_date_source_and_what_it_is_worth(city, read):
    text = text_of(read("/en/figures/gate/area/"))

    assert "almost 4,000 ha" in text
    assert "as of 8 October 2025" in text
    assert "“almost”: so the source says" in text
    assert "[S3]" in text
    assert "An official text, or several sources that agree." in text or "One source" in text


def test_what_is_printed_is_shown_as_printed(city, read):
    assert "“31 730 гектар”" in text_of(read("/kk/figures/green/area/"))


def test_a_visitor_reads_what_is_published_and_staff_read_the_rest(pepsico, read, office, auditor):
    page = f"/en/figures/{pepsico.public_id}/investment/"

    visitor = text_of(read(page))
    assert "368 m USD" in visitor
    assert not any(
        value in visitor for value in ("360 m USD", "160 m USD", "70 bn", "What else sources give")
    )
    for user in (office, auditor):
        staff = text_of(read(page, user))
        assert all(value in staff for value in ("360 m USD", "160 m USD", "at least 70 bn", "200 m USD"))
        assert "Why it is not chosen" in staff


@pytest.mark.parametrize("persona", ["executor", "investor"])
def test_nobody_else_reads_the_rest(pepsico, read, request, persona):
    page = read(f"/en/figures/{pepsico.public_id}/investment/", request.getfixturevalue(persona))

    assert "360 m USD" not in text_of(page)


def test_the_history_tells_the_public_what_was_shown_and_staff_who_did_it(pepsico, read, office):
    newer = Figure.objects.get(project=pepsico, measure="investment", as_of_day="2026-01-15")
    services.choose_figure(newer, by=office, note="the newest official text")
    page = f"/en/figures/{pepsico.public_id}/investment/"

    visitor = text_of(read(page)).split("How it changed in the register")[1]
    assert visitor.index("360 m USD") < visitor.index("368 m USD")
    assert "newest official" not in visitor
    staff = text_of(read(page, office)).split("How it changed in the register")[1]
    assert f"Chosen: 360 m USD {office}: the newest official text" in staff
    assert "Not chosen any more: 368 m USD" in staff
    assert "Why it is not chosen : the newest official text" in text_of(read(page, office)).replace(
        "chosen:", "chosen :"
    )


def test_the_history_never_tells_what_was_not_published_then(pepsico, read, office):
    hidden = Figure.objects.get(project=pepsico, measure="investment", currency="KZT")
    services.choose_figure(hidden, by=office)
    services.choose_figure(
        Figure.objects.get(project=pepsico, measure="investment", value=368_000_000), by=office
    )
    page = f"/en/figures/{pepsico.public_id}/investment/"

    assert "70 bn" not in text_of(read(page))
    assert "70 bn" in text_of(read(page, office))


def test_what_a_project_said_before_it_was_published_is_not_history(read, office):
    factories.DistrictFactory()
    project = factories.ProjectFactory()
    figure = factories.FigureFactory(
        project=project, measure="jobs", value=11, unit="job", chosen=True, visibility="public"
    )
    with acting(office, "set_visibility"):
        Project.objects.filter(pk=project.pk).update(visibility="public")
    Figure.objects.filter(pk=figure.pk).update(value=12)
    page = f"/en/figures/{project.public_id}/jobs/"

    history = text_of(read(page)).split("How it changed in the register")[1]
    assert "12" in history
    assert "The register shows: 11 " not in history


def test_claims_that_bear_on_it_stand_beside_it(city, read):
    assert "12 former villages" in text_of(read("/en/figures/city/population/"))


def test_parts_of_a_statement_lead_to_each_other(city, read):
    whole = read("/en/figures/city/investment_projects/")

    assert '<a href="/en/figures/city/investment_projects_sum/">' in whole
    assert '<a href="/en/figures/city/investment_projects/">' in read(
        "/en/figures/city/investment_projects_sum/"
    )


@pytest.mark.parametrize(
    "page", ["/figures/golden/area/", "/figures/city/planned_population_2050/", "/figures/{k_park}/jobs/"]
)
def test_what_is_expected_and_unknown_says_so(city, read, page):
    k_park = Project.objects.get(code="k_park").public_id

    text = text_of(read(f"/en{page.format(k_park=k_park)}"))

    assert "not published" in text
    assert "No value is shown for this measure" in text
    assert "The register has never shown a value." in text


@pytest.mark.parametrize(
    "page",
    [
        "/figures/golden/nonsense/",
        "/figures/golden/jobs/",  # nobody says it, and nobody expects it
        "/figures/fifth/area/",
        "/figures/ALT-P-9999/investment/",
        "/figures/pepsico_plant/investment/",
    ],
)
def test_what_is_not_there_is_not_found(city, client, page):
    assert client.get(f"/kk{page}").status_code == 404


def test_a_measure_that_only_staff_know_of_is_not_there_for_others(pepsico, client, read, office):
    page = f"/kk/figures/{pepsico.public_id}/site_area/"

    assert client.get(page).status_code == 404
    assert "24" in text_of(read(page, office))


def test_it_costs_the_same_however_much_was_said(city, client, django_assert_max_num_queries):
    pepsico = Project.objects.get(code="pepsico_plant")
    for number in range(9):
        factories.FigureFactory(project=pepsico, measure="investment", value=number + 1)
        factories.FigureFactory(
            district=District.objects.get(code="gate"), project=None, measure="jobs", value=number + 1
        )

    with django_assert_max_num_queries(8):
        client.get(f"/kk/figures/{pepsico.public_id}/investment/")
