"""The four districts side by side."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from districts.models import District
from tests.factories import (
    FigureFactory,
    InvestorFactory,
    LandPlotFactory,
    MilestoneFactory,
    OrganisationFactory,
    ProjectFactory,
    ProjectPartyFactory,
    allocation_in,
)

pytestmark = pytest.mark.django_db

PUBLIC = {"visibility": "public"}


def rows(page):
    """The cells of each row by its heading, from the south to the north."""
    body = re.search(r"<tbody>(.*?)</tbody>", page, re.DOTALL)[1]
    found = {}
    for row in re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL):
        told = [
            " ".join(re.sub(r"<[^>]+>", " ", cell).split())
            for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)
        ]
        found[told[0]] = told[1:]
    return found


def test_what_is_known_stands_side_by_side_and_what_is_not_says_so(city, read):
    told = rows(read("/en/districts/compare/"))

    assert all(len(cells) == 4 for cells in told.values())
    assert told["Planned population"][3] == "not published"
    assert "[S3]" in told["Area"][0]
    assert told["Area"][3].replace("\xa0", " ").startswith("31,730 ha")
    assert told["Free plots"] == ["not published"] * 4


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_it_reads_in_three_languages(city, read, language):
    assert len(rows(read(f"/{language}/districts/compare/"))) > 8


def test_it_counts_what_is_published_and_nothing_else(city, read):
    before = rows(read("/en/districts/compare/"))
    gate = District.objects.get(code="gate")
    project, company = (
        ProjectFactory(district=gate, **PUBLIC),
        OrganisationFactory(name_en="Builder", **PUBLIC),
    )
    ProjectPartyFactory(project=project, organisation=company)
    InvestorFactory(organisation=company, **PUBLIC)
    ProjectFactory(district=gate)
    LandPlotFactory(district=gate, **PUBLIC)
    LandPlotFactory(district=gate)
    LandPlotFactory(district=gate, is_demo=True, **PUBLIC)
    allocation_in("allocated", plot=LandPlotFactory(district=gate, **PUBLIC))

    told = rows(read("/en/districts/compare/"))

    assert int(told["Projects"][0].split()[0]) == int(before["Projects"][0].split()[0]) + 1
    assert "Builder" in told["Investors"][0]
    assert told["Free plots"] == ["1", *["not published"] * 3]


def test_no_free_plot_is_nought_only_where_plots_are_published(city, read):
    green = District.objects.get(code="green")
    allocation_in("reserved", plot=LandPlotFactory(district=green, **PUBLIC))

    assert rows(read("/en/districts/compare/"))["Free plots"] == [*["not published"] * 3, "0"]
    assert "No published plot of this district is free today" in read("/en/districts/green/")


def test_what_slipped_is_named_with_its_project(city, read):
    project = ProjectFactory(district=District.objects.get(code="green"), name_en="Late one", **PUBLIC)
    MilestoneFactory(project=project, name_en="Opening", forecast_day="2028-01-01")

    told = rows(read("/en/districts/compare/"))["What slipped"][3]

    assert "Opening" in told
    assert "Late one" in told


def test_more_rows_cost_no_more_queries(city, client):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/kk/districts/compare/").status_code == 200
        return len(queries)

    before = cost()
    for district in District.objects.all():
        project = ProjectFactory(district=district, **PUBLIC)
        MilestoneFactory(project=project)
        FigureFactory(project=None, district=district, measure="site_area", chosen=True, **PUBLIC)
        LandPlotFactory(district=district, **PUBLIC)

    assert cost() == before <= 8
